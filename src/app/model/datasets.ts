import type { RunView } from '../../core/run-file/view.ts';
import type { TaskShape } from '../../core/run-file/check.ts';
import { isOwnId, type DatasetId, type ShippedId } from '../../core/search/recipe.ts';
import { factsOf, isKnown } from '../../datasets/catalog.ts';
import type { OwnFacts } from '../../datasets/own/own-set.ts';
import { validationShare } from '../../datasets/split.ts';
import type { DatasetFacts } from '../../datasets/types.ts';
import { texts } from '../text/texts.ts';

/** Short titles for picks and chips; the facts (source, licence) come from the data sets' own catalog. */
export function titleOf(id: DatasetId): string {
  if (!isOwnId(id)) return texts.datasetTitles[id];
  return isKnown(id) ? factsOf(id).title : texts.header.ownPictures;
}

/** Names of a set's classes in the page's language; those of own pictures are their author's. */
export const classNamesOf = ({ id, classes }: Pick<DatasetFacts, 'id' | 'classes'>): readonly string[] =>
  texts.classNames[id] ?? classes;

/** What a data set that is known here asks of networks. */
export function shapeOfKnown(id: DatasetId): TaskShape | null {
  if (!isKnown(id)) return null;
  const { height, width, channels, classes } = factsOf(id);
  return { height, width, channels, classes: classes.length };
}

const shipped: readonly ShippedId[] = ['mnist', 'fashion', 'quickdraw', 'emoji', 'digits', 'shapes'];

/** What a search here can learn: what comes with the site, and the pictures kept in this browser. */
export const runnableDatasets = (own: readonly OwnFacts[]): readonly DatasetId[] => [
  ...shipped,
  ...own.map(({ id }) => id),
];

export interface ErrorResolution {
  /** Validation images, at most: the split keeps groups of images together, so a few less of emoji. */
  readonly images: number;
  /** What one of them is worth at least, in percentage points of error. */
  readonly points: number;
  /** So few images that a difference of a few tenths of a point is a single image. */
  readonly coarse: boolean;
}

const coarsePoints = 0.3;

/** How finely the validation error of a data set can tell networks apart. */
export const errorResolution = (id: DatasetId): ErrorResolution => errorResolutionOfFacts(factsOf(id));

/** The same from the facts of a set that is not known yet. */
export function errorResolutionOfFacts(
  facts: Pick<DatasetFacts, 'trainCount' | 'validationCount' | 'validationShare'>,
): ErrorResolution {
  const { trainCount, validationCount } = facts;
  return resolutionOf(validationCount ?? Math.round(trainCount * (facts.validationShare ?? validationShare)));
}

/** What one of `images` validation images is worth. */
export function resolutionOf(images: number): ErrorResolution {
  const points = 100 / Math.max(1, images);
  return { images, points, coarse: points >= coarsePoints };
}

/**
 * How finely a run's errors tell its networks apart. The split rounds class by class and parts no groups, so that it
 * validates on some images more or fewer than a fifth: their number is the one of which all errors are whole shares.
 */
export function errorResolutionIn(
  { recipe, networks }: Pick<RunView, 'recipe' | 'networks'>,
  key: 'error' | 'secondError' = 'error',
): ErrorResolution {
  const id = key === 'error' ? recipe.dataset : recipe.secondDataset || recipe.dataset;
  const facts = factsOf(id);
  const stated = errorResolutionOfFacts(facts);
  if ((!isOwnId(id) && !facts.grouped) || facts.validationCount !== undefined) return stated;
  const errors = [...networks.values()].flatMap(({ objectives }) => objectives[key] ?? []);
  const away = Array.from(
    { length: facts.grouped ? 24 : Math.ceil(facts.classes.length / 2) },
    (_, i) => i + 1,
  );
  const counted = [0, ...away.flatMap((by) => [by, -by])]
    .map((by) => stated.images + by)
    .find((images) => images > 0 && errors.every((error) => isWhole(error * images)));
  return counted === undefined ? stated : resolutionOf(counted);
}

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-3;
