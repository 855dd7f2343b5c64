import type { ProposalId, SearchEvent, SearchEventBody } from './events.ts';
import type { Problem } from './problem.ts';
import { withPlain } from './presets.ts';
import {
  childRecord,
  startingRecord,
  trainedRecord,
  type Candidate,
  type NetworkRecord,
} from './network-record.ts';
import { networkOf, type SearchState } from './state.ts';

type EventOf<T extends SearchEventBody['type']> = Extract<SearchEventBody, { type: T }>;

/** A state whose arrays are this fold's own, so that they may grow in place. */
type Draft = {
  -readonly [K in keyof SearchState]: K extends 'networks' | 'candidates'
    ? SearchState[K] extends readonly (infer T)[]
      ? T[]
      : never
    : SearchState[K];
};

/** The state that a run begins with. */
const started = (event: EventOf<'started'>): Draft => ({
  recipe: withPlain(event.recipe),
  bounds: event.bounds,
  phase: 'train',
  generation: 0,
  competed: false,
  networks: [],
  population: [],
  previousPopulation: [],
  front: [],
  hypervolume: 0,
  density: null,
  candidates: [],
});

/** Folds a log event by event, in time that grows with its length. `state` is one object, which the next event changes. */
export class StateFold {
  readonly #problem: Problem;
  #draft: Draft | null;
  readonly #candidates = new Map<ProposalId, Candidate>();

  constructor(problem: Problem, from: SearchState | null = null) {
    this.#problem = problem;
    this.#draft = from && { ...from, networks: [...from.networks], candidates: [...from.candidates] };
    for (const candidate of from?.candidates ?? []) this.#candidates.set(candidate.proposal, candidate);
  }

  get state(): SearchState | null {
    return this.#draft;
  }

  /** Never reads `seconds`. Throws on an event that cannot follow, saying what was expected, and changes nothing then. */
  apply(event: SearchEventBody): void {
    if (event.type === 'started') {
      if (this.#draft) throw new Error('started: this run has already started');
      this.#draft = started(event);
      return;
    }
    const draft = this.#draft;
    if (!draft) throw new Error(`${event.type}: the first event must be started`);
    if (draft.phase === 'finished') throw new Error(`${event.type}: this run has finished`);
    switch (event.type) {
      case 'seeded':
        this.#isNext(draft, event);
        draft.networks.push(startingRecord(event));
        return;
      case 'generation':
        if (event.generation !== draft.generation + 1)
          throw new Error(`generation ${draft.generation + 1} was expected, not ${event.generation}`);
        this.#candidates.clear();
        Object.assign(draft, { phase: 'sift', competed: false, candidates: [] });
        draft.generation = event.generation;
        draft.density = event.density;
        return;
      case 'proposed': {
        if (event.generation !== draft.generation)
          throw new Error(`proposed: generation ${draft.generation} was expected, not ${event.generation}`);
        if (event.verdict === 'rejected') return;
        const { proposal, parent, chain, cheap } = event;
        const candidate = { proposal, parent, chain, cheap };
        if (!this.#candidates.has(proposal)) this.#candidates.set(proposal, candidate);
        draft.candidates.push(candidate);
        return;
      }
      case 'accepted':
        this.#isOf(draft, event);
        draft.networks.push(this.#child(draft, event));
        draft.phase = 'train';
        return;
      case 'progress':
        return;
      case 'evaluated':
      case 'failed': {
        const record = networkOf(draft, event.network);
        if (record.status !== 'training')
          throw new Error(`${event.type}: network ${event.network} is ${record.status}, not in training`);
        draft.networks[record.id - 1] = { ...record, ...trainedRecord(record, event) };
        return;
      }
      case 'competed': {
        this.#isOf(draft, event);
        const { population, front, hypervolume } = event;
        this.#candidates.clear();
        Object.assign(draft, { phase: 'propose', competed: true, candidates: [] });
        draft.previousPopulation = draft.population;
        Object.assign(draft, { population, front, hypervolume });
        return;
      }
      case 'finished':
        draft.phase = 'finished';
    }
  }

  /** Within the generation that runs, which has not competed yet. */
  #isOf(draft: Draft, { type, generation }: EventOf<'accepted'> | EventOf<'competed'>): void {
    if (generation !== draft.generation)
      throw new Error(`${type}: generation ${draft.generation} was expected, not ${generation}`);
    if (draft.competed) throw new Error(`${type}: generation ${generation} has competed`);
  }

  #isNext({ networks }: Draft, { type, network }: EventOf<'seeded'> | EventOf<'accepted'>): void {
    if (network !== networks.length + 1)
      throw new Error(`${type}: network ${networks.length + 1} was expected, not ${network}`);
  }

  #child(draft: Draft, event: EventOf<'accepted'>): NetworkRecord {
    const candidate = this.#candidates.get(event.proposal);
    if (!candidate) throw new Error(`accepted: no candidate ${event.proposal} in this generation`);
    this.#isNext(draft, event);
    const { architecture } = networkOf(draft, candidate.parent);
    const child = this.#problem.applyChain(architecture, candidate.chain);
    if (!child.ok)
      throw new Error(`accepted: the chain of ${event.proposal} does not apply: ${child.reason}`);
    return childRecord(event, candidate, child.value);
  }
}

/** The state after `events`; null is the state before `started`. Throws as StateFold does. */
export function applyEvents(
  state: SearchState | null,
  events: readonly SearchEventBody[],
  problem: Problem,
): SearchState | null {
  const fold = new StateFold(problem, state);
  for (const event of events) fold.apply(event);
  return fold.state;
}

/**
 * The log up to the end of its last finished generation, from where a run goes on as if never interrupted; a log
 * whose starting networks have not competed yet is cut to its beginning, and to nothing where even that may be
 * incomplete (nothing has been trained). `finished` is dropped.
 */
export function resumable(events: readonly SearchEvent[]): readonly SearchEvent[] {
  for (let index = events.length - 1; index >= 0; index--) {
    if (events[index]!.type === 'competed') return events.slice(0, index + 1);
  }
  const beginning = events.filter((event) => event.type === 'started' || event.type === 'seeded');
  return beginning.length < events.length ? beginning : [];
}
