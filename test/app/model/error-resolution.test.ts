import { expect, test } from 'vitest';
import { shippedIds } from '../../../src/core/search/presets.ts';
import { grainOf } from '../../../src/app/model/datasets.ts';

test('one validation image is worth its share of the error, and only small data sets are called coarse', () => {
  for (const id of shippedIds) {
    const { images, points } = grainOf(id);
    expect(images * points).toBeCloseTo(100);
  }
  const coarse = shippedIds.filter((id) => grainOf(id).coarse);
  expect([...coarse].sort()).toEqual(['digits', 'emoji', 'quickdraw']);
  expect(grainOf('emoji')).toMatchObject({ images: 168 });
});
