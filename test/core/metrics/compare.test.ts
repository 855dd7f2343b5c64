import { describe, expect, it } from 'vitest';
import {
  bandAt,
  compareGroups,
  comparePairs,
  firstReaching,
  quantile,
  stepAt,
  summarise,
} from '../../../src/core/metrics/compare.ts';
import { historyOf } from '../../../src/core/run-file/history.ts';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import { driveNetworks } from '../../support/network-search.ts';

describe('step curves', () => {
  const curve = [
    { x: 10, value: 0.2 },
    { x: 20, value: 0.5 },
  ];

  it('hold their value until the next point, and are 0 before the first', () => {
    expect([9, 10, 19.9, 20, 99].map((x) => stepAt(curve, x))).toEqual([0, 0.2, 0.2, 0.5, 0.5]);
    expect([0.1, 0.3, 0.6].map((value) => firstReaching(curve, value))).toEqual([10, 20, null]);
  });

  it('give a band over runs', () => {
    const [early, late] = bandAt([curve, [{ x: 5, value: 0.4 }]], [6, 25]);
    expect(early).toMatchObject({ x: 6, mean: 0.2, low: 0, high: 0.4 });
    expect(late!.median).toBeCloseTo(0.45, 12);
  });
});

describe('summaries', () => {
  it('are those of R (type 7 quantiles, n - 1)', () => {
    expect(summarise([3, 1, 4, 1, 5, 9, 2, 6])).toMatchObject({
      count: 8,
      mean: 3.875,
      lowerQuartile: 1.75,
      median: 3.5,
      upperQuartile: 5.25,
      low: 1,
      high: 9,
    });
    expect(summarise([3, 1, 4, 1, 5, 9, 2, 6]).deviation).toBeCloseTo(2.748376, 6);
    expect(quantile([1, 2], 0.9)).toBeCloseTo(1.9, 12);
    expect(() => summarise([])).toThrow(RangeError);
  });

  it('say when a difference is larger than the spread, and not with one seed', () => {
    expect(compareGroups([0.8, 0.81, 0.79], [0.7, 0.71, 0.69])).toMatchObject({
      exceedsSpread: true,
      above: 1,
    });
    expect(compareGroups([0.8, 0.6], [0.7, 0.69])).toMatchObject({ exceedsSpread: false, above: 0.5 });
    expect(compareGroups([0.9], [0.1, 0.2]).exceedsSpread).toBeNull();
  });
});

describe('pairs', () => {
  it('take away what a pair shares, which the spread over seeds holds against both', () => {
    const pairs = [
      [0.5, 0.48],
      [0.7, 0.67],
      [0.9, 0.89],
    ] as const;
    const found = comparePairs(pairs);
    expect(found).toMatchObject({ pairs: 3, ahead: 3, behind: 0, exceedsSpread: true });
    expect(found.mean).toBeCloseTo(0.02, 12);
    expect(found.deviation).toBeCloseTo(0.01, 12);
    const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
    expect(compareGroups(a, b).exceedsSpread).toBe(false);
  });

  it('claim nothing of one pair, of equal runs, or of differences that cancel', () => {
    expect(comparePairs([[1, 0]]).exceedsSpread).toBeNull();
    expect(comparePairs([[1, 1], [2, 2]])).toMatchObject({ ahead: 0, behind: 0, exceedsSpread: false }); // prettier-ignore
    expect(comparePairs([[2, 1], [1, 2]])).toMatchObject({ ahead: 1, behind: 1, exceedsSpread: false }); // prettier-ignore
    expect(() => comparePairs([])).toThrow(RangeError);
  });
});

describe('historyOf', () => {
  it('adds up to the run', () => {
    const view = viewOf(driveNetworks({ generations: 3 }).events)!;
    const history = historyOf(view);
    expect(history.map(({ generation }) => generation)).toEqual([0, 1, 2, 3]);
    expect(history.at(-1)).toEqual({
      generation: 3,
      networks: view.networks.size,
      images: view.imagesSeen,
      trainSeconds: view.networks.size,
      frontSize: view.front.length,
      hypervolume: view.hypervolume,
    });
  });
});
