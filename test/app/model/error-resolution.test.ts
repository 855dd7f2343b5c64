import { expect, test } from 'vitest';
import { shippedIds } from '../../../src/core/search/recipe.ts';
import { errorResolution } from '../../../src/app/model/datasets.ts';

test('one validation image is worth its share of the error, and only small data sets are called coarse', () => {
  for (const id of shippedIds) {
    const { images, points } = errorResolution(id);
    expect(images * points).toBeCloseTo(100);
  }
  const coarse = shippedIds.filter((id) => errorResolution(id).coarse);
  expect([...coarse].sort()).toEqual(['digits', 'emoji', 'quickdraw']);
  expect(errorResolution('emoji')).toMatchObject({ images: 168 });
});
