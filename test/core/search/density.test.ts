import { describe, expect, it } from 'vitest';
import { seeded } from '../../../src/core/random.ts';
import { bandwidthFloor, estimateDensity, logDensity, logWeights } from '../../../src/core/search/density.ts';
import type { ObjectiveValues } from '../../../src/core/search/objectives.ts';
import { drawWithReplacement, drawWithoutReplacement } from '../../../src/core/search/selection.ts';
import { chiSquare, chiSquareLimit } from '../../support/statistics.ts';

const sizes = [400, 520, 610, 1500, 2100, 9000, 70_000];
const population: readonly ObjectiveValues[] = sizes.map((parameters) => ({ parameters }));
const record = estimateDensity(population, ['parameters']);

/** The direct sum that lemonade.md describes, with nothing clever. */
function directDensity(parameters: number): number {
  const logs = sizes.map(Math.log10);
  const mean = logs.reduce((a, b) => a + b) / logs.length;
  const deviation = Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (logs.length - 1));
  const h = deviation * logs.length ** (-1 / 5);
  const kernel = (u: number) => Math.exp(-(u ** 2) / 2) / Math.sqrt(2 * Math.PI);
  return logs.reduce((sum, x) => sum + kernel((Math.log10(parameters) - x) / h) / h, 0) / logs.length;
}

const shares = (weights: readonly number[]) => {
  const total = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / total);
};
/** Exact probabilities of parents: 1 / pKDE. */
const exact = shares(sizes.map((size) => 1 / directDensity(size)));

function countDraws(logs: readonly number[], draws: number): number[] {
  const counts = logs.map(() => 0);
  for (const index of drawWithReplacement(logs, draws, seeded('chi-square'))) counts[index]!++;
  return counts;
}

describe('density', () => {
  it('is the direct kernel sum', () => {
    for (const size of [100, 400, 1000, 12_345, 5e6]) {
      expect(Math.exp(logDensity(record, [Math.log10(size)]))).toBeCloseTo(directDensity(size), 12);
    }
  });

  it('integrates to 1 in one dimension', () => {
    let integral = 0;
    for (let x = -4; x < 12; x += 0.001) integral += Math.exp(logDensity(record, [x])) * 0.001;
    expect(integral).toBeCloseTo(1, 6);
  });

  it('integrates to 1 in two dimensions', () => {
    const two = estimateDensity(
      sizes.map((parameters, i) => ({ parameters, multiplyAdds: parameters * (10 + 3 * i) })),
      ['parameters', 'multiplyAdds'],
    );
    let integral = 0;
    for (let x = -2; x < 10; x += 0.05)
      for (let y = -2; y < 12; y += 0.05) integral += Math.exp(logDensity(two, [x, y])) * 0.05 ** 2;
    expect(integral).toBeCloseTo(1, 4);
  });

  it('keeps a floor under the bandwidth', () => {
    const close = estimateDensity([{ parameters: 1000 }, { parameters: 1001 }], ['parameters']);
    expect(close).toMatchObject({ kind: 'kde', bandwidths: [bandwidthFloor] });
  });

  it('does not change the draw when an objective is counted in another unit', () => {
    const scaled = estimateDensity(
      sizes.map((parameters) => ({ parameters: parameters * 1000 })),
      ['parameters'],
    );
    const weights = shares(
      logWeights(
        scaled,
        sizes.map((parameters) => ({ parameters: parameters * 1000 })),
      ).map(Math.exp),
    );
    weights.forEach((weight, i) => expect(weight).toBeCloseTo(exact[i]!, 9));
  });

  it.each([
    ['one network', [{ parameters: 5 }], ['parameters']],
    ['no cheap objective', population, []],
    ['no spread', [{ parameters: 5 }, { parameters: 5 }], ['parameters']],
    [
      'too few for the dimensions',
      [{ parameters: 5, multiplyAdds: 7 }, { parameters: 6, multiplyAdds: 9 }], // prettier-ignore
      ['parameters', 'multiplyAdds'],
    ],
  ] as const)('falls back to uniform, with a reason: %s', (_, networks, keys) => {
    const fallback = estimateDensity(networks, keys);
    expect(fallback.kind).toBe('uniform');
    expect(fallback.kind === 'uniform' && fallback.reason).toMatch(/\w+ \w+/);
    expect(logWeights(fallback, networks)).toEqual(networks.map(() => 0));
  });

  it('gives finite log weights where the density itself underflows', () => {
    const [far] = logWeights(record, [{ parameters: 1e60 }]);
    expect(Number.isFinite(far)).toBe(true);
    expect(Math.exp(-far!)).toBe(0);
  });
});

describe('the two samplings', () => {
  const logs = logWeights(record, population);

  it('draws parents with probability 1 / pKDE', () => {
    expect(chiSquare(countDraws(logs, 40_000), exact)).toBeLessThan(chiSquareLimit(sizes.length - 1));
  });

  it('does not draw them with probability -log pKDE', () => {
    const wrong = shares(sizes.map((size) => Math.max(1e-9, 1 - Math.log(directDensity(size)))));
    expect(chiSquare(countDraws(logs, 40_000), wrong)).toBeGreaterThan(10 * chiSquareLimit(sizes.length - 1));
  });

  it('draws children without replacement, each draw by the weights left', () => {
    const pairs = new Map<string, { expected: number; count: number }>();
    exact.forEach((p, i) =>
      exact.forEach((q, j) => {
        if (i !== j) pairs.set(`${i},${j}`, { expected: (p * q) / (1 - p), count: 0 });
      }),
    );
    const random = seeded('pairs');
    for (let n = 0; n < 60_000; n++) {
      const [first, second] = drawWithoutReplacement(logs, 2, random);
      pairs.get(`${first!.index},${second!.index}`)!.count++;
      expect(first!.probability).toBeCloseTo(exact[first!.index]!, 9);
      expect(second!.probability).toBeCloseTo(exact[second!.index]! / (1 - exact[first!.index]!), 9);
    }
    const cells = [...pairs.values()];
    const statistic = chiSquare(
      cells.map(({ count }) => count),
      cells.map(({ expected }) => expected),
    );
    expect(statistic).toBeLessThan(chiSquareLimit(cells.length - 1));
  });

  it('draws all when fewer are left than wanted, none twice', () => {
    const drawn = drawWithoutReplacement([0, -800, 800], 5, seeded('few'));
    expect(drawn.map(({ index }) => index).sort()).toEqual([0, 1, 2]);
  });
});
