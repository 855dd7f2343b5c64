import { expect, test } from 'vitest';
import { shippedIds } from '../../../src/core/search/recipe.ts';
import { errorResolution, errorResolutionIn } from '../../../src/app/model/error-resolution.ts';
import { factsOf, registerDataset } from '../../../src/datasets/catalog.ts';
import { splitRows } from '../../../src/datasets/split.ts';
import { sampleRun } from '../../support/sample-run.ts';

test('one validation image is worth its share of the error, and only small data sets are called coarse', () => {
  for (const id of shippedIds) {
    const { images, points } = errorResolution(id);
    expect(images * points).toBeCloseTo(100);
  }
  const coarse = shippedIds.filter((id) => errorResolution(id).coarse);
  expect([...coarse].sort()).toEqual(['digits', 'emoji', 'quickdraw']);
  expect(errorResolution('emoji')).toMatchObject({ images: 168 });
});

test('a run on few own pictures counts its errors on the images that its split gave, not on a fifth', () => {
  const id = 'own-0000fa5e';
  const { mean, deviation, ...facts } = factsOf('digits');
  registerDataset({
    ...{ ...facts, mean, deviation, id, title: 'few', classes: ['a', 'b', 'c'] },
    ...{ trainCount: 99, testCount: 21, files: [] },
  });
  expect(errorResolution(id).images).toBe(20);
  const rows = Uint8Array.from({ length: 99 }, (_, i) => i % 3);
  const split = splitRows(rows, new Uint8Array(), 7).validation.length;
  const view = sampleRun();
  const networks = (wrong: readonly number[]) =>
    new Map(
      [...view.networks].map(([key, network], i) => [
        key,
        { ...network, objectives: { ...network.objectives, error: wrong[i % wrong.length]! / split } },
      ]),
    );
  const recipe = { ...view.recipe, dataset: id } as const;
  expect(errorResolutionIn({ recipe, networks: networks([0, 1, 2]) })).toMatchObject({ images: 21 });
  // Where none is wrong nothing tells, and a fifth is as good as any number near it.
  expect(errorResolutionIn({ recipe, networks: networks([0]) }).images).toBe(20);
  expect(errorResolutionIn(view)).toEqual(errorResolution(view.recipe.dataset));
});
