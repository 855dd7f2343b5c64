import type { DatasetId } from '../../core/search/recipe.ts';

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
