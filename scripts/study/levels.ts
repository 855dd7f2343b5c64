import { measures, type ErrorSource } from '../../src/core/compare/measures.ts';
import { csv } from '../../src/core/run-file/csv.ts';
import { nonDominated } from '../../src/core/search/dominance.ts';
import { tableOf } from './markdown.ts';
import { knownMean } from './precision.ts';
import { labelsOf, type StudySet } from './study-set.ts';

const percents = (share: number | null | undefined): string =>
  share === null || share === undefined ? '' : `${(100 * share).toFixed(2)} %`;

/** Every measure of every search, mean ± standard deviation over seeds; errors in %. Empty where none is known. */
export function levelsTable(set: StudySet, errors: ErrorSource): string {
  const rows = labelsOf([set]).map((label) => {
    const own = set.runs.filter((run) => run.label === label);
    return [
      label,
      ...measures.map(({ key, better }) => {
        const values = own.map(({ values }) => values[errors][key]);
        return better === 'higher' ? knownMean(values, 1, 4) : knownMean(values, 100, 2);
      }),
    ];
  });
  if (rows.every((row) => row.slice(1).every((cell) => cell === ''))) return '';
  const head = measures.map(({ title, better }) => (better === 'higher' ? title : `${title}, %`));
  return tableOf(['search', ...head], rows);
}

/** Every network of `set` that was trained again. */
const retrainedIn = ({ runs }: StudySet) =>
  runs.flatMap(({ label, seed, testErrors, retrained }) =>
    (retrained?.networks ?? []).map((each) => ({
      ...each,
      label,
      seed,
      before: testErrors.get(each.network) ?? null,
    })),
  );

/** How the networks of `set` were trained again, one sentence for each way. */
function waysOf({ runs }: StudySet): readonly string[] {
  const ways = runs.flatMap(({ retrained }) => {
    if (!retrained) return [];
    const { settings, dataset } = retrained;
    const { images, batch, rate, warmupShare, weightDecay, augment } = settings;
    const schedule = `batch ${batch}, rate ${rate} after a rise over ${100 * warmupShare} % and then along a cosine to 0, weight decay ${weightDecay}, augmentation ${augment}`;
    return `From scratch, ${images.toLocaleString('en')} images each (${schedule}) of the ${dataset.trainCount.toLocaleString('en')} of the whole training part, what the search validated on included; then tested once on ${dataset.testCount.toLocaleString('en')}.`;
  });
  return [...new Set(ways)];
}

/** The part of a data set's section about networks that were trained again; nothing where there are none. */
export function retrainedPart(set: StudySet): readonly string[] {
  const networks = retrainedIn(set).flatMap((each) =>
    each.testError === null ? [] : [{ ...each, error: each.testError }],
  );
  if (networks.length === 0) return [];
  const best = nonDominated(networks.map(({ parameters, error }) => [parameters, error]))
    .map((index) => networks[index]!)
    .sort((a, b) => a.parameters - b.parameters);
  return [
    '### Trained again',
    ...waysOf(set),
    levelsTable(set, 'retrained'),
    `The best of all ${networks.length} networks that were trained again, whatever search found them. These are chosen by their test errors, so those are a little too good; the table above is not.`,
    tableOf(
      ['parameters', 'test error', 'after the search', 'search', 'seed', 'architecture'],
      best.map(({ parameters, error, before, label, seed, architecture }) => [
        ...[parameters.toLocaleString('en'), percents(error), percents(before), label, String(seed)],
        `\`${architecture}\``,
      ]),
    ),
  ];
}

/** One line a network that was trained again. */
export const retrainedCsv = (sets: readonly StudySet[]): string =>
  csv(
    [
      ...['data_set', 'search', 'seed', 'network', 'parameters', 'images', 'test_error_after_search'],
      ...['test_error', 'architecture'],
    ],
    sets.flatMap((set) =>
      retrainedIn(set).map(({ label, seed, network, parameters, images, before, testError, ...rest }) => [
        ...[set.facts.title, label, seed, network, parameters, images, before, testError],
        rest.architecture,
      ]),
    ),
  );
