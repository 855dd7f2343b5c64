import { describe, expect, it } from 'vitest';
import { identityOf } from '../../../src/core/architecture/identity.ts';
import { seeded } from '../../../src/core/random.ts';
import { estimateDensity, logDensity, logWeights } from '../../../src/core/search/density.ts';
import { lemonade } from '../../../src/core/search/strategies/lemonade.ts';
import type { SearchState } from '../../../src/core/search/state.ts';
import {
  areRare,
  ChildPool,
  densityOf,
  poolSize,
  relativeChances,
  sampleGeneration,
  untrainedPopulation,
} from '../../../src/core/search/two-stage.ts';

const shape = { height: 8, width: 8, channels: 1 };
const population = untrainedPopulation(shape, 10, 8, seeded('two-stage'));
const sizes = population.map(({ parameters }) => parameters);
const options = { proposals: 30, accepted: 4, bandwidthFactor: 1, uniform: false };
const pool = new ChildPool(population, 'two-stage/children');

describe('an untrained population', () => {
  it('has as many different networks as were asked for, the starting ones first', () => {
    expect(population).toHaveLength(8);
    expect(new Set(population.map(({ architecture }) => identityOf(architecture))).size).toBe(8);
    expect(untrainedPopulation(shape, 10, 2, seeded('x')).map(({ parameters }) => parameters)).toEqual(
      sizes.slice(0, 2),
    );
  });
});

describe('two-stage sampling', () => {
  it('uses the search’s own density and weights', () => {
    const density = densityOf(sizes, options);
    const values = sizes.map((parameters) => ({ parameters }));
    expect(density).toEqual(estimateDensity(values, ['parameters']));
    const logs = logWeights(density, values);
    const chances = relativeChances(density, sizes);
    for (let i = 1; i < sizes.length; i++)
      expect(chances[i]! / chances[0]!).toBeCloseTo(Math.exp(logs[i]! - logs[0]!), 9);
    expect(chances.reduce((a, b) => a + b) / sizes.length).toBeCloseTo(1, 12);
  });

  it('draws the parents that LEMONADE would draw with the same generator', () => {
    const drawn = sampleGeneration(pool, options, seeded('draw'));
    const state = {
      population: sizes.map((_, i) => i + 1),
      networks: sizes.map((parameters) => ({ objectives: { parameters } })),
    } as unknown as SearchState;
    const parents = lemonade.parents(state, densityOf(sizes, options), 30, seeded('draw').split('parents'));
    const counts = sizes.map((_, i) => parents.filter((id) => id === i + 1).length);
    expect(drawn.draws).toEqual(counts);
  });

  it('accepts the children that LEMONADE would accept with the same generator', () => {
    const drawn = sampleGeneration(pool, options, seeded('draw'));
    const candidates = drawn.children.map(({ parameters }) => ({ cheap: { parameters } }));
    const accepted = lemonade.accept(
      densityOf(sizes, options),
      candidates as unknown as Parameters<typeof lemonade.accept>[1],
      4,
      seeded('draw').split('sift'),
      {} as SearchState,
    );
    expect(drawn.accepted).toEqual(accepted.map(({ index }) => index));
    expect(new Set(drawn.accepted).size).toBe(4);
  });

  it('reaches rare sizes more often than an even draw', () => {
    const share = (uniform: boolean) => {
      const found: number[] = [];
      for (let turn = 0; turn < 120; turn++) {
        const drawn = sampleGeneration(pool, { ...options, uniform }, seeded(`many/${turn}`));
        found.push(...drawn.accepted.map((index) => drawn.children[index]!.parameters));
      }
      return areRare(sizes, found).filter(Boolean).length / found.length;
    };
    expect(share(false)).toBeGreaterThan(share(true) * 1.3);
  });

  it('keeps its children: the same one for the same place', () => {
    expect(pool.child(0, 3)).toBe(pool.child(0, 3));
    expect(new ChildPool(population, 'two-stage/children').child(0, 3)).toEqual(pool.child(0, 3));
    expect(poolSize).toBeGreaterThan(40);
  });

  it('widens and narrows the density by the factor', () => {
    const [narrow, wide] = [0.5, 2].map((bandwidthFactor) =>
      densityOf(sizes, { bandwidthFactor, uniform: false }),
    );
    if (narrow!.kind !== 'kde' || wide!.kind !== 'kde') throw new Error('a density was expected');
    expect(wide!.bandwidths[0]! / narrow!.bandwidths[0]!).toBeCloseTo(4, 12);
    const far = [Math.log10(Math.max(...sizes)) + 1.5];
    expect(logDensity(wide!, far)).toBeGreaterThan(logDensity(narrow!, far));
  });

  it('is even, and says why, where there is no density', () => {
    expect(densityOf([500], options)).toEqual({ kind: 'uniform', reason: 'fewer than two networks' });
    expect(relativeChances(densityOf([500], options), [500])).toEqual([1]);
    expect(areRare([500], [1, 1e6])).toEqual([false, false]);
  });
});
