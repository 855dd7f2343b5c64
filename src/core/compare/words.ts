import { csv } from '../run-file/csv.ts';
import type { Summary } from '../metrics/compare.ts';
import type { Comparison, ImagesToReach, Verdict } from './comparison.ts';

/** "0.8931 ± 0.0042": mean and sample standard deviation; the mean alone of one run. */
export const meanText = ({ count, mean, deviation }: Summary, digits = 4): string =>
  count < 2 ? mean.toFixed(digits) : `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`;

/** One sentence about two groups' final hypervolume, and whether it exceeds the spread over seeds. */
export function verdictText({ a, b, difference: { difference, spread, exceedsSpread } }: Verdict): string {
  const size = Math.abs(difference).toFixed(4);
  const order = difference >= 0 ? `${a} is ahead of ${b} by ${size}` : `${a} is behind ${b} by ${size}`;
  if (exceedsSpread === null) return `${order}; with one seed the spread is not known.`;
  return exceedsSpread
    ? `${order}: more than the spread over seeds (${spread.toFixed(4)}).`
    : `${order}: within the spread over seeds (${spread.toFixed(4)}), so no difference is shown.`;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** One sentence about how soon one search has what the other has at its end. */
export function reachText({ share, shareOfChildren, reached, pairs }: ImagesToReach): string {
  const seeds = `reached with ${reached} of ${pairs} ${pairs === 1 ? 'seed' : 'seeds'}`;
  if (!Number.isFinite(share)) return seeds;
  return `${percent(share)} of its images, ${percent(shareOfChildren)} of those after the starting networks (median; ${seeds})`;
}

/** One line a run. */
export function runsCsv(comparison: Comparison): string {
  const header = [
    ...['search', 'seed', 'images_seen', 'hypervolume', 'igd_plus', 'epsilon', 'lowest_error', 'front'],
  ];
  return csv(
    header,
    comparison.groups.flatMap(({ label, runs }) =>
      runs.map((run) => [
        ...[label, run.seed, run.images, run.hypervolume, run.igdPlus, run.epsilon],
        ...[run.lowestError, run.front.length],
      ]),
    ),
  );
}

/** One line a run and generation: hypervolume by images seen. */
export const curvesCsv = (comparison: Comparison): string =>
  csv(
    ['search', 'seed', 'images_seen', 'train_seconds', 'hypervolume'],
    comparison.groups.flatMap(({ label, runs }) =>
      runs.flatMap(({ seed, curve, clock }) =>
        curve.map(({ x, value }, index) => [label, seed, x, clock[index]!.x, value]),
      ),
    ),
  );
