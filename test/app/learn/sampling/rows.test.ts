import { describe, expect, it } from 'vitest';
import {
  axisOf,
  densityShares,
  histogram,
  labelled,
  spread,
  stacked,
} from '../../../../src/app/learn/sampling/rows.ts';
import { densityOf } from '../../../../src/core/search/two-stage.ts';

describe('rows of the sampling lesson', () => {
  it('draw the density of core, highest at 1', () => {
    const sizes = [400, 500, 600, 20_000];
    const shares = densityShares(
      densityOf(sizes, { bandwidthFactor: 1, uniform: false }),
      axisOf(sizes),
      200,
    );
    expect(Math.max(...shares)).toBe(1);
    const at = shares.indexOf(1) / 200;
    const [low, high] = axisOf(sizes);
    expect(low * (high / low) ** at).toBeGreaterThan(350);
    expect(low * (high / low) ** at).toBeLessThan(800);
    expect(densityShares({ kind: 'uniform', reason: '' }, axisOf(sizes), 10)).toEqual([]);
  });

  it('count every size once', () => {
    const bins = histogram([1, 10, 10, 99, 1e9], [1, 100], 4);
    expect(bins.reduce((a, b) => a + b)).toBe(5);
    expect(bins).toEqual([1, 0, 2, 2]);
  });

  it('stack what overlaps and spread what is kept, in order and inside', () => {
    expect(stacked([0, 5, 40, 7], 11)).toEqual([0, 1, 0, 2]);
    const at = spread([10, 12, 11, 300], 28, [0, 310]);
    expect([at[0]! < at[2]!, at[2]! < at[1]!]).toEqual([true, true]);
    const sorted = [...at].sort((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++) expect(sorted[i]! - sorted[i - 1]!).toBeGreaterThanOrEqual(28);
    expect(Math.max(...spread([300, 305, 309], 28, [0, 310]))).toBeLessThanOrEqual(310);
  });

  it('name the tallest bar of a crowd', () => {
    expect([...labelled([0, 10, 100], [1, 3, 2], 40)]).toEqual([1, 2]);
  });
});
