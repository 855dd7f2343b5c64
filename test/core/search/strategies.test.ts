import { describe, expect, it } from 'vitest';
import { hypervolumeShare } from '../../../src/core/metrics/hypervolume.ts';
import { igdPlus } from '../../../src/core/metrics/igd-plus.ts';
import { normaliseAll } from '../../../src/core/search/bounds.ts';
import { isFamily, strategyKeys } from '../../../src/core/search/recipe.ts';
import { driveSearch } from '../../support/drive-search.ts';
import { gridFront, gridPoint, gridSetting } from '../../support/grid-problem.ts';

describe('on a synthetic problem with a known front', () => {
  const budget = { generations: 60, proposals: 32, accepted: 8 };

  it.each(strategyKeys.filter((key) => key !== 'nash' && !isFamily(key)))(
    '%s converges to it',
    (strategy) => {
      const { state } = driveSearch(gridSetting({ ...budget, strategy }));
      const found = state.front.map((id) => state.networks[id - 1]!.objectives);
      const vectors = (values: readonly (typeof found)[number][]) =>
        values.map((value) => normaliseAll(value, state.bounds));
      const reached = hypervolumeShare(found, state.bounds) / hypervolumeShare(gridFront, state.bounds);
      const distance = igdPlus(vectors(found), vectors(gridFront));
      console.log(
        `${strategy}: ${(100 * reached).toFixed(2)} % of the hypervolume, IGD+ ${distance.toFixed(5)}`,
      );
      const keepsFront = strategy.startsWith('lemonade');
      expect(reached).toBeGreaterThan(keepsFront ? 0.999 : 0.95);
      expect(distance).toBeLessThan(keepsFront ? 0.001 : 0.02);
    },
  );

  it('nash climbs to the least error', () => {
    const { state } = driveSearch(gridSetting({ ...budget, strategy: 'nash' }));
    const best = state.networks[state.population[0]! - 1]!;
    expect(state.population).toHaveLength(1);
    expect(gridPoint(best.architecture)).toEqual([32, 32]);
  });

  it('golden: a seed gives exactly this front', () => {
    const { state } = driveSearch(gridSetting({ seed: 7, generations: 8 }));
    const front = state.front.map((id) => gridPoint(state.networks[id - 1]!.architecture).join());
    expect(front.join(' ')).toMatchInlineSnapshot(
      `"1,1 2,12 28,25 28,26 16,17 1,2 2,2 15,17 2,11 2,1 17,19 3,2 28,27 17,20 2,14 28,30 2,13 28,28 27,25 19,19 17,17"`,
    );
    expect(state.hypervolume).toBeCloseTo(0.5101931532, 9);
  });

  it('aging keeps the youngest and NSGA-II at most its size', () => {
    const aging = driveSearch(gridSetting({ ...budget, strategy: 'aging' })).state;
    const newest = aging.networks.slice(-16).map(({ id }) => id);
    expect(aging.population).toEqual(newest);
    const nsga2 = driveSearch(gridSetting({ ...budget, strategy: 'nsga2' })).state;
    expect(nsga2.population).toHaveLength(16);
  });
});
