import { against, type Against } from '../../src/core/compare/against.ts';
import { measures, type ErrorSource } from '../../src/core/compare/measures.ts';
import { signed } from '../../src/core/compare/numbers.ts';
import { csv } from '../../src/core/run-file/csv.ts';
import { pairsToShow } from '../../src/core/metrics/inference.ts';
import { tableOf } from './markdown.ts';
import type { StudySet } from './study-set.ts';

type Measure = (typeof measures)[number];

/** A measure with one kind of error, as the report lists them: the first is the one that hypotheses should name. */
interface Listed {
  readonly measure: Measure;
  readonly errors: ErrorSource;
}

const listed: readonly Listed[] = [
  ...measures.map((measure) => ({ measure, errors: 'test' as const })),
  ...measures.flatMap((measure) => ('floor' in measure ? [{ measure, errors: 'validation' as const }] : [])),
  ...measures.map((measure) => ({ measure, errors: 'retrained' as const })),
];

const sourceNames: Readonly<Record<ErrorSource, string>> = {
  validation: 'with validation errors',
  test: 'with test errors',
  retrained: 'with test errors of the networks trained again',
};

const isError = ({ better }: Measure): boolean => better === 'lower';

/** "Test hypervolume ..." for a heading; errors are shares in the data and points (hundredths) in the text. */
const titleOf = ({ measure, errors }: Listed): string =>
  `${measure.title[0]!.toUpperCase()}${measure.title.slice(1)}, ${sourceNames[errors]}${
    isError(measure) ? ' (in points; less than 0 is better)' : ''
  }:`;

const pText = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));
const plain = (value: number, digits: number): string => value.toFixed(digits).replace('-', '−');

/** In how many pairs the first search is the better one. */
const aheadOf = ({ inference: { above, below } }: Against, measure: Measure): number =>
  isError(measure) ? below : above;

/** "+0.0123 [0.0040, 0.0206], p 0.010 (Holm 0.030), 9 of 10": bold where Holm's p is below 0.05. */
export function differenceText(found: Against, measure: Measure): string {
  const { mean, low, high, p, pairs } = found.inference;
  const [scale, digits] = isError(measure) ? [100, 2] : [1, 4];
  const interval = `[${plain(scale * low, digits)}, ${plain(scale * high, digits)}]`;
  const size = `${signed(scale * mean, digits)} ${interval}`;
  const text = `${size}, p ${pText(p)} (Holm ${pText(found.holm)}), ${aheadOf(found, measure)} of ${pairs}`;
  return found.holm < 0.05 ? `**${text}**` : text;
}

/** Data sets one by one and, of several, all of them pooled. */
interface Column {
  readonly title: string;
  readonly sets: readonly StudySet[];
}

const columnsOf = (sets: readonly StudySet[]): readonly Column[] => [
  ...sets.map((set) => ({ title: set.facts.title, sets: [set] })),
  ...(sets.length > 1 ? [{ title: 'pooled', sets }] : []),
];

const foundIn = ({ sets }: Column, first: string, { measure, errors }: Listed): readonly Against[] =>
  against(
    sets.map(({ runs }) => runs),
    first,
    ({ values }) => values[errors][measure.key],
  );

/** One row an opponent, one column a data set; nothing where no opponent has two seeds with this measure. */
function tableWith(
  sets: readonly StudySet[],
  first: string,
  one: Listed,
  cell: (found: Against) => string,
): string {
  const columns = columnsOf(sets).map((column) => ({ column, found: foundIn(column, first, one) }));
  const opponents = [...new Set(columns.flatMap(({ found }) => found.map(({ opponent }) => opponent)))];
  if (opponents.length === 0) return '';
  return tableOf(
    [`${first} less`, ...columns.map(({ column }) => column.title)],
    opponents.map((label) => [
      label,
      ...columns.map(({ found }) => {
        const own = found.find(({ opponent }) => opponent === label);
        return own ? cell(own) : '';
      }),
    ]),
  );
}

/** One table for each measure, with its heading: `first` against every other search. */
export const differenceTables = (sets: readonly StudySet[], first: string): readonly string[] =>
  listed.flatMap((one) => {
    const table = tableWith(sets, first, one, (found) => differenceText(found, one.measure));
    return table === '' ? [] : [titleOf(one), table];
  });

function seedsText({ inference }: Against): string {
  if (inference.p < 0.05) return `shown with ${inference.pairs}`;
  const seeds = pairsToShow(inference);
  return seeds === null ? 'more than 10,000' : seeds.toLocaleString('en');
}

/** Of the first measure: how many seeds would show differences as large as those that are not separated from zero. */
export const seedsTable = (sets: readonly StudySet[], first: string): string =>
  tableWith(sets, first, listed[0]!, seedsText);

/** One line a data set, measure and opponent. */
export const differencesCsv = (sets: readonly StudySet[], first: string): string =>
  csv(
    [
      ...['data_set', 'errors', 'measure', 'search', 'other', 'pairs', 'mean', 'deviation', 'low', 'high'],
      ...['p', 'p_holm', 'ahead', 'seeds_for_80_percent_power'],
    ],
    columnsOf(sets).flatMap((column) =>
      listed.flatMap((one) =>
        foundIn(column, first, one).map((found) => {
          const { pairs, mean, deviation, low, high, p } = found.inference;
          return [
            ...[column.title, one.errors, one.measure.key, first, found.opponent],
            ...[pairs, mean, deviation, low, high, p, found.holm],
            ...[aheadOf(found, one.measure), pairsToShow(found.inference)],
          ];
        }),
      ),
    ),
  );

/** One line a run and kind of error. */
export const measuresCsv = (sets: readonly StudySet[]): string =>
  csv(
    [
      ...['data_set', 'search', 'seed', 'images_seen', 'forward_equivalents', 'errors'],
      ...measures.map(({ key }) => key.replaceAll('-', '_')),
    ],
    sets.flatMap(({ facts, runs }) =>
      runs.flatMap(({ label, seed, images, forwardEquivalents, values }) =>
        (['validation', 'test', 'retrained'] as const).map((errors) => [
          ...[facts.title, label, seed, images, forwardEquivalents, errors],
          ...measures.map(({ key }) => values[errors][key]),
        ]),
      ),
    ),
  );
