import type { Architecture } from '../architecture/types.ts';
import type { Morphism } from '../morphisms/morphism.ts';
import type { NetworkId, SearchEvent } from '../search/events.ts';
import { networkProblem } from '../search/network-problem.ts';
import { withPlain } from '../search/presets.ts';
import type { Problem } from '../search/problem.ts';
import type { Version } from './network-map.ts';
import { Segment, type Base, type SegmentWorld } from './segment.ts';
import type { Told } from './told.ts';
import { lastCompeted, type GenerationView, type RunView } from './view.ts';

/** A view of a log that lacks networks, with the counts of the whole run at the last generation that has competed. */
function withTold(view: RunView, told: readonly Told[]): RunView {
  const generation = view.finished === null ? lastCompeted(view) : told.length - 1;
  const counts = told[generation];
  if (!counts) return view;
  return {
    ...view,
    told: told.slice(0, generation + 1),
    trainedCount: counts.trained ?? 0,
    proposedCount: counts.proposed ?? 0,
    imagesSeen: counts.images ?? view.imagesSeen,
  };
}

/**
 * Views of one growing log at any cursor. Finished generations are indexed once, as they come; a view is the run at
 * the beginning of its generation, shared and not copied, and a fold of that one generation's events. So scrubbing
 * costs the events of a generation, however long the run.
 */
export class LogFold {
  readonly #problem: Pick<Problem, 'applyChain'>;
  readonly #history: Version[][] = [];
  readonly #generations: GenerationView[] = [];
  readonly #architectures = new Map<NetworkId, Architecture>();
  readonly #world: SegmentWorld;
  /** Where each segment's events begin, and the run as it stood there. */
  readonly #starts: { readonly index: number; readonly base: Base }[] = [];
  #indexed = 0;
  #current: Segment | null = null;
  /**
   * The folds last asked for, the latest first; one is gone on with when the next cursor is ahead of it in the same
   * generation. Two, so that looking back does not make the growing end of the log fold again.
   */
  #walkers: { readonly segment: Segment; cursor: number }[] = [];

  readonly #told: readonly Told[] | null;

  /** `told`: what a log that came by a link does not say of its run (digest-log.ts). */
  constructor(problem: Pick<Problem, 'applyChain'> = networkProblem, told: readonly Told[] | null = null) {
    this.#problem = problem;
    this.#told = told;
    this.#world = {
      history: this.#history,
      generations: this.#generations,
      child: (network, parent, chain) => this.#child(network, parent, chain),
    };
  }

  /**
   * The run as the first `cursor` of `events` tell it. `events` must be the same log at every call, perhaps longer;
   * another log needs another LogFold. Null at cursor 0. Throws where a chain of the log does not apply.
   */
  at(events: readonly SearchEvent[], cursor: number): RunView | null {
    const end = Math.min(Math.max(0, Math.floor(cursor)), events.length);
    this.#index(events);
    if (end === 0 || this.#starts.length === 0) return null;
    const start = this.#starts[this.#segmentAt(end)]!;
    const walker = this.#walkers.find(
      ({ segment, cursor }) => segment.base === start.base && cursor <= end,
    ) ?? {
      segment: new Segment(start.base, this.#world),
      cursor: start.index,
    };
    this.#walkers = [walker, ...this.#walkers.filter((other) => other !== walker)].slice(0, 2);
    for (; walker.cursor < end; walker.cursor++) walker.segment.apply(events[walker.cursor]!);
    const view = walker.segment.view();
    return this.#told ? withTold(view, this.#told) : view;
  }

  #child(network: NetworkId, parent: Architecture, chain: readonly Morphism[]): Architecture {
    const known = this.#architectures.get(network);
    if (known) return known;
    const child = this.#problem.applyChain(parent, chain);
    if (!child.ok) throw new Error(`the chain of network ${network} does not apply: ${child.reason}`);
    this.#architectures.set(network, child.value);
    return child.value;
  }

  /** Index of the segment that the last of the first `end` events belongs to. */
  #segmentAt(end: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]!.index < end) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #index(events: readonly SearchEvent[]): void {
    for (; this.#indexed < events.length; this.#indexed++) {
      const event = events[this.#indexed]!;
      if (event.type === 'started' && !this.#current) {
        this.#begin({
          segment: 0,
          recipe: withPlain(event.recipe),
          bounds: event.bounds,
          networkCount: 0,
          highestId: 0,
          milestones: 0,
          population: [],
          front: [],
          hypervolume: 0,
          seconds: event.seconds,
          proposedCount: 0,
          trainedCount: 0,
          imagesSeen: 0,
        });
      } else if (event.type === 'generation' && this.#current) this.#begin(this.#commit(this.#current));
      this.#current?.apply(event);
    }
  }

  #begin(base: Base): void {
    this.#current = new Segment(base, this.#world);
    this.#starts.push({ index: this.#indexed, base });
  }

  #commit(segment: Segment): Base {
    for (const [id, view] of segment.changed) {
      (this.#history[id - 1] ??= []).push({ segment: segment.base.segment, view });
    }
    this.#generations.push(segment.generation());
    return segment.next();
  }
}

/** The run at the end of `events`, folded from nothing. */
export const viewOf = (
  events: readonly SearchEvent[],
  problem: Pick<Problem, 'applyChain'> = networkProblem,
): RunView | null => new LogFold(problem).at(events, events.length);
