import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plotDomain, plotDomains, withAir } from '../../../../src/app/charts/geometry/domain.ts';
import {
  clockText,
  gainText,
  percentText,
  sizeText,
  tagText,
  tickText,
  valueText,
} from '../../../../src/app/text/format.ts';
import { objectiveScale, objectiveTicks } from '../../../../src/app/charts/geometry/scale.ts';
import { objectiveKeys } from '../../../../src/core/search/objectives.ts';
import { sampleRun } from '../../../support/sample-run.ts';

describe('words of numbers', () => {
  it('writes sizes as the design does', () => {
    expect([866, 3310, 28_774, 121_000, 999_499, 1_234_567].map(sizeText)).toEqual([
      '866',
      '3.3k',
      '28.8k',
      '121k',
      '999k',
      '1.2M',
    ]);
  });
  it('never writes 1000 or 100.0 of a unit', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 9.9e9, noNaN: true }), (value) => {
        expect(sizeText(value)).not.toMatch(/\d{4}|\d{3}\./);
      }),
    );
  });
  it('writes errors, times, gains and clocks', () => {
    expect(percentText(0.1304)).toBe('13.0 %');
    expect(tagText('error', 0.1304)).toBe('13.0');
    expect(valueText('inferenceSeconds', 0.00058)).toBe('0.58 ms');
    expect(valueText('activationBytes', 64_000)).toBe('64.0 kB');
    expect(valueText('activationBytes', 640)).toBe('640 B');
    expect(gainText(0.0074)).toBe('+0.007');
    expect([137, 3725, 5].map(clockText)).toEqual(['2:17', '1:02:05', '0:05']);
    expect([tickText('parameters', 10_000), tickText('inferenceSeconds', 0.0003)]).toEqual(['10k', '0.3']);
  });
});

describe('objectiveTicks', () => {
  it('stays inside the range, ascends and keeps to its count', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...objectiveKeys),
        fc.double({ min: 1e-5, max: 1e6, noNaN: true }),
        fc.double({ min: 1.5, max: 1e5, noNaN: true }),
        fc.integer({ min: 3, max: 7 }),
        (key, low, ratio, count) => {
          const ticks = objectiveTicks(key, [low, low * ratio], count);
          expect(ticks.length).toBeLessThanOrEqual(2 * count);
          ticks.forEach((tick, i) => {
            expect(tick).toBeGreaterThanOrEqual(low * (1 - 1e-6));
            expect(tick).toBeLessThanOrEqual(low * ratio * (1 + 1e-6));
            if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1]!);
          });
        },
      ),
    );
  });
  it('has 1 and 3 in each decade of a wide size axis', () => {
    expect(objectiveTicks('parameters', [800, 200_000], 6)).toEqual([1000, 3000, 10_000, 30_000, 100_000]);
  });
});

describe('plotDomain', () => {
  const keys = ['error', 'parameters', 'multiplyAdds', 'inferenceSeconds'] as const;

  it('shows the whole front and every starting network', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const view = sampleRun({ seed, objectives: keys });
      for (const key of keys) {
        const [low, high] = plotDomain(view, key);
        for (const network of view.networks.values()) {
          const value = network.objectives[key];
          if (value === undefined || (!network.onFront && network.parent !== null)) continue;
          expect(value).toBeGreaterThan(low);
          expect(value).toBeLessThan(high);
        }
      }
    }
  });

  it('hardly ever moves while a run goes on', () => {
    let moves = 0;
    for (const seed of [1, 2, 3, 4, 5])
      for (const key of ['error', 'parameters'] as const) {
        const ranges = [0, 2, 5, 8, 12].map((generations) =>
          plotDomain(sampleRun({ seed, generations, training: 0 }), key).join(),
        );
        moves += new Set(ranges).size - 1;
      }
    expect(moves).toBeLessThanOrEqual(10);
  });

  it('stands still from the first network to the last where it is fixed, and shows small errors apart', () => {
    for (const seed of [1, 2, 3]) {
      const ranges = [0, 2, 5, 8, 12].map((generations) =>
        JSON.stringify(
          plotDomains(sampleRun({ seed, generations, training: 0 }), ['error', 'parameters'], 'fixed'),
        ),
      );
      expect(new Set(ranges).size).toBe(1);
    }
    const { error } = plotDomains(sampleRun(), ['error'], 'fixed');
    expect(error).toEqual([0, sampleRun().bounds[0]!.high, 'root']);
    const scale = objectiveScale('error', [0, 0.5, 'root'], [300, 0]);
    expect(scale(0)).toBe(300);
    expect(scale(0.5)).toBeCloseTo(0, 9);
    expect(scale(0.01) - scale(0.02)).toBeGreaterThan(3 * (scale(0.41) - scale(0.42)));
    expect(objectiveTicks('error', [0, 0.5, 'root'], 5).map((tick) => Math.round(100 * tick))).toEqual([
      0, 2, 10, 30, 50,
    ]);
  });

  it('gives 5 % of air in the measure of the scale', () => {
    expect(withAir([0, 10], 'linear')).toEqual([-0.5, 10.5]);
    const [low, high] = withAir([1, 100], 'log');
    expect(Math.log10(low)).toBeCloseTo(-0.1, 9);
    expect(Math.log10(high)).toBeCloseTo(2.1, 9);
  });
});

describe('objectiveScale', () => {
  it('maps sizes by their logarithm', () => {
    const scale = objectiveScale('parameters', [100, 10_000], [0, 100]);
    expect(scale(1000)).toBeCloseTo(50, 9);
  });
});
