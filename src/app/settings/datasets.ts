import { isOwnId, type DatasetId, type ShippedId } from '../../core/search/recipe.ts';
import { factsOf, isKnown } from '../../datasets/catalog.ts';
import type { OwnFacts } from '../../datasets/own-set.ts';
import { header } from '../strings.ts';

const titles: Readonly<Record<ShippedId, string>> = {
  fashion: 'Fashion-MNIST',
  mnist: 'MNIST digits',
  digits: 'Small digits 8×8',
  quickdraw: 'Quick, Draw!',
  emoji: 'Emoji',
  shapes: 'Shapes (synthetic)',
};

/** Short titles for picks and chips; the facts (source, licence) come from the data sets' own catalog. */
export function titleOf(id: DatasetId): string {
  if (!isOwnId(id)) return titles[id];
  return isKnown(id) ? factsOf(id).title : header.ownPictures;
}

const shipped: readonly ShippedId[] = ['mnist', 'fashion', 'quickdraw', 'emoji', 'digits', 'shapes'];

/** What a search here can learn: what comes with the site, and the pictures kept in this browser. */
export const runnableDatasets = (own: readonly OwnFacts[]): readonly DatasetId[] => [
  ...shipped,
  ...own.map(({ id }) => id),
];
