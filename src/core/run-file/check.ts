import { validate } from '../architecture/validate.ts';
import { adoptWeights, type Weights } from '../architecture/weights.ts';
import { isCellNetwork } from '../architecture/graph.ts';
import { messageOf } from '../failure.ts';
import type { NetworkId, SearchEvent } from '../search/events.ts';
import { applyEvent } from '../search/fold.ts';
import type { Problem } from '../search/problem.ts';
import type { SearchState } from '../search/state.ts';
import { decodeFloats } from './base64.ts';
import type { RunFile } from './schema.ts';

/** What is wrong, and where: a dotted path into the JSON. */
export interface FileProblem {
  readonly path: string;
  readonly message: string;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** Objects with their keys in order, undefined ones dropped, so that equal values are written alike. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}

/** Networks that `event` speaks of must exist: the first that does not, with its field. */
function unknownNetwork(state: SearchState | null, event: SearchEvent): readonly [string, NetworkId] | null {
  const exists = (id: NetworkId) => id >= 1 && id <= (state?.networks.length ?? 0);
  switch (event.type) {
    case 'proposed':
      return exists(event.parent) ? null : ['parent', event.parent];
    case 'progress':
    case 'evaluated':
    case 'failed':
      return exists(event.network) ? null : ['network', event.network];
    case 'competed':
      for (const field of ['joined', 'left', 'dominated', 'population', 'front'] as const) {
        const missing = event[field].find((id) => !exists(id));
        if (missing !== undefined) return [field, missing];
      }
      return null;
    default:
      return null;
  }
}

function eventProblem(
  state: SearchState | null,
  event: SearchEvent,
): { readonly field: string; readonly message: string } | null {
  const unknown = unknownNetwork(state, event);
  if (unknown) return { field: unknown[0], message: `there is no network ${unknown[1]} at this point` };
  switch (event.type) {
    case 'started': {
      const bad = event.bounds.findIndex(
        ({ low, high, scale }) => !(low < high) || (scale === 'log' && low <= 0),
      );
      return bad < 0
        ? null
        : { field: `bounds.${bad}`, message: 'low must be below high, and above 0 on a log scale' };
    }
    case 'seeded': {
      const valid = validate(event.architecture);
      if (valid.ok) return null;
      const [first] = valid.reason;
      return {
        field: 'architecture',
        message: `node ${first?.node || '?'}: ${first?.problem ?? 'not valid'}`,
      };
    }
    case 'generation': {
      const { density } = event;
      if (density.kind === 'uniform') return null;
      const axes = density.objectives.length;
      const fits = density.bandwidths.length === axes && density.points.every((row) => row.length === axes);
      if (!fits || !density.bandwidths.every((width) => width > 0))
        return {
          field: 'density',
          message: `every point and bandwidth needs ${axes} entries, bandwidths above 0`,
        };
      return null;
    }
    default:
      return null;
  }
}

/** The state at the end of the log, or the first event that cannot follow those before it; `folded` events are sound. */
export function foldChecked(
  events: readonly SearchEvent[],
  problem: Problem,
): {
  readonly state: SearchState | null;
  readonly problem: FileProblem | null;
  readonly folded: number;
} {
  let state: SearchState | null = null;
  for (const [index, event] of events.entries()) {
    const found = eventProblem(state, event);
    if (found)
      return {
        state,
        problem: { path: `events.${index}.${found.field}`, message: found.message },
        folded: index,
      };
    try {
      state = applyEvent(state, event, problem);
    } catch (error) {
      return { state, problem: { path: `events.${index}`, message: messageOf(error) }, folded: index };
    }
  }
  return { state, problem: null, folded: events.length };
}

function networkProblems(file: RunFile, state: SearchState): FileProblem[] {
  const problems: FileProblem[] = [];
  const seen = new Set<NetworkId>();
  const front = new Set(state.front);
  file.networks.forEach((network, index) => {
    const blame = (field: string, message: string) =>
      problems.push({ path: `networks.${index}.${field}`, message });
    if (seen.has(network.id)) return blame('id', `network ${network.id} is there twice`);
    seen.add(network.id);
    const record = state.networks[network.id - 1];
    if (!record) return blame('id', `the log has no network ${network.id}`);
    for (const field of ['parent', 'chain', 'generation', 'status', 'objectives'] as const) {
      if (!same(network[field], record[field]))
        blame(field, `the log says otherwise of network ${network.id}`);
    }
    if (network.onFront !== front.has(network.id))
      blame('onFront', `the log says otherwise of network ${network.id}`);
  });
  if (seen.size < state.networks.length)
    problems.push({
      path: 'networks',
      message: `${state.networks.length - seen.size} networks of the log are missing`,
    });
  return problems;
}

function weightProblems(
  file: RunFile,
  state: SearchState,
): { readonly weights: ReadonlyMap<NetworkId, Weights>; readonly problems: readonly FileProblem[] } {
  const weights = new Map<NetworkId, Weights>();
  const problems: FileProblem[] = [];
  file.weights?.forEach(({ network, float32 }, index) => {
    const path = `weights.${index}`;
    const record = state.networks[network - 1];
    if (!record) return problems.push({ path: `${path}.network`, message: `there is no network ${network}` });
    if (weights.has(network))
      return problems.push({
        path: `${path}.network`,
        message: `weights of network ${network} are there twice`,
      });
    const decoded = decodeFloats(float32);
    const adopted = decoded.ok ? adoptWeights(record.architecture, decoded.value) : decoded;
    if (adopted.ok) weights.set(network, adopted.value);
    else problems.push({ path: `${path}.float32`, message: adopted.reason });
  });
  return { weights, problems };
}

/** Only an evaluated network can have been tested, and once. */
function testProblems(file: RunFile, state: SearchState): readonly FileProblem[] {
  const seen = new Set<NetworkId>();
  return (file.testErrors ?? []).flatMap(({ network }, index) => {
    const blame = (message: string) => [{ path: `testErrors.${index}.network`, message }];
    if (seen.has(network)) return blame(`network ${network} is tested twice`);
    seen.add(network);
    if (state.networks[network - 1]?.status === 'evaluated') return [];
    return blame(`the log has no evaluated network ${network}`);
  });
}

/** A transferred cell is one of a network that has cells. */
const transferProblems = (file: RunFile, state: SearchState): readonly FileProblem[] =>
  (file.transfers ?? []).flatMap(({ from }, index) => {
    const record = state.networks[from - 1];
    if (record && isCellNetwork(record.architecture)) return [];
    const message = record ? `network ${from} has no cell` : `there is no network ${from}`;
    return [{ path: `transfers.${index}.from`, message }];
  });

export interface CheckedRun {
  readonly state: SearchState;
  readonly weights: ReadonlyMap<NetworkId, Weights>;
}

/**
 * What the schema cannot say: the log folds (parents exist, chains apply, ids are unique and in order), the tables
 * agree with it, the weights fit their networks. Whether its numbers are right is verify.ts's business.
 */
export function checkRun(
  file: RunFile,
  problem: Problem,
): { readonly run: CheckedRun | null; readonly problems: readonly FileProblem[] } {
  const folded = foldChecked(file.events, problem);
  if (folded.problem || !folded.state) {
    return { run: null, problems: [folded.problem ?? { path: 'events', message: 'the log is empty' }] };
  }
  const { state } = folded;
  const problems = networkProblems(file, state);
  if (!same(file.recipe, state.recipe))
    problems.push({ path: 'recipe', message: 'the log began with another recipe' });
  if (!same(file.hypervolume.bounds, state.bounds))
    problems.push({ path: 'hypervolume.bounds', message: 'the log began with other bounds' });
  if (file.selected !== undefined && file.selected > state.networks.length)
    problems.push({ path: 'selected', message: `there is no network ${file.selected}` });
  const weights = weightProblems(file, state);
  problems.push(...testProblems(file, state), ...transferProblems(file, state), ...weights.problems);
  return { run: { state, weights: weights.weights }, problems };
}
