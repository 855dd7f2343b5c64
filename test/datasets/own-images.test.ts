import { describe, expect, it } from 'vitest';
import { makeOwnSet, type OwnImage, splitOwnSet } from '../../src/datasets/own-images.ts';
import { unwrap } from './files.ts';

/** A 12 x 8 picture whose middle 8 x 8 square is one colour and whose sides are another. */
function picture(label: number, inner: readonly number[], outer: readonly number[] = [9, 9, 9]): OwnImage {
  const data = new Uint8ClampedArray(12 * 8 * 4);
  for (let i = 0; i < 96; i++) data.set([...(i % 12 >= 2 && i % 12 < 10 ? inner : outer), 255], i * 4);
  return { width: 12, height: 8, data, label };
}

const options = { classes: ['red', 'blue'], size: 4, channels: 3 } as const;
const pictures = Array.from({ length: 20 }, (_, i) =>
  picture(i % 2, i % 2 === 0 ? [200, 0, 0] : [0, 0, 100]),
);

describe('makeOwnSet', () => {
  it('cuts the middle square, scales it, and measures the channels', () => {
    const set = unwrap(makeOwnSet(pictures, options));
    expect([set.count, set.height, set.width, set.channels, set.classes]).toEqual([20, 4, 4, 3, 2]);
    expect([...set.images.subarray(0, 6)]).toEqual([200, 0, 0, 200, 0, 0]);
    expect([...set.labels.subarray(0, 4)]).toEqual([0, 1, 0, 1]);
    expect(set.mean[0]).toBeCloseTo(100 / 255, 6);
    expect(set.deviation[0]).toBeCloseTo(100 / 255, 6);
    expect(set.deviation[1]).toBe(1);
    const grey = unwrap(makeOwnSet(pictures, { ...options, channels: 1 }));
    expect(grey.images[0]).toBe(Math.round(0.299 * 200));
  });

  it('divides into balanced parts', () => {
    const { train, validation } = splitOwnSet(unwrap(makeOwnSet(pictures, options)), 1);
    expect([train.count, validation.count]).toEqual([16, 4]);
    expect([...validation.labels]).toEqual([0, 1, 0, 1]);
  });

  it('says what is missing', () => {
    const reason = (images: readonly OwnImage[], classes: readonly string[]) => {
      const result = makeOwnSet(images, { ...options, classes });
      return result.ok ? '' : result.reason;
    };
    expect(reason(pictures, ['red'])).toMatch(/classes/);
    expect(reason(pictures.slice(0, 9), ['red', 'blue'])).toBe(
      'The class "blue" has 4 pictures; at least 5 are needed.',
    );
    expect(() => makeOwnSet([picture(2, [0, 0, 0])], options)).toThrow(RangeError);
  });
});
