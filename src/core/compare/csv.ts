import { csv } from '../run-file/csv.ts';
import { objectiveKeys } from '../search/objectives.ts';
import type { Comparison } from './comparison.ts';
import { allVerdicts } from './verdicts.ts';

/** Whether seconds of training are a column too: they differ each time, all else is the same again. */
export interface CsvColumns {
  readonly seconds: boolean;
}

/** One line a run. Empty cells: its front was not tested. */
export function runsCsv(comparison: Comparison, { seconds }: CsvColumns): string {
  const header = [
    ...['search', 'seed', 'images_seen', 'hypervolume', 'igd_plus', 'epsilon', 'lowest_error', 'front'],
    ...(seconds ? ['train_seconds'] : []),
    ...['test_hypervolume', 'test_lowest_error'],
  ];
  return csv(
    header,
    comparison.groups.flatMap(({ label, runs }) =>
      runs.map((run) => [
        ...[label, run.seed, run.images, run.hypervolume, run.igdPlus, run.epsilon],
        ...[run.lowestError, run.front.length, ...(seconds ? [run.clock.at(-1)?.x] : [])],
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
export const curvesCsv = (comparison: Comparison, { seconds }: CsvColumns): string =>
  csv(
    ['search', 'seed', 'images_seen', ...(seconds ? ['train_seconds'] : []), 'hypervolume'],
    comparison.groups.flatMap(({ label, runs }) =>
      runs.flatMap(({ seed, curve, clock }) =>
        curve.map(({ x, value }, index) => [
          ...[label, seed, x, ...(seconds ? [clock[index]!.x] : [])],
          value,
        ]),
      ),
    ),
  );
