import { meanText } from '../../src/core/compare/numbers.ts';
import { summarise } from '../../src/core/metrics/compare.ts';
import { errorStandardError } from '../../src/core/metrics/inference.ts';
import { validationShare } from '../../src/datasets/split.ts';
import { tableOf } from './markdown.ts';
import { labelsOf, type StudySet } from './study-set.ts';

const percents = (share: number): string => `${(100 * share).toFixed(1)} %`;
const whole = (value: number): string => Math.round(value).toLocaleString('en');
const meanOf = (values: readonly number[]): number => summarise(values).mean;

/** How far chance alone moves an error measured on this many images: at the first search's lowest and at three times it. */
function erringText(error: number, images: number): string {
  const at = [error, Math.max(error, Math.min(0.5, 3 * error))].map(
    (each) => `${percents(each)} ± ${(100 * errorStandardError(each, images)).toFixed(2)}`,
  );
  return `${whole(images)} images: ${at.join(', ')}`;
}

/** For each data set the binomial standard errors of the errors that its images give. */
export function precisionTable(sets: readonly StudySet[]): string {
  const rows = sets.map(({ facts, comparison }) => {
    const lowest = comparison.groups[0]!.lowestError.mean;
    const validation = Math.round(facts.trainCount * (facts.validationShare ?? validationShare));
    return [
      facts.title,
      whole(facts.trainCount - validation),
      erringText(lowest, validation),
      erringText(lowest, facts.testCount),
    ];
  });
  return tableOf(['data set', 'training images', 'validation', 'test'], rows);
}

/** What each search's trainings cost, mean over seeds: images, and forward passes of one image. */
export const costTable = (sets: readonly StudySet[]): string =>
  tableOf(
    ['search', ...sets.map(({ facts }) => facts.title)],
    labelsOf(sets).map((label) => [
      label,
      ...sets.map(({ runs }) => {
        const own = runs.filter((run) => run.label === label);
        if (own.length === 0) return '';
        const images = whole(meanOf(own.map((run) => run.images)));
        return `${images} images, ${whole(meanOf(own.map((run) => run.forwardEquivalents)))} passes`;
      }),
    ]),
  );

/** Mean ± standard deviation over the values that are known; empty without any. */
export function knownMean(values: readonly (number | null)[], scale: number, digits: number): string {
  const known = values.flatMap((value) => (value === null ? [] : [scale * value]));
  return known.length === 0 ? '' : meanText(summarise(known), digits);
}
