import type { Comparison, Group } from '../../src/core/compare/comparison.ts';
import { imagesToReach, verdicts, type Measure } from '../../src/core/compare/verdicts.ts';
import { meanText, pairedMean, percent } from '../../src/core/compare/words.ts';
import { tableOf } from './markdown.ts';

export interface ComparedSet {
  readonly title: string;
  readonly comparison: Comparison;
}

const groupIn = ({ comparison }: ComparedSet, label: string): Group | undefined =>
  comparison.groups.find((group) => group.label === label);

const labelsOf = (sets: readonly ComparedSet[]): readonly string[] => [
  ...new Set(sets.flatMap(({ comparison }) => comparison.groups.map(({ label }) => label))),
];

/** One row a search, one column a data set. */
const byDataset = (
  sets: readonly ComparedSet[],
  head: string,
  labels: readonly string[],
  cell: (set: ComparedSet, label: string) => string,
): string =>
  tableOf(
    [head, ...sets.map(({ title }) => title)],
    labels.map((label) => [label, ...sets.map((set) => cell(set, label))]),
  );

/** "+0.0309 ± 0.0120, 5 of 5": bold where it exceeds both spreads, plain where one, in brackets where neither. */
function leadText(set: ComparedSet, first: string, label: string, measure: Measure): string {
  const verdict = verdicts(set.comparison, first, measure).find(({ b }) => b === label);
  const paired = verdict?.paired;
  if (!verdict || !paired) return '';
  const text = `${pairedMean(paired)}, ${paired.ahead} of ${paired.pairs}`;
  const exceeded = [verdict.difference.exceedsSpread, paired.exceedsSpread].filter(Boolean).length;
  return exceeded === 2 ? `**${text}**` : exceeded === 1 ? text : `(${text})`;
}

function reachText(set: ComparedSet, first: string, label: string): string {
  const [own, other] = [groupIn(set, first), groupIn(set, label)];
  const reach = own && other ? imagesToReach(own, other) : null;
  if (!reach) return '';
  const share = Number.isFinite(reach.share) ? percent(reach.share) : 'not reached';
  return `${share} (${reach.reached} of ${reach.pairs})`;
}

/** All data sets side by side, the first search of the plan against every other. */
export function summary(sets: readonly ComparedSet[]): string {
  const labels = labelsOf(sets);
  const first = labels[0];
  if (first === undefined) return '';
  const others = labels.slice(1);
  const lead = (measure: Measure) =>
    byDataset(sets, `${first} less`, others, (set, label) => leadText(set, first, label, measure));
  return [
    '## In short',
    'Final hypervolume, mean ± sample standard deviation over seeds:',
    byDataset(sets, 'search', labels, (set, label) => {
      const group = groupIn(set, label);
      return group ? meanText(group.hypervolume) : '';
    }),
    `How far ${first} ends ahead of each other search: mean ± standard deviation of the differences seed by seed, and in how many seeds it is ahead. Bold: more than both spreads, that over seeds and that of the differences; in brackets: more than neither.`,
    lead('validation'),
    'The same with the errors of the official test images, which no search saw:',
    lead('test'),
    `Images after which ${first} has the other's final hypervolume, as a share of all that the other saw, starting networks included (median; in how many seeds it got there):`,
    byDataset(sets, 'other', others, (set, label) => reachText(set, first, label)),
  ].join('\n\n');
}
