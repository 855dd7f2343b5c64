import { describe, expect, test } from 'vitest';
import { batchPlan, pixelTable, plainImages, writeImage } from '../../src/engine/batches.ts';
import type { ImageSet } from '../../src/datasets/types.ts';

describe('batchPlan', () => {
  test('every epoch shows every image once, batches running on across epochs', () => {
    const plan = batchPlan('a', 10, 35, 4, 'none');
    expect(plan.steps).toBe(9);
    for (const start of [0, 10, 20]) {
      const epoch = [...plan.indices.subarray(start, start + 10)].sort((a, b) => a - b);
      expect(epoch).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    expect(plan.indices.subarray(0, 10)).not.toEqual(plan.indices.subarray(10, 20));
  });

  test('the name decides everything', () => {
    expect(batchPlan('a', 50, 64, 8, 'shift-flip')).toEqual(batchPlan('a', 50, 64, 8, 'shift-flip'));
    expect(batchPlan('a', 50, 64, 8, 'none').indices).not.toEqual(batchPlan('b', 50, 64, 8, 'none').indices);
  });

  test('shifts and flips are uniform over what is allowed, and absent where not asked for', () => {
    const plan = batchPlan('a', 10, 10_000, 10, 'shift-flip', 2);
    const counts = new Map<number, number>();
    for (const shift of plan.shifts) counts.set(shift, (counts.get(shift) ?? 0) + 1);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    for (const count of counts.values()) expect(Math.abs(count - 4000)).toBeLessThan(5 * Math.sqrt(3200));
    const flipped = plan.flips.reduce((sum, flip) => sum + flip, 0);
    expect(Math.abs(flipped - 5000)).toBeLessThan(5 * 50);
    expect(batchPlan('a', 10, 100, 10, 'shift').flips.every((flip) => flip === 0)).toBe(true);
    expect(batchPlan('a', 10, 100, 10, 'none').shifts.every((shift) => shift === 0)).toBe(true);
  });
});

const picture: ImageSet = {
  ...{ height: 2, width: 3, channels: 1, classes: 2, count: 1, mean: [0], deviation: [1 / 255] },
  images: Uint8Array.from([1, 2, 3, 4, 5, 6]),
  labels: Uint8Array.from([0]),
};

test.each([
  [0, 0, false, [1, 2, 3, 4, 5, 6]],
  [0, 0, true, [3, 2, 1, 6, 5, 4]],
  [1, 0, false, [0, 0, 0, 1, 2, 3]],
  [0, -1, false, [2, 3, 0, 5, 6, 0]],
  [-1, 1, true, [0, 6, 5, 0, 0, 0]],
])('an image moved %i down, %i right, mirrored %s', (down, right, flip, expected) => {
  const out = new Float32Array(6);
  writeImage(picture, pixelTable(picture), 0, down, right, flip, out, 0);
  expect([...out].map(Math.round)).toEqual(expected);
});

test('pixels are normalised per channel', () => {
  const images = Uint8Array.from([255, 0, 51, 102]);
  const data = {
    ...picture,
    height: 1,
    width: 2,
    channels: 2,
    images,
    mean: [0.5, 0],
    deviation: [0.5, 0.2],
  };
  const found = plainImages(data, pixelTable(data), 0, 1);
  [1, 0, -0.6, 2].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 6));
});
