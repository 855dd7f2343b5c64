import { hypervolumeShare } from '../metrics/hypervolume.ts';
import type { NetworkView, RunView } from '../run-file/view.ts';
import { vectorOf } from '../search/bounds.ts';
import { nonDominated } from '../search/dominance.ts';
import type { Bound, NetworkId } from '../search/events.ts';

/**
 * Whose errors stand for a front that was chosen by validation errors: those, errors on the official test images, or
 * test errors of the same architectures trained again, long, from scratch.
 */
export type ErrorSource = 'validation' | 'test' | 'retrained';

export type MeasureKey = (typeof measures)[number]['key'];

interface MeasureFacts {
  readonly key: string;
  readonly title: string;
  readonly better: 'higher' | 'lower';
  /** Hypervolume: fewest parameters of a network that counts, 0 for the recipe's own floor. */
  readonly floor?: number;
  /** Error: most parameters that a network may have. */
  readonly size?: number;
}

/** What a front is measured by; the first is the one that hypotheses should name. */
export const measures = [
  { key: 'hypervolume', title: 'hypervolume', better: 'higher', floor: 0 },
  { key: 'hypervolume-1000', title: 'hypervolume from 1,000 parameters', better: 'higher', floor: 1000 },
  { key: 'hypervolume-3000', title: 'hypervolume from 3,000 parameters', better: 'higher', floor: 3000 },
  { key: 'error-1000', title: 'error at 1,000 parameters', better: 'lower', size: 1000 },
  { key: 'error-3000', title: 'error at 3,000 parameters', better: 'lower', size: 3000 },
  { key: 'error-10000', title: 'error at 10,000 parameters', better: 'lower', size: 10_000 },
  { key: 'error-30000', title: 'error at 30,000 parameters', better: 'lower', size: 30_000 },
  { key: 'error', title: 'lowest error', better: 'lower', size: Infinity },
] as const satisfies readonly MeasureFacts[];

type Sized = Pick<NetworkView, 'id' | 'objectives'>;

const parametersOf = ({ objectives }: Sized): number => objectives.parameters ?? NaN;

/**
 * The non-dominated evaluated networks of a finished run that have at least `floor` parameters. Not a part of its
 * front: a network that only smaller ones than `floor` dominate is a member here and not there. Floor 0 is its front.
 */
export function frontFrom(view: RunView, floor: number): readonly NetworkView[] {
  if (floor === 0) return view.front.flatMap((id) => view.networks.get(id) ?? []);
  const keys = view.bounds.map(({ objective }) => objective);
  const networks = [...view.networks.values()].filter(
    (network) => network.status === 'evaluated' && parametersOf(network) >= floor,
  );
  return nonDominated(networks.map(({ objectives }) => vectorOf(objectives, keys))).map(
    (index) => networks[index]!,
  );
}

const floors: readonly number[] = measures.flatMap((measure) => ('floor' in measure ? measure.floor : []));

/** All networks whose test errors the measures ask for: the members of the fronts from every floor. */
export const networksToTest = (view: RunView): readonly NetworkView[] => [
  ...new Map(floors.flatMap((floor) => frontFrom(view, floor).map((each) => [each.id, each]))).values(),
];

/** `bounds` with the axis of parameters from `floor`, where that is above their own. */
const raised = (bounds: readonly Bound[], floor: number): readonly Bound[] =>
  bounds.map((bound) =>
    bound.objective === 'parameters' ? { ...bound, low: Math.max(bound.low, floor) } : bound,
  );

type Errors = ReadonlyMap<NetworkId, number>;

/** Hypervolume share of `front` with `errors` in place of its own, in `bounds`; null where a member has none. */
function hypervolumeWith(front: readonly Sized[], errors: Errors, bounds: readonly Bound[]): number | null {
  if (front.some(({ id }) => !errors.has(id))) return null;
  return hypervolumeShare(
    front.map(({ id, objectives }) => ({ ...objectives, error: errors.get(id)! })),
    bounds,
  );
}

/**
 * The error of the member with at most `size` parameters that has the lowest validation error, the smaller of equals:
 * chosen by validation, so that no choice rests on a test error. `chance` without such a member; null where it has no
 * error.
 */
function errorUpTo(size: number, front: readonly Sized[], errors: Errors, chance: number): number | null {
  const [chosen] = front
    .filter((member) => parametersOf(member) <= size)
    .sort((a, b) => a.objectives.error! - b.objectives.error! || parametersOf(a) - parametersOf(b));
  return chosen ? (errors.get(chosen.id) ?? null) : chance;
}

/** A value for each measure; null where it is not known. */
export type Measured = Readonly<Record<MeasureKey, number | null>>;

const byMeasure = (valueOf: (measure: (typeof measures)[number]) => number | null): Measured =>
  Object.fromEntries(measures.map((measure) => [measure.key, valueOf(measure)])) as Measured;

/** Of what was not measured at all. */
export const unmeasured: Measured = byMeasure(() => null);

/**
 * Every measure of a finished run in the box of `bounds`, with `errors` of the networks; null where an error is missing.
 * With `only`, networks without an error are left out instead: of a front of which a part was trained again.
 * All null where error and parameters are not both objectives, or a second data set's error, which is not tested, is.
 */
export function measuresOf(view: RunView, bounds: readonly Bound[], errors: Errors, only = false): Measured {
  const has = (key: Bound['objective']) => bounds.find(({ objective }) => objective === key);
  const chance = has('error')?.high;
  const measurable = chance !== undefined && has('parameters') && !has('secondError');
  const members = (floor: number) =>
    only
      ? frontFrom(view, 0).filter((each) => errors.has(each.id) && parametersOf(each) >= floor)
      : frontFrom(view, floor);
  if (!measurable) return unmeasured;
  return byMeasure((measure) =>
    'floor' in measure
      ? hypervolumeWith(members(measure.floor), errors, raised(bounds, measure.floor))
      : errorUpTo(measure.size, members(0), errors, chance),
  );
}

/** Validation errors of all evaluated networks. */
export const validationErrors = (view: RunView): Errors =>
  new Map(
    [...view.networks.values()].flatMap(({ id, objectives }) =>
      objectives.error === undefined ? [] : [[id, objectives.error] as const],
    ),
  );
