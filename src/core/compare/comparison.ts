import type { MergeWarning } from '../run-file/merge.ts';
import { attainmentSurfaces } from '../metrics/attainment.ts';
import { bandAt, summarise, type StepPoint, type Summary } from '../metrics/compare.ts';
import { hypervolumeContributions } from '../metrics/contribution.ts';
import { additiveEpsilon } from '../metrics/epsilon.ts';
import { hypervolumeShare, referenceCoordinate } from '../metrics/hypervolume.ts';
import { igdPlus } from '../metrics/igd-plus.ts';
import { mergeRuns } from '../run-file/merge.ts';
import type { NetworkView, RunView } from '../run-file/view.ts';
import { normaliseAll } from '../search/bounds.ts';
import type { Vector } from '../search/dominance.ts';
import type { Bound, NetworkId } from '../search/events.ts';
import type { ObjectiveKey } from '../search/objectives.ts';
import { hypervolumeCurve } from './curve.ts';

/** A run to compare; runs of one label are the same search with other seeds. */
export interface ComparedRun {
  readonly label: string;
  readonly view: RunView;
  /** Errors on the official test images, where they were measured. */
  readonly testErrors?: ReadonlyMap<NetworkId, number>;
}

/** The final front, chosen by validation error, with test errors in their place. */
export interface TestMeasures {
  readonly hypervolume: number;
  readonly lowestError: number;
  /** Of each member of the front, in its order. */
  readonly errors: readonly number[];
}

export interface RunMeasures {
  readonly seed: number;
  readonly images: number;
  readonly front: readonly NetworkView[];
  /** Images that the starting networks have seen. */
  readonly startImages: number;
  /** Hypervolume in the common box after each trained network, by images seen. */
  readonly curve: readonly StepPoint[];
  /** The same by seconds of training. */
  readonly clock: readonly StepPoint[];
  readonly hypervolume: number;
  readonly igdPlus: number;
  readonly epsilon: number;
  readonly lowestError: number;
  /** Share of the box that would be lost without each member of the front, in its order. */
  readonly contributions: readonly number[];
  /** Null unless every member of the front was tested. */
  readonly test: TestMeasures | null;
}

export interface Group {
  readonly label: string;
  readonly runs: readonly RunMeasures[];
  readonly hypervolume: Summary;
  readonly igdPlus: Summary;
  readonly epsilon: Summary;
  readonly lowestError: Summary;
  readonly frontSize: Summary;
  /** Of all members of all runs' fronts. */
  readonly contribution: Summary;
  /** Over the runs whose front was tested; null where none was. */
  readonly test: { readonly hypervolume: Summary; readonly lowestError: Summary } | null;
  /** Of two objectives only: corners of what a quarter, half and three quarters of the runs attain, as measured. */
  readonly surfaces: ReturnType<typeof attainmentSurfaces> | null;
}

export interface Comparison {
  readonly objectives: readonly ObjectiveKey[];
  readonly bounds: readonly Bound[];
  readonly groups: readonly Group[];
  readonly warnings: readonly MergeWarning[];
}

const membersOf = (view: RunView, ids: readonly NetworkId[]): readonly NetworkView[] =>
  ids.flatMap((id) => view.networks.get(id) ?? []);

/** Errors come last, as the y axis of a plot of two objectives: cheap objectives first. */
const axesOf = (keys: readonly ObjectiveKey[]): readonly ObjectiveKey[] =>
  [...keys].sort(
    (a, b) => Number(a === 'error' || a === 'secondError') - Number(b === 'error' || b === 'secondError'),
  );

/** Null where a member was not tested, or a second data set's error is an objective: that is not tested. */
function testMeasures(
  front: readonly NetworkView[],
  bounds: readonly Bound[],
  tested: ReadonlyMap<NetworkId, number>,
): TestMeasures | null {
  const errors = front.flatMap(({ id }) => tested.get(id) ?? []);
  if (errors.length < front.length || bounds.some(({ objective }) => objective === 'secondError'))
    return null;
  const moved = front.map(({ objectives }, index) => ({ ...objectives, error: errors[index]! }));
  return { hypervolume: hypervolumeShare(moved, bounds), lowestError: Math.min(...errors), errors };
}

/** Contributions of normalised points, as shares of the box up to the reference point. */
function contributionShares(points: readonly Vector[]): readonly number[] {
  const clipped = points.map((point) => point.map((value) => Math.max(0, value)));
  const reference = (points[0] ?? []).map(() => referenceCoordinate);
  const box = referenceCoordinate ** reference.length;
  return hypervolumeContributions(clipped, reference).map((volume) => volume / box);
}

const startImagesOf = ({ generations, networks }: RunView): number =>
  (generations[0]?.trained ?? []).reduce((sum, id) => sum + (networks.get(id)?.ownImages ?? 0), 0);

function measure(
  { view, testErrors }: ComparedRun,
  bounds: readonly Bound[],
  reference: readonly Vector[],
): RunMeasures {
  const front = membersOf(view, view.front);
  const share = (networks: readonly NetworkView[]) =>
    hypervolumeShare(
      networks.map(({ objectives }) => objectives),
      bounds,
    );
  const points = hypervolumeCurve(view, bounds);
  const normalised = front.map(({ objectives }) => normaliseAll(objectives, bounds));
  return {
    seed: view.recipe.seed,
    images: view.imagesSeen,
    front,
    startImages: startImagesOf(view),
    curve: points.map(({ images, hypervolume }) => ({ x: images, value: hypervolume })),
    clock: points.map(({ trainSeconds, hypervolume }) => ({ x: trainSeconds, value: hypervolume })),
    hypervolume: share(front),
    igdPlus: igdPlus(normalised, reference),
    epsilon: additiveEpsilon(normalised, reference),
    lowestError: Math.min(...front.map(({ objectives }) => objectives.error ?? Infinity)),
    contributions: contributionShares(normalised),
    test: testMeasures(front, bounds, testErrors ?? new Map()),
  };
}

function groupOf(label: string, runs: readonly RunMeasures[], objectives: readonly ObjectiveKey[]): Group {
  const over = (pick: (run: RunMeasures) => number) => summarise(runs.map(pick));
  const axes = axesOf(objectives);
  const tests = runs.flatMap(({ test }) => test ?? []);
  return {
    label,
    runs,
    hypervolume: over((run) => run.hypervolume),
    igdPlus: over((run) => run.igdPlus),
    epsilon: over((run) => run.epsilon),
    lowestError: over((run) => run.lowestError),
    frontSize: over((run) => run.front.length),
    contribution: summarise(runs.flatMap(({ contributions }) => contributions)),
    test:
      tests.length === 0
        ? null
        : {
            hypervolume: summarise(tests.map(({ hypervolume }) => hypervolume)),
            lowestError: summarise(tests.map(({ lowestError }) => lowestError)),
          },
    surfaces:
      axes.length === 2
        ? attainmentSurfaces(
            runs.map(({ front }) => front.map((each) => axes.map((key) => each.objectives[key]!))),
          )
        : null,
  };
}

/**
 * Compares runs by label, in the order in which labels first come: every number in one box around all bounds, IGD+ and
 * additive epsilon against the front of all runs together (normalised). Null where the runs share fewer than two
 * objectives or none has a front. Runs should be of one data set; `warnings` says how they differ.
 */
export function compareRuns(runs: readonly ComparedRun[]): Comparison | null {
  const usable = runs.filter(({ view }) => view.front.length > 0);
  const merged = mergeRuns(usable);
  if (!merged) return null;
  const { bounds, objectives } = merged;
  const reference = merged.front.map(({ network }) => normaliseAll(network.objectives, bounds));
  const labels = [...new Set(usable.map(({ label }) => label))];
  return {
    objectives: axesOf(objectives),
    bounds,
    warnings: merged.warnings,
    groups: labels.map((label) =>
      groupOf(
        label,
        usable.filter((run) => run.label === label).map((run) => measure(run, bounds, reference)),
        objectives,
      ),
    ),
  };
}

/**
 * Mean and range of a group's hypervolume at every number of images at which one of its runs has a step; empty where
 * only their fronts are known.
 */
export function bandOf(group: Group, by: 'curve' | 'clock' = 'curve') {
  const curves = group.runs.map((run) => run[by]);
  const start = Math.max(...curves.map((curve) => curve[0]?.x ?? 0));
  const xs = [...new Set(curves.flatMap((curve) => curve.map(({ x }) => x)))].filter((x) => x >= start);
  return bandAt(
    curves,
    xs.sort((a, b) => a - b),
  );
}
