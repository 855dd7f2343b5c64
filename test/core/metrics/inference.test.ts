import { describe, expect, it } from 'vitest';
import { errorStandardError, holm, infer, pairsToShow } from '../../../src/core/metrics/inference.ts';
import { pairedPower, pairsNeeded } from '../../../src/core/metrics/power.ts';
import {
  incompleteBeta,
  logGamma,
  twoSidedP,
  twoSidedQuantile,
} from '../../../src/core/metrics/student-t.ts';
import { seeded } from '../../../src/core/random.ts';

describe('special functions', () => {
  it('have the values of factorials and of polynomials', () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 11);
      factorial *= n;
    }
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 12);
    for (const x of [0, 0.1, 0.5, 0.9, 1]) {
      expect(incompleteBeta(x, 1, 1)).toBeCloseTo(x, 12);
      expect(incompleteBeta(x, 2, 1)).toBeCloseTo(x * x, 12);
      expect(incompleteBeta(x, 2, 2)).toBeCloseTo(x * x * (3 - 2 * x), 12);
    }
  });
});

describe("Student's t", () => {
  /** Any printed table: degrees of freedom, then the two-sided 10, 5 and 1 % points. */
  const table = [
    [1, 6.314, 12.706, 63.657],
    [2, 2.92, 4.303, 9.925],
    [4, 2.132, 2.776, 4.604],
    [9, 1.833, 2.262, 3.25],
    [19, 1.729, 2.093, 2.861],
    [30, 1.697, 2.042, 2.75],
    [120, 1.658, 1.98, 2.617],
  ] as const;

  it('has the quantiles of the tables', () => {
    for (const [degrees, ...points] of table)
      [0.1, 0.05, 0.01].forEach((p, i) => {
        expect(twoSidedQuantile(p, degrees)).toBeCloseTo(points[i]!, 3);
        expect(twoSidedP(twoSidedQuantile(p, degrees), degrees)).toBeCloseTo(p, 10);
      });
  });

  it('has its closed forms with one and two degrees of freedom', () => {
    for (const t of [0, 0.3, 1, -2.5, 40]) {
      expect(twoSidedP(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(Math.abs(t)), 12);
      expect(twoSidedP(t, 2)).toBeCloseTo(1 - Math.abs(t) / Math.sqrt(2 + t * t), 12);
    }
  });
});

describe('a paired t-test', () => {
  it("has the numbers of Student's own example", () => {
    // Student 1908, "The probable error of a mean": hours of sleep gained with two drugs; t = 4.0621, p = 0.00283.
    const sleep = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
    const found = infer(sleep)!;
    expect(found).toMatchObject({ pairs: 10, above: 9, below: 0 });
    expect(found.mean).toBeCloseTo(1.58, 12);
    expect(found.p).toBeCloseTo(0.002833, 6);
    expect(found.low).toBeCloseTo(0.7001, 4);
    expect(found.high).toBeCloseTo(2.4599, 4);
  });

  it('says nothing of one pair, and what it must of differences without spread', () => {
    expect(infer([0.3])).toBeNull();
    expect(infer([0, 0])).toMatchObject({ p: 1, low: 0, high: 0 });
    expect(infer([0.5, 0.5])).toMatchObject({ p: 0, low: 0.5, high: 0.5 });
  });

  it('covers the true mean in 95 of 100 studies and rejects what is true in 5', () => {
    const random = seeded('coverage');
    const studies = 4000;
    let rejected = 0;
    for (let i = 0; i < studies; i++) {
      const { low, high, p } = infer(Array.from({ length: 5 }, () => 0.7 + random.normal()))!;
      if (low > 0.7 || high < 0.7) rejected++;
      expect(p < 0.05).toBe(low > 0 || high < 0);
    }
    expect(Math.abs(rejected / studies - 0.05)).toBeLessThan(0.012);
  });
});

describe("Holm's correction", () => {
  it('steps down as computed by hand', () => {
    // 0.005 * 4, 0.01 * 3, then 0.03 * 2 and, not below the one before, 0.04 * 1.
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((p, i) => expect(adjusted[i]).toBeCloseTo(p, 12));
    expect(holm([0.5, 0.9])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

describe('power of a paired t-test', () => {
  it('asks for the pairs that G*Power and the textbooks give', () => {
    // Two-sided 5 %, power 0.8 (Faul et al. 2007; Cohen 1988 for 0.2, 0.5 and 0.8).
    expect(pairsNeeded(0.2)).toBe(199);
    expect(pairsNeeded(0.5)).toBe(34);
    expect(pairsNeeded(-0.8)).toBe(15);
    expect(pairsNeeded(1)).toBe(10);
    expect(pairsNeeded(0)).toBeNull();
    expect(pairsNeeded(1e-4)).toBeNull();
  });

  it('is the level without an effect, and what simulated studies find with one', () => {
    for (const pairs of [2, 5, 20]) expect(pairedPower(0, pairs)).toBeCloseTo(0.05, 3);
    const random = seeded('power');
    const studies = 4000;
    let shown = 0;
    for (let i = 0; i < studies; i++)
      if (infer(Array.from({ length: 5 }, () => 1.2 + random.normal()))!.p < 0.05) shown++;
    expect(Math.abs(shown / studies - pairedPower(1.2, 5))).toBeLessThan(0.03);
  });

  it('is put in seeds for what was observed', () => {
    expect(pairsToShow(infer([0.5, -0.5, 1, 0])!)).toBe(pairsNeeded(0.25 / Math.sqrt(1.25 / 3)));
    expect(pairsToShow(infer([1, -1])!)).toBeNull();
    expect(pairsToShow(infer([1, 1])!)).toBeNull();
  });
});

it('knows how coarse an error on few images is', () => {
  expect(errorStandardError(0.25, 160)).toBeCloseTo(0.0342, 4);
  expect(errorStandardError(0.1, 10_000)).toBeCloseTo(0.003, 12);
});
