import type { TaskShape } from '../../core/run-file/check.ts';
import { isOwnId, type DatasetId, type ShippedId } from '../../core/search/recipe.ts';
import { factsOf, isKnown } from '../../datasets/catalog.ts';
import type { OwnFacts } from '../../datasets/own/own-set.ts';
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
