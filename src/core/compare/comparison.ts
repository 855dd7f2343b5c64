import { attainmentSurfaces } from '../metrics/attainment.ts';
import {
  bandAt,
  compareGroups,
  firstReaching,
  quantile,
  summarise,
  type Difference,
  type StepPoint,
  type Summary,
} from '../metrics/compare.ts';
import { additiveEpsilon } from '../metrics/epsilon.ts';
import { hypervolumeShare } from '../metrics/hypervolume.ts';
import { igdPlus } from '../metrics/igd-plus.ts';
import { historyOf } from '../run-file/history.ts';
import { mergeRuns } from '../run-file/merge.ts';
import type { NetworkView, RunView } from '../run-file/view.ts';
import { normaliseAll } from '../search/bounds.ts';
import type { Vector } from '../search/dominance.ts';
import type { Bound, NetworkId } from '../search/events.ts';
import type { ObjectiveKey } from '../search/objectives.ts';

/** A run to compare; runs of one label are the same search with other seeds. */
export interface ComparedRun {
  readonly label: string;
  readonly view: RunView;
}

export interface RunMeasures {
  readonly seed: number;
  readonly images: number;
  readonly front: readonly NetworkView[];
  /** Hypervolume in the common box at the end of each generation, by images seen. */
  readonly curve: readonly StepPoint[];
  /** The same by seconds of training. */
  readonly clock: readonly StepPoint[];
  readonly hypervolume: number;
  readonly igdPlus: number;
  readonly epsilon: number;
  readonly lowestError: number;
}

export interface Group {
  readonly label: string;
  readonly runs: readonly RunMeasures[];
  readonly hypervolume: Summary;
  readonly igdPlus: Summary;
  readonly epsilon: Summary;
  readonly lowestError: Summary;
  readonly frontSize: Summary;
  /** Of two objectives only: corners of what a quarter, half and three quarters of the runs attain, as measured. */
  readonly surfaces: ReturnType<typeof attainmentSurfaces> | null;
}

export interface Comparison {
  readonly objectives: readonly ObjectiveKey[];
  readonly bounds: readonly Bound[];
  readonly groups: readonly Group[];
  readonly warnings: readonly string[];
}

const membersOf = (view: RunView, ids: readonly NetworkId[]): readonly NetworkView[] =>
  ids.flatMap((id) => view.networks.get(id) ?? []);

/** Errors come last, as the y axis of a plot of two objectives: cheap objectives first. */
const axesOf = (keys: readonly ObjectiveKey[]): readonly ObjectiveKey[] =>
  [...keys].sort(
    (a, b) => Number(a === 'error' || a === 'secondError') - Number(b === 'error' || b === 'secondError'),
  );

function measure(view: RunView, bounds: readonly Bound[], reference: readonly Vector[]): RunMeasures {
  const front = membersOf(view, view.front);
  const share = (networks: readonly NetworkView[]) =>
    hypervolumeShare(
      networks.map(({ objectives }) => objectives),
      bounds,
    );
  const outcomes = view.generations.flatMap(({ outcome }) => outcome ?? []);
  const points = historyOf(view).map(({ images, trainSeconds }, index) => ({
    images,
    trainSeconds,
    value: share(membersOf(view, outcomes[index]!.front)),
  }));
  const normalised = front.map(({ objectives }) => normaliseAll(objectives, bounds));
  return {
    seed: view.recipe.seed,
    images: view.imagesSeen,
    front,
    curve: points.map(({ images, value }) => ({ x: images, value })),
    clock: points.map(({ trainSeconds, value }) => ({ x: trainSeconds, value })),
    hypervolume: share(front),
    igdPlus: igdPlus(normalised, reference),
    epsilon: additiveEpsilon(normalised, reference),
    lowestError: Math.min(...front.map(({ objectives }) => objectives.error ?? Infinity)),
  };
}

function groupOf(label: string, runs: readonly RunMeasures[], objectives: readonly ObjectiveKey[]): Group {
  const over = (pick: (run: RunMeasures) => number) => summarise(runs.map(pick));
  const axes = axesOf(objectives);
  return {
    label,
    runs,
    hypervolume: over((run) => run.hypervolume),
    igdPlus: over((run) => run.igdPlus),
    epsilon: over((run) => run.epsilon),
    lowestError: over((run) => run.lowestError),
    frontSize: over((run) => run.front.length),
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
        usable.filter((run) => run.label === label).map(({ view }) => measure(view, bounds, reference)),
        objectives,
      ),
    ),
  };
}

/** Mean and range of a group's hypervolume at every number of images at which one of its runs has a step. */
export function bandOf(group: Group, by: 'curve' | 'clock' = 'curve') {
  const curves = group.runs.map((run) => run[by]);
  const start = Math.max(...curves.map((curve) => curve[0]?.x ?? 0));
  const xs = [...new Set(curves.flatMap((curve) => curve.map(({ x }) => x)))].filter((x) => x >= start);
  return bandAt(
    curves,
    xs.sort((a, b) => a - b),
  );
}

export interface Verdict {
  readonly a: string;
  readonly b: string;
  readonly difference: Difference;
}

/** How `label`'s final hypervolume differs from every other group's. */
export function verdicts(comparison: Comparison, label: string): readonly Verdict[] {
  const own = comparison.groups.find((group) => group.label === label);
  if (!own) return [];
  const values = (group: Group) => group.runs.map(({ hypervolume }) => hypervolume);
  return comparison.groups
    .filter((group) => group !== own)
    .map((group) => ({ a: label, b: group.label, difference: compareGroups(values(own), values(group)) }));
}

export interface ImagesToReach {
  /** Images that a needed for b's final hypervolume, over all that b saw; median over pairs, Infinity if not reached. */
  readonly share: number;
  /** The same without the images of the starting networks, which both trained alike. */
  readonly shareOfChildren: number;
  /** Pairs of runs in which a reached it, of all pairs of equal seeds. */
  readonly reached: number;
  readonly pairs: number;
}

/** Median; where the two in the middle are not both finite, the lower of them. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted.every(Number.isFinite) ? quantile(sorted, 0.5) : sorted[(sorted.length - 1) >> 1]!;
}

/** With which share of b's images a has what b has at its end, seed by seed; null without equal seeds. */
export function imagesToReach(a: Group, b: Group): ImagesToReach | null {
  const pairs = b.runs.flatMap((theirs) => {
    const own = a.runs.find(({ seed }) => seed === theirs.seed);
    if (!own) return [];
    const needed = firstReaching(own.curve, theirs.hypervolume) ?? Infinity;
    const start = theirs.curve[0]?.x ?? 0;
    return [
      {
        share: needed / theirs.images,
        shareOfChildren: Math.max(0, needed - start) / (theirs.images - start || 1),
      },
    ];
  });
  if (pairs.length === 0) return null;
  return {
    share: median(pairs.map(({ share }) => share)),
    shareOfChildren: median(pairs.map(({ shareOfChildren }) => shareOfChildren)),
    reached: pairs.filter(({ share }) => Number.isFinite(share)).length,
    pairs: pairs.length,
  };
}
