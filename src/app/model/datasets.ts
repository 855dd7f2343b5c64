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
  const images = validationCount ?? Math.round(trainCount * (facts.validationShare ?? validationShare));
  const points = 100 / Math.max(1, images);
  return { images, points, coarse: points >= coarsePoints };
}
