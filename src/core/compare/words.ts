import { csv } from '../run-file/csv.ts';
import type { PairedDifference, Summary } from '../metrics/compare.ts';
import { objectiveKeys } from '../search/objectives.ts';
import type { Comparison } from './comparison.ts';
import { allVerdicts, type ImagesToReach, type Verdict } from './verdicts.ts';

type Spread = Pick<Summary, 'count' | 'mean' | 'deviation'>;

/** "0.8931 ± 0.0042": mean and sample standard deviation; the mean alone of one run. */
export const meanText = ({ count, mean, deviation }: Spread, digits = 4): string =>
  count < 2 ? mean.toFixed(digits) : `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`;

/** "2.1 ± 0.3 %" of a share in [0, 1]. */
export const meanPercent = ({ count, mean, deviation }: Spread): string =>
  `${meanText({ count, mean: 100 * mean, deviation: 100 * deviation }, 1)} %`;

/** With its sign, and a true minus. */
export const signed = (value: number, digits = 4): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

/** "+0.0309 ± 0.0120": the differences of runs that share a seed. */
export const pairedMean = ({ mean, deviation }: PairedDifference): string =>
  `${signed(mean)} ± ${deviation.toFixed(4)}`;

/** "seed by seed +0.0309 ± 0.0120, ahead in 3 of 3": the differences of runs that share a seed. */
function pairedText(paired: PairedDifference): string {
  const { pairs, mean, ahead, exceedsSpread } = paired;
  const seeds = `ahead in ${ahead} of ${pairs}`;
  if (exceedsSpread === null) return `Seed by seed: ${signed(mean)}, ${seeds}.`;
  const found = exceedsSpread
    ? 'more than the spread of the differences'
    : 'within the spread of the differences, so no difference is shown this way';
  return `Seed by seed: ${pairedMean(paired)}, ${seeds}: ${found}.`;
}

/** Two sentences about two groups' final hypervolume: against the spread over seeds, and seed by seed. */
export function verdictText({ a, b, difference, paired }: Verdict): string {
  const { spread, exceedsSpread } = difference;
  const size = Math.abs(difference.difference).toFixed(4);
  const order =
    difference.difference >= 0 ? `${a} is ahead of ${b} by ${size}` : `${a} is behind ${b} by ${size}`;
  const rest = paired ? ` ${pairedText(paired)}` : '';
  if (exceedsSpread === null) return `${order}; with one seed the spread is not known.${rest}`;
  return exceedsSpread
    ? `${order}: more than the spread over seeds (${spread.toFixed(4)}).${rest}`
    : `${order}: within the spread over seeds (${spread.toFixed(4)}), so no difference is shown.${rest}`;
}

export const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** One sentence about how soon one search has what the other has at its end. */
export function reachText({ share, shareOfChildren, reached, pairs }: ImagesToReach): string {
  const seeds = `reached with ${reached} of ${pairs} ${pairs === 1 ? 'seed' : 'seeds'}`;
  if (!Number.isFinite(share)) return seeds;
  return `${percent(share)} of its images, ${percent(shareOfChildren)} of those after the starting networks (median; ${seeds})`;
}

/** One line a run. Empty cells: its front was not tested. */
export function runsCsv(comparison: Comparison): string {
  const header = [
    ...['search', 'seed', 'images_seen', 'hypervolume', 'igd_plus', 'epsilon', 'lowest_error', 'front'],
    ...['train_seconds', 'test_hypervolume', 'test_lowest_error'],
  ];
  return csv(
    header,
    comparison.groups.flatMap(({ label, runs }) =>
      runs.map((run) => [
        ...[label, run.seed, run.images, run.hypervolume, run.igdPlus, run.epsilon],
        ...[run.lowestError, run.front.length, run.clock.at(-1)?.x],
        ...[run.test?.hypervolume, run.test?.lowestError],
      ]),
    ),
  );
}

/** One line a member of a run's final front, with the share of the box that would be lost without it. */
export function membersCsv(comparison: Comparison): string {
  const header = [
    ...['search', 'seed', 'network', ...objectiveKeys, 'test_error', 'contribution'],
    ...['own_images', 'inherited_images'],
  ];
  return csv(
    header,
    comparison.groups.flatMap(({ label, runs }) =>
      runs.flatMap(({ seed, front, contributions, test }) =>
        front.map(({ id, objectives, ownImages, inheritedImages }, index) => [
          ...[label, seed, id, ...objectiveKeys.map((key) => objectives[key])],
          ...[test?.errors[index], contributions[index], ownImages, inheritedImages],
        ]),
      ),
    ),
  );
}

/** One line a pair of searches: the difference of final hypervolume against both spreads. */
export const pairsCsv = (comparison: Comparison): string =>
  csv(
    [
      ...['measured_with', 'search', 'other', 'difference', 'spread_over_seeds', 'exceeds_spread_over_seeds'],
      ...['pairs', 'paired_mean', 'paired_deviation', 'ahead', 'behind', 'exceeds_paired_spread'],
    ],
    (['validation', 'test'] as const).flatMap((measure) =>
      allVerdicts(comparison, measure).map(({ a, b, difference, paired }) => [
        ...[measure, a, b, difference.difference, difference.spread, difference.exceedsSpread],
        ...[paired?.pairs, paired?.mean, paired?.deviation, paired?.ahead, paired?.behind],
        paired?.exceedsSpread,
      ]),
    ),
  );

/** Corners of the attainment surfaces of two objectives, one a line; the header alone for more. */
export const surfacesCsv = ({ objectives, groups }: Comparison): string =>
  csv(
    ['search', 'attained_by', ...objectives.slice(0, 2)],
    groups.flatMap(({ label, surfaces }) =>
      surfaces === null
        ? []
        : (
            [
              ['25 %', surfaces.quarter],
              ['50 %', surfaces.half],
              ['75 %', surfaces.threeQuarters],
            ] as const
          ).flatMap(([share, corners]) => corners.map(([x, y]) => [label, share, x, y])),
    ),
  );

/** One line a trained network, in the order of a run: hypervolume by images seen. */
export const curvesCsv = (comparison: Comparison): string =>
  csv(
    ['search', 'seed', 'images_seen', 'train_seconds', 'hypervolume'],
    comparison.groups.flatMap(({ label, runs }) =>
      runs.flatMap(({ seed, curve, clock }) =>
        curve.map(({ x, value }, index) => [label, seed, x, clock[index]!.x, value]),
      ),
    ),
  );
