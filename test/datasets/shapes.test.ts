import { describe, expect, it } from 'vitest';
import { shapeClasses } from '../../src/datasets/shape-facts.ts';
import { makeShapes } from '../../src/datasets/shapes.ts';

const spread = (pixels: Uint8Array) => {
  const mean = pixels.reduce((a, b) => a + b, 0) / pixels.length;
  return Math.sqrt(pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels.length);
};

describe('makeShapes', () => {
  it('is decided by its options; a prefix of a larger set is the smaller set', () => {
    const small = makeShapes({ part: 'train', count: 20 });
    const large = makeShapes({ part: 'train', count: 35 });
    expect(large.images.subarray(0, small.images.length)).toEqual(small.images);
    expect([...small.labels]).toEqual([...shapeClasses.keys(), ...shapeClasses.keys()]);
    expect(makeShapes({ part: 'test', count: 20 }).images).not.toEqual(small.images);
    expect(makeShapes({ part: 'train', count: 20, seed: 'other' }).images).not.toEqual(small.images);
  });

  it('takes size and colour', () => {
    const coloured = makeShapes({ part: 'train', count: 10, size: 16, colour: true });
    expect(coloured.images.length).toBe(10 * 16 * 16 * 3);
    const isGrey = coloured.images.every((value, i) => value === coloured.images[i - (i % 3)]);
    expect(isGrey).toBe(false);
    expect(makeShapes({ part: 'train', count: 10, size: 16 }).images.length).toBe(10 * 16 * 16);
  });

  it('has less contrast and smaller shapes when harder, and draws every class differently', () => {
    const of = (difficulty: 'easy' | 'medium' | 'hard') =>
      makeShapes({ part: 'train', count: 200, difficulty });
    const [easy, medium, hard] = [of('easy'), of('medium'), of('hard')].map((rows) => spread(rows.images));
    expect(easy).toBeGreaterThan(medium! * 1.2);
    expect(medium).toBeGreaterThan(hard!);
    // Upright shapes of an easy set: the class means are far apart, so no two classes are drawn alike.
    const { images } = of('easy');
    const means = shapeClasses.map((_, label) => {
      const mean = new Float64Array(576);
      for (let row = label; row < 200; row += 10)
        mean.forEach((_, i) => (mean[i]! += images[row * 576 + i]! / 20));
      return mean;
    });
    means.forEach((a, i) =>
      means.slice(0, i).forEach((b) => {
        expect(Math.max(...a.map((value, p) => Math.abs(value - b[p]!)))).toBeGreaterThan(60);
      }),
    );
  });
});
