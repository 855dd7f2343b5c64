import { describe, expect, it } from 'vitest';
import { discOf, stamp } from '../../../../src/app/charts/geometry/stamp.ts';

const blank = (width: number, height: number) => ({
  width,
  height,
  data: new Uint8ClampedArray(4 * width * height),
});

/** Two by two, red; its alphas are given. */
function dotOf(alphas: readonly number[]) {
  const dot = blank(2, 2);
  alphas.forEach((alpha, i) => dot.data.set([255, 0, 0, alpha], 4 * i));
  return dot;
}

const alphasOf = ({ data }: { readonly data: Uint8ClampedArray }) =>
  [...data].filter((_, index) => index % 4 === 3);

describe('stamping dots', () => {
  it('centres a dot on its point, in the colour of the dot, and clears what was there', () => {
    const image = blank(4, 3);
    image.data.fill(9);
    stamp(image, dotOf([10, 20, 30, 40]), [{ x: 1, y: 0.5 }], 2);
    expect(alphasOf(image)).toEqual([0, 10, 20, 0, 0, 30, 40, 0, 0, 0, 0, 0]);
    expect([...image.data.subarray(4, 7)]).toEqual([255, 0, 0]);
  });

  it('keeps the more opaque pixel where dots overlap, and cuts what lies outside', () => {
    const image = blank(3, 2);
    const dot = dotOf([50, 50, 50, 200]);
    const points = [
      { x: 1, y: 1 },
      { x: 2, y: 1 },
      { x: 0, y: 0 },
      { x: 9, y: 9 },
      { x: -9, y: -9 },
    ];
    stamp(image, dot, points, 1);
    expect(alphasOf(image)).toEqual([200, 50, 50, 50, 200, 200]);
  });
});

it('reckons a dot in its colour: opaque inside, half covered at its edge, as large as it says', () => {
  const { width, data } = discOf(4, 'rgba(10, 20, 30, 0.5)');
  expect(width).toBe(10);
  expect([...data.subarray(4 * 55, 4 * 55 + 4)]).toEqual([10, 20, 30, 128]);
  const area = alphasOf({ data }).reduce((a, b) => a + b, 0) / 127.5;
  expect(Math.abs(area / (Math.PI * 16) - 1)).toBeLessThan(0.02);
});
