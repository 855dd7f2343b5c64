import { listText } from '../text/format.ts';
import type { RunView } from '../../core/run-file/view.ts';
import { viewOf } from '../../core/run-file/fold.ts';
import { dominates } from '../../core/search/dominance.ts';
import type { NetworkId, SearchEvent } from '../../core/search/events.ts';
import type { ObjectiveKey, ObjectiveValues } from '../../core/search/objectives.ts';
import { titleOf } from './datasets.ts';
import { members } from './picks.ts';

export interface Overlay {
  readonly name: string;
  readonly view: RunView;
  readonly testErrors?: ReadonlyMap<NetworkId, number>;
}

/** The same before its log is read. */
export type OverlaidRun = Omit<Overlay, 'view'> & { readonly events: readonly SearchEvent[] };

const frontOf = (view: RunView): readonly ObjectiveValues[] =>
  members(view, view.front).map((network) => network.objectives);

/** The non-dominated ones of `points` under `keys`; a point that misses a key is left out. */
export function mergedFront(
  points: readonly ObjectiveValues[],
  keys: readonly ObjectiveKey[],
): readonly ObjectiveValues[] {
  const whole = points.filter((point) => keys.every((key) => point[key] !== undefined));
  const vectors = whole.map((point) => keys.map((key) => point[key]!));
  return whole.filter((_, index) => !vectors.some((other) => dominates(other, vectors[index]!)));
}

/** Other runs drawn over the one on the page. */
export class Overlays {
  list = $state.raw<readonly Overlay[]>([]);

  set(runs: readonly OverlaidRun[]): void {
    const used: string[] = [];
    this.list = runs.flatMap(({ events, ...facts }) => {
      const view = viewOf(events);
      if (!view) return [];
      const learns = titleOf(view.recipe.dataset);
      const name = facts.name.includes(learns) ? facts.name : listText([facts.name, learns]);
      used.push(name);
      const count = used.filter((other) => other === name).length;
      return [{ ...facts, name: count === 1 ? name : `${name} (${count})`, view }];
    });
  }

  remove(removed: Overlay): void {
    this.list = this.list.filter((overlay) => overlay !== removed);
  }

  /** How many are on the front of all runs together. */
  merged(view: RunView): readonly ObjectiveValues[] {
    return mergedFront(
      [view, ...this.list.map((overlay) => overlay.view)].flatMap(frontOf),
      view.recipe.objectives,
    );
  }
}
