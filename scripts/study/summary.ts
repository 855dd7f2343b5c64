import { imagesToReach } from '../../src/core/compare/verdicts.ts';
import { meanText, percent } from '../../src/core/compare/numbers.ts';
import { differenceTables, seedsTable } from './differences.ts';
import { tableOf } from './markdown.ts';
import { costTable, precisionTable } from './precision.ts';
import { labelsOf, type StudySet } from './study-set.ts';

const groupIn = ({ comparison }: StudySet, label: string) =>
  comparison.groups.find((group) => group.label === label);

/** One row a search, one column a data set. */
const byDataset = (
  sets: readonly StudySet[],
  head: string,
  labels: readonly string[],
  cell: (set: StudySet, label: string) => string,
): string =>
  tableOf(
    [head, ...sets.map(({ facts }) => facts.title)],
    labels.map((label) => [label, ...sets.map((set) => cell(set, label))]),
  );

function reachText(set: StudySet, first: string, label: string): string {
  const [own, other] = [groupIn(set, first), groupIn(set, label)];
  const reach = own && other ? imagesToReach(own, other) : null;
  if (!reach) return '';
  const share = Number.isFinite(reach.share) ? percent(reach.share) : 'not reached';
  return `${share} (${reach.reached} of ${reach.pairs})`;
}

/** What the tables of differences mean, once. */
const explanation = (first: string, several: boolean): string =>
  [
    `${first} less each other search: differences are taken seed by seed, as runs of one seed share split and starting networks. Mean, 95 % interval of the mean (Student's t over seeds, not corrected), two-sided p of the paired t-test, the same after Holm's correction for the opponents in the column, and in how many seeds ${first} is the better one. Bold: Holm's p is below 0.05, in whichever direction. Holm's correction is not over tables: the first table is the one to decide by, the others describe.`,
    ...(several
      ? [
          'Pooled: the differences of a seed are averaged over the data sets first, and interval and p are over seeds; so they are of these data sets as they are, and say nothing of others.',
        ]
      : []),
    'Hypervolume from a floor: the box of parameters begins there and smaller networks do not count, so that the front is the non-dominated set of the others. Error at a size: of the member of the front with at most that many parameters that has the lowest validation error; chance where there is none. Lowest error: the same without a limit.',
  ].join(' ');

/** All data sets side by side, the first search of the plan against every other. */
export function summary(sets: readonly StudySet[]): string {
  const labels = labelsOf(sets);
  const first = labels[0];
  if (first === undefined) return '';
  const others = labels.slice(1);
  const seeds = seedsTable(sets, first);
  return [
    '## In short',
    `How far chance in the images alone moves an error (standard error, binomial, in points), at the lowest validation error of ${first} and at three times it (at most at 50 %, where it is largest):`,
    precisionTable(sets),
    'What the trainings of each search cost, mean over seeds. Passes are forward-equivalents: forward passes of one image, of which a trained image costs three; where a log does not count calibration, teacher, re-estimation and comparison they are not in.',
    costTable(sets),
    'Final hypervolume, mean ± sample standard deviation over seeds, with test errors:',
    byDataset(sets, 'search', labels, (set, label) => {
      const test = groupIn(set, label)?.test;
      return test ? meanText(test.hypervolume) : '';
    }),
    'With validation errors:',
    byDataset(sets, 'search', labels, (set, label) => {
      const group = groupIn(set, label);
      return group ? meanText(group.hypervolume) : '';
    }),
    '### Differences',
    explanation(first, sets.length > 1),
    ...differenceTables(sets, first),
    ...(seeds === ''
      ? []
      : [
          'Seeds that would show a difference as large as the one in the first table, where p is 0.05 or more, with 80 % power at two-sided 5 % (paired t-test, noncentral t, no correction). The observed mean and spread are estimates themselves, so these are orders of size, and no reason to add seeds until p falls:',
          seeds,
        ]),
    '### Images to reach the other',
    `Images after which ${first} has the other's final hypervolume, as a share of all that the other saw, starting networks included (median; in how many seeds it got there):`,
    byDataset(sets, 'other', others, (set, label) => reachText(set, first, label)),
  ].join('\n\n');
}
