import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borderMedian, boxAbove, lumaOnWhite, paste, resample, wholeBox } from '../../src/datasets/raster.ts';

const plane = (width: number, values: number[]) => ({
  width,
  height: values.length / width,
  values: Float32Array.from(values),
});

describe('resample', () => {
  it('keeps the mean, and the picture where the size stays', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(sizes, sizes, fc.nat(), ([w, h], [tw, th], salt) => {
        const source = plane(
          w,
          Array.from({ length: w * h }, (_, i) => ((i + 1) * (salt % 97)) % 256),
        );
        expect(resample(source, wholeBox(source), w, h).values).toEqual(source.values);
        const mean = (values: Float32Array) => values.reduce((a, b) => a + b, 0) / values.length;
        expect(mean(resample(source, wholeBox(source), tw, th).values)).toBeCloseTo(mean(source.values), 2);
      }),
    );
  });

  it('averages areas inside the box only', () => {
    const source = plane(4, [9, 0, 2, 9, 9, 4, 6, 9]);
    const box = { left: 1, top: 0, right: 3, bottom: 2 };
    expect([...resample(source, box, 1, 1).values]).toEqual([3]);
    expect([...resample(source, box, 1, 2).values]).toEqual([1, 5]);
  });
});

describe('helpers', () => {
  it('finds boxes, borders, and lays pictures on white', () => {
    const source = plane(3, [7, 7, 7, 7, 0, 7, 7, 90, 7]);
    expect(boxAbove(source, 50)).toEqual({ left: 1, top: 2, right: 2, bottom: 3 });
    expect(boxAbove(source, 100)).toBeNull();
    expect(borderMedian(source)).toBe(7);
    const data = Uint8Array.from([0, 0, 0, 0, 255, 0, 0, 255]);
    const luma = lumaOnWhite({ width: 2, height: 1, data });
    expect(luma.values[0]).toBeCloseTo(255, 3);
    expect(luma.values[1]).toBeCloseTo(76.245, 3);
    expect(() => lumaOnWhite({ width: 3, height: 1, data })).toThrow(RangeError);
    expect([...paste(plane(2, [1, 2, 3, 4]), -1, 1, { width: 2, height: 2 }, 5).values]).toEqual([
      5, 5, 2, 5,
    ]);
  });
});
