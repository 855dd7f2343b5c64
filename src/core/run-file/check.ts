import type { Architecture } from '../architecture/types.ts';
import { validate } from '../architecture/validate.ts';
import { adoptWeights, type Weights } from '../architecture/weights.ts';
import { isCellNetwork } from '../architecture/graph.ts';
import { messageOf } from '../failure.ts';
import type { NetworkId, SearchEvent } from '../search/events.ts';
import { StateFold } from '../search/fold.ts';
import type { Problem } from '../search/problem.ts';
import type { SearchState } from '../search/state.ts';
import { decodeFloats } from './base64.ts';
import type { RunFile, RunWeights } from './schema.ts';

/** What is wrong with a run file, as a code with values. `detail` is technical: what a parser or the fold said. */
export type Wrong =
  | { readonly code: 'no-network'; readonly network: NetworkId }
  | { readonly code: 'bounds' }
  /** The bounds are not those of the objectives, one each and in their order. */
  | { readonly code: 'bounds-of-others' }
  /** An evaluated network without a value of an objective, or with one that a logarithm does not take. */
  | { readonly code: 'objective-missing'; readonly objective: string }
  /** A failed or untrained network that is said to have competed. */
  | { readonly code: 'has-not-competed'; readonly network: NetworkId }
  /** Starting networks for images of another shape, or for another number of classes. */
  | { readonly code: 'shape' }
  /** The recipe searches on another data set than the one that is described. */
  | { readonly code: 'other-dataset' }
  | { readonly code: 'node'; readonly node: string; readonly detail: string }
  | { readonly code: 'density'; readonly axes: number }
  | { readonly code: 'does-not-follow'; readonly detail: string }
  | { readonly code: 'network-twice'; readonly network: NetworkId }
  | { readonly code: 'not-in-log'; readonly network: NetworkId }
  | { readonly code: 'log-differs'; readonly network: NetworkId }
  | { readonly code: 'networks-missing'; readonly count: number }
  | { readonly code: 'weights-twice'; readonly network: NetworkId }
  | { readonly code: 'weights-unfit'; readonly detail: string }
  /** Finished weights of a network whose training was not finished. */
  | { readonly code: 'not-finished'; readonly network: NetworkId }
  | { readonly code: 'tested-twice'; readonly network: NetworkId }
  | { readonly code: 'not-evaluated'; readonly network: NetworkId }
  | { readonly code: 'no-cell'; readonly network: NetworkId }
  | { readonly code: 'empty-log' }
  | { readonly code: 'other-recipe' }
  | { readonly code: 'other-bounds' }
  | { readonly code: 'schema'; readonly detail: string };

/** The same with its place: a dotted path into the JSON. */
export type FileProblem = Wrong & { readonly path: string };

/** The same with its field within an event. */
type EventProblem = Wrong & { readonly field: string };

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

function eventProblem(state: SearchState | null, event: SearchEvent): EventProblem | null {
  const unknown = unknownNetwork(state, event);
  if (unknown) return { field: unknown[0], code: 'no-network', network: unknown[1] };
  switch (event.type) {
    case 'started': {
      const bad = event.bounds.findIndex(
        ({ low, high, scale }) => !(low < high) || (scale === 'log' && low <= 0),
      );
      if (bad >= 0) return { field: `bounds.${bad}`, code: 'bounds' };
      const bounded = event.bounds.map(({ objective }) => objective);
      return same(bounded, event.recipe.objectives) ? null : { field: 'bounds', code: 'bounds-of-others' };
    }
    case 'seeded': {
      const valid = validate(event.architecture);
      if (valid.ok) return shapeProblem(state, event.architecture);
      const [first] = valid.reason;
      return {
        ...{ field: 'architecture', code: 'node' },
        ...{ node: first?.node || '?', detail: first?.problem ?? 'not valid' },
      };
    }
    case 'generation': {
      const { density } = event;
      if (density.kind === 'uniform') return null;
      const axes = density.objectives.length;
      const fits = density.bandwidths.length === axes && density.points.every((row) => row.length === axes);
      if (!fits || !density.bandwidths.every((width) => width > 0))
        return { field: 'density', code: 'density', axes };
      return null;
    }
    case 'evaluated': {
      const values = { ...state!.networks[event.network - 1]!.objectives, ...event.objectives };
      const missing = state!.bounds.find(({ objective, scale }) => {
        const value = values[objective];
        return value === undefined || (scale === 'log' && value <= 0);
      });
      return missing
        ? { field: 'objectives', code: 'objective-missing', objective: missing.objective }
        : null;
    }
    case 'competed':
      for (const field of ['population', 'front'] as const) {
        const network = event[field].find((id) => state!.networks[id - 1]!.status !== 'evaluated');
        if (network !== undefined) return { field, code: 'has-not-competed', network };
      }
      return null;
    default:
      return null;
  }
}

/** Height, width and channels of what a network takes, and the classes of its first head. */
function shapeOf({ nodes }: Architecture): TaskShape {
  const input = nodes.find((node) => node.kind === 'input');
  const head = nodes.find((node) => node.kind === 'head' && node.task === 0);
  return {
    height: input?.kind === 'input' ? input.height : 0,
    width: input?.kind === 'input' ? input.width : 0,
    channels: input?.kind === 'input' ? input.channels : 0,
    classes: head?.kind === 'head' ? head.classes : 0,
  };
}

/** All starting networks take images of one shape and know the same classes. */
function shapeProblem(state: SearchState | null, architecture: Architecture): EventProblem | null {
  const first = state?.networks[0]?.architecture;
  return first && !same(shapeOf(first), shapeOf(architecture))
    ? { field: 'architecture', code: 'shape' }
    : null;
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
  const fold = new StateFold(problem);
  for (const [index, event] of events.entries()) {
    const found = eventProblem(fold.state, event);
    if (found) {
      const { field, ...wrong } = found;
      return { state: fold.state, problem: { ...wrong, path: `events.${index}.${field}` }, folded: index };
    }
    try {
      fold.apply(event);
    } catch (error) {
      const wrong = { path: `events.${index}`, code: 'does-not-follow', detail: messageOf(error) } as const;
      return { state: fold.state, problem: wrong, folded: index };
    }
  }
  return { state: fold.state, problem: null, folded: events.length };
}

function networkProblems(file: RunFile, state: SearchState): FileProblem[] {
  const problems: FileProblem[] = [];
  const seen = new Set<NetworkId>();
  const front = new Set(state.front);
  file.networks.forEach((network, index) => {
    const blame = (field: string, code: 'network-twice' | 'not-in-log' | 'log-differs') =>
      problems.push({ path: `networks.${index}.${field}`, code, network: network.id });
    if (seen.has(network.id)) return blame('id', 'network-twice');
    seen.add(network.id);
    const record = state.networks[network.id - 1];
    if (!record) return blame('id', 'not-in-log');
    for (const field of ['parent', 'chain', 'generation', 'status', 'objectives'] as const) {
      if (!same(network[field], record[field])) blame(field, 'log-differs');
    }
    if (network.onFront !== front.has(network.id)) blame('onFront', 'log-differs');
  });
  if (seen.size < state.networks.length)
    problems.push({
      path: 'networks',
      code: 'networks-missing',
      count: state.networks.length - seen.size,
    });
  return problems;
}

function weightProblems(
  key: 'weights' | 'finishedWeights',
  table: readonly RunWeights[] | undefined,
  state: SearchState,
): { readonly weights: ReadonlyMap<NetworkId, Weights>; readonly problems: readonly FileProblem[] } {
  const weights = new Map<NetworkId, Weights>();
  const problems: FileProblem[] = [];
  table?.forEach(({ network, architecture, float32 }, index) => {
    const path = `${key}.${index}`;
    const record = state.networks[network - 1];
    if (!record) return problems.push({ path: `${path}.network`, code: 'no-network', network });
    if (weights.has(network))
      return problems.push({ path: `${path}.network`, code: 'weights-twice', network });
    if (architecture && !same(architecture, record.architecture))
      return problems.push({ path: `${path}.architecture`, code: 'log-differs', network });
    const decoded = decodeFloats(float32);
    const adopted = decoded.ok ? adoptWeights(record.architecture, decoded.value) : decoded;
    if (adopted.ok) weights.set(network, adopted.value);
    else problems.push({ path: `${path}.float32`, code: 'weights-unfit', detail: adopted.reason });
  });
  return { weights, problems };
}

/** Only an evaluated network can have been tested, and once. */
function testProblems(file: RunFile, state: SearchState): readonly FileProblem[] {
  const seen = new Set<NetworkId>();
  return (file.testErrors ?? []).flatMap(({ network }, index): readonly FileProblem[] => {
    const path = `testErrors.${index}.network`;
    if (seen.has(network)) return [{ path, code: 'tested-twice', network }];
    seen.add(network);
    if (state.networks[network - 1]?.status === 'evaluated') return [];
    return [{ path, code: 'not-evaluated', network }];
  });
}

/** Only what was evaluated can be trained on, and only what was finished has such weights. */
function finishedProblems({ finished = [], finishedWeights = [] }: RunFile, state: SearchState) {
  const known = new Set(finished.map(({ network }) => network));
  const path = (table: string, index: number) => `${table}.${index}.network`;
  return [
    ...finished.flatMap(({ network }, index): readonly FileProblem[] =>
      state.networks[network - 1]?.status === 'evaluated'
        ? []
        : [{ path: path('finished', index), code: 'not-evaluated', network }],
    ),
    ...finishedWeights.flatMap(({ network }, index): readonly FileProblem[] =>
      known.has(network) ? [] : [{ path: path('finishedWeights', index), code: 'not-finished', network }],
    ),
  ];
}

/** A transferred cell is one of a network that has cells. */
const transferProblems = (file: RunFile, state: SearchState): readonly FileProblem[] =>
  (file.transfers ?? []).flatMap(({ from }, index) => {
    const record = state.networks[from - 1];
    if (record && isCellNetwork(record.architecture)) return [];
    return [{ path: `transfers.${index}.from`, code: record ? 'no-cell' : 'no-network', network: from }];
  });

/** What a data set asks of a network. */
export interface TaskShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
}

/** The first network fits the data set: its classes, and its images where their shape is `known`. */
function datasetProblems(file: RunFile, state: SearchState, known: TaskShape | null): readonly FileProblem[] {
  if (file.dataset.id !== file.recipe.dataset) return [{ path: 'dataset.id', code: 'other-dataset' }];
  const [first] = state.networks;
  if (!first) return [];
  const shape = shapeOf(first.architecture);
  const wanted = known ?? { ...shape, classes: file.dataset.classes.length };
  return same(shape, wanted) ? [] : [{ path: 'events.1.architecture', code: 'shape' }];
}

export interface CheckedRun {
  readonly state: SearchState;
  readonly weights: ReadonlyMap<NetworkId, Weights>;
  readonly finishedWeights: ReadonlyMap<NetworkId, Weights>;
}

/**
 * What the schema cannot say: the log folds (parents exist, chains apply, ids are unique and in order), the tables
 * agree with it, the weights fit their networks. Whether its numbers are right is verify.ts's business.
 */
export function checkRun(
  file: RunFile,
  problem: Problem,
  known: TaskShape | null = null,
): { readonly run: CheckedRun | null; readonly problems: readonly FileProblem[] } {
  const folded = foldChecked(file.events, problem);
  if (folded.problem || !folded.state) {
    return { run: null, problems: [folded.problem ?? { path: 'events', code: 'empty-log' }] };
  }
  const { state } = folded;
  const problems = [...datasetProblems(file, state, known), ...networkProblems(file, state)];
  if (!same(file.recipe, state.recipe)) problems.push({ path: 'recipe', code: 'other-recipe' });
  if (!same(file.hypervolume.bounds, state.bounds))
    problems.push({ path: 'hypervolume.bounds', code: 'other-bounds' });
  if (file.selected !== undefined && file.selected > state.networks.length)
    problems.push({ path: 'selected', code: 'no-network', network: file.selected });
  const weights = weightProblems('weights', file.weights, state);
  const finished = weightProblems('finishedWeights', file.finishedWeights, state);
  for (const found of [
    testProblems(file, state),
    transferProblems(file, state),
    weights.problems,
    finishedProblems(file, state),
    finished.problems,
  ])
    for (const one of found) problems.push(one);
  return { run: { state, weights: weights.weights, finishedWeights: finished.weights }, problems };
}
