import { describe, expect, it } from 'vitest';
import { crowdingDistances } from '../../../src/core/metrics/crowding.ts';
import { hypervolumeShare } from '../../../src/core/metrics/hypervolume.ts';
import { igdPlus } from '../../../src/core/metrics/igd-plus.ts';
import { seeded } from '../../../src/core/random.ts';
import { normaliseAll } from '../../../src/core/search/bounds.ts';
import { layers } from '../../../src/core/search/dominance.ts';
import { isFixed, strategyKeys } from '../../../src/core/search/recipe.ts';
import { strategies } from '../../../src/core/search/strategies/strategies.ts';
import { chiSquare, chiSquareLimit } from '../../support/statistics.ts';
import { driveSearch } from '../../support/drive-search.ts';
import { gridFront, gridPoint, gridSetting } from '../../support/grid-problem.ts';

describe('on a synthetic problem with a known front', () => {
  const budget = { generations: 60, proposals: 32, accepted: 8 };

  // Those with an end of their own, or networks of their own (one-shot.test.ts, dpp-net.test.ts).
  const otherwise: readonly string[] = ['nash', 'one-shot', 'dpp-net'];

  it.each(strategyKeys.filter((key) => !otherwise.includes(key) && !isFixed(key)))(
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
      // NSGA-II must do better than random search, which selects nothing and comes to 0.978.
      const selects = strategy === 'nsga2';
      expect(reached).toBeGreaterThan(keepsFront ? 0.999 : selects ? 0.99 : 0.95);
      expect(distance).toBeLessThan(keepsFront ? 0.001 : selects ? 0.005 : 0.02);
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

  it('NSGA-II keeps the layers it has room for, and of the next the least crowded, as a slow oracle does', () => {
    const setting = gridSetting({ ...budget, generations: 20, strategy: 'nsga2' });
    const { state, events } = driveSearch(setting);
    const vectorOf = (id: number) => normaliseAll(state.networks[id - 1]!.objectives, state.bounds);
    const dominates = (a: readonly number[], b: readonly number[]) =>
      a.every((value, i) => value <= b[i]!) && a.some((value, i) => value < b[i]!);
    let before: readonly number[] = [];
    let cut = 0;
    for (const event of events) {
      if (event.type !== 'competed') continue;
      const born = state.networks.filter(({ generation }) => generation === event.generation);
      let rest = [...before, ...born.map(({ id }) => id)];
      const kept: number[] = [];
      while (kept.length < 16 && rest.length > 0) {
        const layer = rest.filter((id) => !rest.some((other) => dominates(vectorOf(other), vectorOf(id))));
        rest = rest.filter((id) => !layer.includes(id));
        const room = 16 - kept.length;
        if (layer.length > room) cut++;
        const crowding = new Map(
          crowdingDistances(layer.map(vectorOf)).map((value, i) => [layer[i]!, value]),
        );
        const lonely = (a: number, b: number) =>
          crowding.get(a) === crowding.get(b) ? a - b : crowding.get(b)! - crowding.get(a)!;
        kept.push(...layer.sort(lonely).slice(0, room));
      }
      expect(event.population).toEqual(kept.sort((a, b) => a - b));
      before = event.population;
    }
    expect(cut).toBeGreaterThan(5);
  });

  it('NSGA-II draws parents by tournaments of two: the better layer wins, then the lonelier', () => {
    const { state } = driveSearch(gridSetting({ ...budget, generations: 1, strategy: 'nsga2' }));
    const { population } = state;
    const vectors = population.map((id) => normaliseAll(state.networks[id - 1]!.objectives, state.bounds));
    const rank = new Map<number, number>();
    const crowding = new Map<number, number>();
    layers(vectors).forEach((layer, depth) => {
      const distances = crowdingDistances(layer.map((index) => vectors[index]!));
      layer.forEach((index, i) => {
        rank.set(index, depth);
        crowding.set(index, distances[i]!);
      });
    });
    expect(new Set(rank.values()).size).toBeGreaterThan(1);
    const beats = (a: number, b: number) =>
      rank.get(a) === rank.get(b) ? crowding.get(a)! > crowding.get(b)! : rank.get(a)! < rank.get(b)!;
    const n = population.length;
    // Each of the n * n pairs is as likely; a draw goes to the first of the pair.
    const shares = population.map((_, i) =>
      population.reduce((sum, _id, j) => sum + (beats(j, i) ? 0 : 1) + (beats(i, j) ? 1 : 0), 0),
    );
    expect(shares.reduce((a, b) => a + b)).toBe(n * n);
    const counts = new Map(population.map((id) => [id, 0]));
    const density = strategies.nsga2.density(state);
    for (const id of strategies.nsga2.parents(state, density, 30_000, seeded('tournaments')))
      counts.set(id, counts.get(id)! + 1);
    const expected = shares.map((share) => share / n ** 2);
    expect(chiSquare([...counts.values()], expected)).toBeLessThan(chiSquareLimit(n - 1));
  });

  it('aging keeps the youngest and NSGA-II at most its size', () => {
    const aging = driveSearch(gridSetting({ ...budget, strategy: 'aging' })).state;
    const newest = aging.networks.slice(-16).map(({ id }) => id);
    expect(aging.population).toEqual(newest);
    const nsga2 = driveSearch(gridSetting({ ...budget, strategy: 'nsga2' })).state;
    expect(nsga2.population).toHaveLength(16);
  });
});
