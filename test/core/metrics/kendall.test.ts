import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kendall } from '../../../src/core/metrics/kendall.ts';

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
