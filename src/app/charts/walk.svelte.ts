import type { NetworkId } from '../../core/search/events.ts';
import { pointerIn } from './geometry/magnified.ts';
import { nearest } from './geometry/dodge.ts';

interface Mark {
  readonly id: NetworkId;
  readonly x: number;
  readonly y: number;
}

interface Walked {
  /** What can be pointed at, where it is drawn, px. */
  readonly marks: () => readonly Mark[];
  /** How far from a mark the pointer may be, px. */
  readonly reach: number;
  readonly selected: () => NetworkId | null;
  /** Where a key leads from a network (from none: null); null where it leads nowhere, undefined where it means nothing. */
  readonly step: (from: NetworkId | null, key: string) => NetworkId | null | undefined;
  readonly onhover: (id: NetworkId | null) => void;
  readonly onselect: (id: NetworkId) => void;
}

/**
 * A chart of networks under the pointer and under the keys: both lead to a network, a click or Enter selects it. Its
 * methods are the chart's event handlers.
 */
export class Walk {
  /** The network that the pointer or the keys are at. */
  at = $state.raw<NetworkId | null>(null);
  readonly #chart: Walked;

  constructor(chart: Walked) {
    this.#chart = chart;
  }

  #find(event: MouseEvent): NetworkId | null {
    const { marks, reach } = this.#chart;
    const { x, y } = pointerIn(event);
    return nearest(marks(), x, y, reach)?.id ?? null;
  }

  #goTo(id: NetworkId | null): void {
    this.at = id;
    this.#chart.onhover(id);
  }

  readonly point = (event: PointerEvent): void => {
    const id = this.#find(event);
    if (id !== this.at) this.#goTo(id);
  };

  readonly leave = (): void => this.#goTo(null);

  readonly click = (event: MouseEvent): void => {
    const id = this.#find(event);
    if (id !== null) this.#chart.onselect(id);
  };

  readonly key = (event: KeyboardEvent): void => {
    // A control inside the chart has keys of its own, and the page those with Shift and the like.
    if (event.target !== event.currentTarget) return;
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = this.#chart.step(this.at ?? this.#chart.selected(), event.key);
    if (to !== undefined) {
      if (to !== null) this.#goTo(to);
    } else if ((event.key === 'Enter' || event.key === ' ') && this.at !== null) {
      this.#chart.onselect(this.at);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
