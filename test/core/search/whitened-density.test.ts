import { describe, expect, it } from 'vitest';
import { seeded } from '../../../src/core/random.ts';
import {
  effectiveNumber,
  estimateDensity,
  logDensity,
  logWeights,
} from '../../../src/core/search/density.ts';
import type { ObjectiveValues } from '../../../src/core/search/objectives.ts';

const keys = ['parameters', 'multiplyAdds'] as const;
const random = seeded('whitened');
/** Parameters over two decades, multiply-adds that follow them closely: a product kernel sees a wide square. */
const population: readonly ObjectiveValues[] = Array.from({ length: 12 }, (_, i) => {
  const log = 2.5 + (2 * i) / 11;
  return { parameters: 10 ** log, multiplyAdds: 10 ** (2 + log + 0.05 * random.normal()) };
});
const rows = population.map(({ parameters, multiplyAdds }) => [
  Math.log10(parameters!),
  Math.log10(multiplyAdds!),
]);

/** The oracle: the mean of normal densities with covariance `h^2 C + floor^2 I`, inverted by hand. */
function direct(at: readonly number[], factor: number): number {
  const n = rows.length;
  const mean = [0, 1].map((i) => rows.reduce((sum, row) => sum + row[i]!, 0) / n);
  const h = factor * n ** (-1 / 6);
  const c = (i: number, j: number) =>
    (h ** 2 * rows.reduce((sum, row) => sum + (row[i]! - mean[i]!) * (row[j]! - mean[j]!), 0)) / (n - 1) +
    (i === j ? (factor * 0.05) ** 2 : 0);
  const [a, b, d] = [c(0, 0), c(0, 1), c(1, 1)];
  const determinant = a * d - b * b;
  return (
    rows.reduce((sum, row) => {
      const [x, y] = [at[0]! - row[0]!, at[1]! - row[1]!];
      return sum + Math.exp(-(d * x * x - 2 * b * x * y + a * y * y) / (2 * determinant));
    }, 0) /
    (n * 2 * Math.PI * Math.sqrt(determinant))
  );
}

describe('the whitened density', () => {
  it.each([1, 0.4])('is that of a kernel along the covariance, at %s times Scott', (factor) => {
    const record = estimateDensity(population, keys, { factor, kind: 'whitened' });
    for (const at of [rows[0]!, rows[5]!, [3, 5.2], [3.3, 5]])
      expect(Math.exp(logDensity(record, at))).toBeCloseTo(direct(at, factor), 8);
  });

  it('tells apart what lies off the line that a product kernel lumps together', () => {
    const off = { parameters: 10 ** 3.5, multiplyAdds: 10 ** 4.9 };
    const on = { parameters: 10 ** 3.5, multiplyAdds: 10 ** 5.5 };
    const gap = (kind: 'plain' | 'whitened') => {
      const [a, b] = logWeights(estimateDensity(population, keys, { kind }), [off, on]);
      return a! - b!;
    };
    expect(gap('whitened')).toBeGreaterThan(gap('plain') + 1);
  });

  it('draws nothing more than ten times as often as the rarest member, however far away', () => {
    for (const own of [['parameters'], keys] as const) {
      const record = estimateDensity(population, own, { factor: 0.25, kind: 'whitened' });
      const members = Math.max(...logWeights(record, population));
      const [far] = logWeights(record, [{ parameters: 1e9, multiplyAdds: 1e12 }]);
      expect(far! - members).toBeCloseTo(Math.log(10), 9);
    }
    const open = estimateDensity(population, ['parameters'], { factor: 0.25 });
    const [far] = logWeights(open, [{ parameters: 1e9 }]);
    expect(far! - Math.max(...logWeights(open, population))).toBeGreaterThan(100);
  });
});

describe('the effective number', () => {
  it('is how many are drawn from, where all are equal, and one where one takes all', () => {
    expect(effectiveNumber([3, 3, 3, 3])).toBeCloseTo(4, 12);
    expect(effectiveNumber([0, -1e4, -1e4])).toBeCloseTo(1, 12);
    expect(effectiveNumber([Math.log(3), 0])).toBeCloseTo(16 / 10, 12);
    expect(effectiveNumber([])).toBe(0);
  });
});
