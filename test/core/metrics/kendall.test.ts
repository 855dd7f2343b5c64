import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kendall, kendallInterval } from '../../../src/core/metrics/kendall.ts';
import { seeded } from '../../../src/core/random.ts';

describe('kendall', () => {
  it('gives the values of the textbook', () => {
    expect(kendall([1, 2, 3, 4], [1, 2, 3, 4])).toBe(1);
    expect(kendall([1, 2, 3, 4], [4, 3, 2, 1])).toBe(-1);
    // One pair of six the other way round.
    expect(kendall([1, 2, 3, 4], [1, 2, 4, 3])).toBeCloseTo(4 / 6, 12);
    // scipy.stats.kendalltau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]).
    expect(kendall([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.47140452079103173, 12);
  });

  it('says nothing where nothing is ordered', () => {
    expect(kendall([1], [2])).toBeNull();
    expect(kendall([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(() => kendall([1, 2], [1])).toThrow(RangeError);
  });

  it('does not change with any increasing scale, and turns its sign with a decreasing one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })), {
          minLength: 2,
        }),
        (pairs) => {
          const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
          const tau = kendall(a, b);
          fc.pre(tau !== null);
          expect(kendall(a.map(Math.exp), b)).toBeCloseTo(tau!, 12);
          expect(kendall(b, a)).toBeCloseTo(tau!, 12);
          expect(
            kendall(
              a,
              b.map((y) => -y),
            ),
          ).toBeCloseTo(-tau!, 12);
        },
      ),
    );
  });
});

describe('its interval', () => {
  /** Pairs of two normal numbers whose tau is 2 / pi asin(rho). */
  const drawn = (count: number, rho: number, name: string) => {
    const random = seeded(name);
    const a = Array.from({ length: count }, () => random.normal());
    return { a, b: a.map((x) => rho * x + Math.sqrt(1 - rho * rho) * random.normal()) };
  };

  it('has the true tau within it about as often as it says', () => {
    const rho = 0.5;
    const tau = (2 / Math.PI) * Math.asin(rho);
    let inside = 0;
    for (let i = 0; i < 100; i++) {
      const { a, b } = drawn(24, rho, `interval/${i}`);
      const [low, high] = kendallInterval(a, b)!;
      expect(low).toBeLessThan(high);
      if (low <= tau && tau <= high) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(88);
    expect(inside).toBeLessThan(100);
  });

  it('is the same for the same lists, narrower for more pairs, and not given for few', () => {
    const few = drawn(24, 0.5, 'few');
    const many = drawn(200, 0.5, 'many');
    const width = ([low, high]: readonly [number, number]) => high - low;
    expect(kendallInterval(few.a, few.b)).toEqual(kendallInterval(few.a, few.b));
    expect(width(kendallInterval(many.a, many.b)!)).toBeLessThan(0.6 * width(kendallInterval(few.a, few.b)!));
    expect(kendallInterval([1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7])).toBeNull();
    expect(kendallInterval(new Array<number>(9).fill(1), [1, 2, 3, 4, 5, 6, 7, 8, 9])).toBeNull();
  });
});
