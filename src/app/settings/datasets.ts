import type { DatasetId } from '../../core/search/recipe.ts';
import { catalog } from '../../datasets/catalog.ts';
import { validationShare } from '../../datasets/split.ts';

/** Short titles for picks and chips; the facts (source, licence) come from the data sets' own catalog. */
export const datasetTitles: Readonly<Record<DatasetId, string>> = {
  fashion: 'Fashion-MNIST',
  mnist: 'MNIST digits',
  digits: 'Small digits 8×8',
  quickdraw: 'Quick, Draw!',
  emoji: 'Emoji',
  shapes: 'Shapes (synthetic)',
};

export const runnableDatasets: readonly DatasetId[] = [
  'mnist',
  'fashion',
  'quickdraw',
  'emoji',
  'digits',
  'shapes',
];

export interface Grain {
  /** Validation images, at most: the split keeps groups of images together, so a few less of emoji. */
  readonly images: number;
  /** What one of them is worth at least, in percentage points of error. */
  readonly points: number;
  /** So few images that a difference of a few tenths of a point is a single image. */
  readonly coarse: boolean;
}

const coarsePoints = 0.3;

/** How finely the validation error of a data set can tell networks apart. */
export function grainOf(id: DatasetId): Grain {
  const images = Math.round(catalog[id].trainCount * validationShare);
  const points = 100 / images;
  return { images, points, coarse: points >= coarsePoints };
}
