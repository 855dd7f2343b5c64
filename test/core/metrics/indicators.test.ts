import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attainmentSurface, attainmentSurfaces } from '../../../src/core/metrics/attainment.ts';
import { crowdingDistances } from '../../../src/core/metrics/crowding.ts';
import { additiveEpsilon } from '../../../src/core/metrics/epsilon.ts';
import { igdPlus } from '../../../src/core/metrics/igd-plus.ts';
import { dominates, type Vector } from '../../../src/core/search/dominance.ts';

const coordinate = fc.integer({ min: 0, max: 10 }).map((i) => i / 10);
const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 8 });

describe('IGD+', () => {
  it('measures only where a solution is worse', () => {
    expect(igdPlus([[0.5, 0.9]], [[0.2, 0.5]])).toBeCloseTo(0.5, 12);
    expect(igdPlus([[0.1, 0.9]], [[0.2, 0.5]])).toBeCloseTo(0.4, 12);
    expect(igdPlus([[0, 0]], [[0.2, 0.5]])).toBe(0);
  });

  it('has the values of the example of Ishibuchi et al. 2015, where IGD ranks the two sets wrongly', () => {
    const reference = [[0, 10], [1, 6], [2, 2], [6, 1], [10, 0]]; // prettier-ignore
    const better = [[2, 4], [3, 3], [4, 2]]; // prettier-ignore
    const worse = [[2, 8], [4, 4], [8, 2]]; // prettier-ignore
    expect(igdPlus(better, reference)).toBeCloseTo(1.483, 3);
    expect(igdPlus(worse, reference)).toBeCloseTo(2.26, 3);
  });

  it('never prefers a set to one that dominates it', () => {
    fc.assert(
      fc.property(points, points, points, (a, gain, reference) => {
        const better = a.map((p, i) => [p[0] - (gain[i % gain.length]?.[0] ?? 0), p[1]]);
        expect(igdPlus(better, reference)).toBeLessThanOrEqual(igdPlus(a, reference) + 1e-12);
      }),
    );
  });

  it('is 0 just when every reference point is attained', () => {
    fc.assert(
      fc.property(points, points, (a, reference) => {
        const attained = reference.every((r) => a.some((p) => p[0] <= r[0] && p[1] <= r[1]));
        expect(igdPlus(a, reference) === 0).toBe(attained);
      }),
    );
  });

  it('is infinite without points and refuses an empty reference', () => {
    expect(igdPlus([], [[0, 0]])).toBe(Infinity);
    expect(() => igdPlus([[0, 0]], [])).toThrow(RangeError);
  });
});

describe('additive epsilon', () => {
  it('is the least shift after which every reference point is attained', () => {
    fc.assert(
      fc.property(points, points, (a, reference) => {
        const epsilon = additiveEpsilon(a, reference);
        const covers = (shift: number) =>
          reference.every((r) => a.some((p) => p[0] - shift <= r[0] && p[1] - shift <= r[1]));
        expect(covers(epsilon + 1e-9)).toBe(true);
        expect(covers(epsilon - 1e-9)).toBe(false);
      }),
    );
  });

  it('is the worst lag of the best point, by hand', () => {
    const reference = [[0, 1], [1, 0]]; // prettier-ignore
    expect(additiveEpsilon([[0.2, 1.1], [1.3, 0.1]], reference)).toBeCloseTo(0.3, 12); // prettier-ignore
    expect(additiveEpsilon([[-0.5, -0.25]], reference)).toBeCloseTo(-0.25, 12);
  });

  it('is 0 from a set to itself', () => {
    expect(additiveEpsilon([[0, 1], [1, 0]], [[0, 1], [1, 0]])).toBe(0); // prettier-ignore
  });
});

describe('attainment surfaces', () => {
  /** How many fronts attain (x, y): the definition, point by point. */
  const attainers = (fronts: readonly (readonly Vector[])[], x: number, y: number) =>
    fronts.filter((front) => front.some((p) => p[0]! <= x && p[1]! <= y)).length;

  it('divide the plane where enough runs attain it from where they do not', () => {
    fc.assert(
      fc.property(
        fc.array(points, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(0.25, 0.5, 0.75),
        (fronts, share) => {
          const surface = attainmentSurface(fronts, share);
          for (let x = -0.05; x < 1.1; x += 0.1) {
            for (let y = -0.05; y < 1.1; y += 0.1) {
              const inside = surface.some((corner) => corner[0] <= x && corner[1] <= y);
              expect(inside).toBe(attainers(fronts, x, y) >= Math.ceil(share * fronts.length));
            }
          }
        },
      ),
    );
  });

  it('are staircases that fall to the right', () => {
    fc.assert(
      fc.property(fc.array(points, { minLength: 1, maxLength: 6 }), (fronts) => {
        for (const surface of Object.values(attainmentSurfaces(fronts))) {
          surface.slice(1).forEach((corner, i) => {
            expect(corner[0]).toBeGreaterThan(surface[i]![0]);
            expect(corner[1]).toBeLessThan(surface[i]![1]);
          });
        }
      }),
    );
  });
});

describe('crowding distance', () => {
  it('is the sum of the gaps between neighbours, infinite at the ends', () => {
    const vectors = [[0, 10], [1, 7], [3, 5], [8, 1], [10, 0]]; // prettier-ignore
    expect(crowdingDistances(vectors)).toEqual([
      Infinity,
      3 / 10 + 5 / 10,
      7 / 10 + 6 / 10,
      7 / 10 + 5 / 10,
      Infinity,
    ]);
  });

  it('is the definition, point by point, where no two values are equal', () => {
    const values = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 9 });
    fc.assert(
      fc.property(values, values, (xs, ys) => {
        const vectors = xs.slice(0, ys.length).map((x, i) => [x, ys[i]!]);
        const slow = vectors.map((vector) =>
          [0, 1].reduce((sum, axis) => {
            const all = vectors.map((other) => other[axis]!);
            const below = Math.max(...all.filter((value) => value < vector[axis]!));
            const above = Math.min(...all.filter((value) => value > vector[axis]!));
            return sum + (above - below) / (Math.max(...all) - Math.min(...all));
          }, 0),
        );
        crowdingDistances(vectors).forEach((distance, i) => {
          if (Number.isFinite(slow[i]!)) expect(distance).toBeCloseTo(slow[i]!, 10);
          else expect(distance).toBe(Infinity);
        });
      }),
    );
  });

  it('is finite inside when an objective does not vary', () => {
    const [, middle] = crowdingDistances([[0, 1], [5, 1], [10, 1]]); // prettier-ignore
    expect(middle).toBe(1);
    expect(crowdingDistances([[1, 2]])).toEqual([Infinity]);
    expect(crowdingDistances([])).toEqual([]);
  });

  it('ranks a lonelier point of a front above a crowded one', () => {
    const front = [0, 0.1, 0.2, 0.6, 1].map((x) => [x, 1 - x]);
    const distances = crowdingDistances(front);
    expect(front.some((a) => front.some((b) => dominates(a, b)))).toBe(false);
    expect(distances[3]).toBeGreaterThan(distances[1]!);
  });
});
