import { expect, test } from 'vitest';
import { factsOf } from '../../src/datasets/catalog.ts';
import { fittedPreparation, preparationOf } from '../../src/datasets/preparation.ts';
import { preparePicture } from '../../src/datasets/prepare-picture.ts';
import { fitTo } from '../../src/datasets/tasks.ts';
import type { ImageSet } from '../../src/datasets/types.ts';
import { seeded } from '../../src/core/random.ts';
import type { DatasetId } from '../../src/core/search/recipe.ts';
import { unwrap } from './files.ts';

const random = seeded('photo');
/** A blot on white. */
const photo = () => {
  const [width, height, radius] = [120, 90, 25];
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++)
    if (((i % width) - 50) ** 2 + (Math.floor(i / width) - 40) ** 2 < radius ** 2)
      for (let c = 0; c < 3; c++) data[4 * i + c] = random.integer(160);
  return { width, height, data };
};

test.each([
  ['emoji', 'mnist'],
  ['mnist', 'emoji'],
  ['mnist', 'digits'],
] as const)('%s as the second head beside %s: prepared as its training images were', (second, first) => {
  const [facts, shape] = [factsOf(second as DatasetId), factsOf(first as DatasetId)];
  const picture = photo();
  const native = unwrap(preparePicture(picture, preparationOf(facts)));
  const { height, width, channels, mean, deviation } = facts;
  const one: ImageSet = {
    ...{
      height,
      width,
      channels,
      classes: 10,
      count: 1,
      images: native,
      labels: new Uint8Array(1),
      mean,
      deviation,
    },
  };
  const expected = fitTo({ train: one, validation: one }, shape).train.images;
  const prepared = unwrap(preparePicture(picture, fittedPreparation(facts, shape)));
  expect([...prepared]).toEqual([...expected]);
});
