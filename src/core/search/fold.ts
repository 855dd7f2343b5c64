import type { SearchEvent, SearchEventBody } from './events.ts';
import type { Problem } from './problem.ts';
import { withPlain } from './presets.ts';
import { childRecord, startingRecord, trainedRecord, type NetworkRecord } from './network-record.ts';
import { networkOf, type SearchState } from './state.ts';

type EventOf<T extends SearchEventBody['type']> = Extract<SearchEventBody, { type: T }>;

function withNetwork(state: SearchState, record: NetworkRecord): readonly NetworkRecord[] {
  const networks = state.networks.slice();
  networks[record.id - 1] = record;
  return networks;
}

function seeded(state: SearchState, event: EventOf<'seeded'>): SearchState {
  if (event.network !== state.networks.length + 1)
    throw new Error(`seeded: network ${state.networks.length + 1} was expected, not ${event.network}`);
  return { ...state, networks: withNetwork(state, startingRecord(event)) };
}

function accepted(state: SearchState, event: EventOf<'accepted'>, problem: Problem): SearchState {
  const candidate = state.candidates.find(({ proposal }) => proposal === event.proposal);
  if (!candidate) throw new Error(`accepted: no candidate ${event.proposal} in this generation`);
  if (event.network !== state.networks.length + 1)
    throw new Error(`accepted: network ${state.networks.length + 1} was expected, not ${event.network}`);
  const child = problem.applyChain(networkOf(state, candidate.parent).architecture, candidate.chain);
  if (!child.ok) throw new Error(`accepted: the chain of ${event.proposal} does not apply: ${child.reason}`);
  const record = childRecord(event, candidate, child.value);
  return { ...state, phase: 'train', networks: withNetwork(state, record) };
}

function trained(state: SearchState, event: EventOf<'evaluated'> | EventOf<'failed'>): SearchState {
  const record = networkOf(state, event.network);
  if (record.status !== 'training')
    throw new Error(`${event.type}: network ${event.network} is ${record.status}, not in training`);
  return { ...state, networks: withNetwork(state, { ...record, ...trainedRecord(record, event) }) };
}

/** The state that a run begins with. */
function started(event: EventOf<'started'>): SearchState {
  return {
    recipe: withPlain(event.recipe),
    bounds: event.bounds,
    phase: 'train',
    generation: 0,
    competed: false,
    networks: [],
    population: [],
    front: [],
    hypervolume: 0,
    density: null,
    candidates: [],
  };
}

/**
 * The state after `event`; null is the state before `started`. Never reads `seconds`. Throws on an event that
 * cannot follow, saying what was expected.
 */
export function applyEvent(state: SearchState | null, event: SearchEventBody, problem: Problem): SearchState {
  if (event.type === 'started') {
    if (state) throw new Error('started: this run has already started');
    return started(event);
  }
  if (!state) throw new Error(`${event.type}: the first event must be started`);
  switch (event.type) {
    case 'seeded':
      return seeded(state, event);
    case 'generation':
      if (event.generation !== state.generation + 1)
        throw new Error(`generation ${state.generation + 1} was expected, not ${event.generation}`);
      return {
        ...state,
        phase: 'sift',
        generation: event.generation,
        competed: false,
        density: event.density,
        candidates: [],
      };
    case 'proposed': {
      if (event.verdict === 'rejected') return state;
      const { proposal, parent, chain, cheap } = event;
      return { ...state, candidates: [...state.candidates, { proposal, parent, chain, cheap }] };
    }
    case 'accepted':
      return accepted(state, event, problem);
    case 'progress':
      return state;
    case 'evaluated':
    case 'failed':
      return trained(state, event);
    case 'competed': {
      const { population, front, hypervolume } = event;
      return { ...state, phase: 'propose', competed: true, population, front, hypervolume, candidates: [] };
    }
    case 'finished':
      return { ...state, phase: 'finished' };
  }
}

/** Folds `events` onto `state`. */
export const applyEvents = (
  state: SearchState | null,
  events: readonly SearchEventBody[],
  problem: Problem,
): SearchState | null =>
  events.reduce<SearchState | null>((current, event) => applyEvent(current, event, problem), state);

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
