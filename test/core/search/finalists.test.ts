import { describe, expect, it } from 'vitest';
import { boundsOf } from '../../../src/core/search/bounds.ts';
import { finalistsOf } from '../../../src/core/search/finalists.ts';
import { plain, presetRecipe } from '../../../src/core/search/presets.ts';
import type { Recipe } from '../../../src/core/search/recipe.ts';
import type { NetworkRecord, SearchState } from '../../../src/core/search/state.ts';
import { trivialNetworks } from '../../../src/core/architecture/starting-networks.ts';

const facts = { height: 28, width: 28, channels: 1, classes: 10 };
const [architecture] = trivialNetworks(facts, 10);

/** A state whose front are networks of these sizes, errors and images seen. */
function frontOf(
  members: readonly (readonly [parameters: number, error: number, seen: number])[],
  changes: Partial<Recipe> = {},
  born = 1,
): SearchState {
  const recipe: Recipe = {
    ...presetRecipe('mnist'),
    ...plain,
    ...{ imagesFinal: 10_000, imagesPerChild: 100, finalists: 10 },
    ...changes,
  };
  const networks = members.map(([parameters, error, ownImages], index): NetworkRecord => ({
    ...{ id: index + 1, parent: null, chain: [], architecture: architecture!, generation: born },
    ...{ status: 'evaluated', objectives: { parameters, error }, ownImages, inheritedImages: 0 },
  }));
  const front = networks.map(({ id }) => id);
  return {
    ...{ recipe, bounds: boundsOf(recipe, facts), phase: 'propose', generation: 4, competed: true },
    ...{ networks, population: front, front, hypervolume: 0, density: null, candidates: [] },
  };
}

const sharesOf = (state: SearchState) =>
  new Map(finalistsOf(state).map(({ network, images }) => [network.objectives.parameters, images]));

describe('the last generation’s images', () => {
  it('go where the front has most to win: where an error is large and the next network far', () => {
    const shares = sharesOf(
      frontOf([
        [400, 0.2, 3000],
        [2000, 0.05, 3000],
        [3000, 0.04, 3000],
      ]),
    );
    expect([...shares.values()].reduce((a, b) => a + b, 0)).toBeCloseTo(10_000, -1);
    expect(shares.get(400)!).toBeGreaterThan(shares.get(2000) ?? 0);
    expect(shares.get(3000)!).toBeGreaterThan(shares.get(2000) ?? 0);
  });

  it('are such that all seen is as the root of worth and of what was seen before', () => {
    const state = frontOf([
      [400, 0.2, 2000],
      [2000, 0.05, 4000],
      [20_000, 0.03, 4000],
    ]);
    const [low, high] = [Math.log(300), Math.log(state.recipe.maxParameters)];
    const place = (parameters: number) => (Math.log(parameters) - low) / (high - low);
    // Worth of a tenth less error, by hand: the width of the step it lowers. All errors are divided by 0.9 alike.
    const worth = [
      (place(2000) - place(400)) * 0.02,
      (place(20_000) - place(2000)) * 0.005,
      (1.1 - place(20_000)) * 0.003,
    ];
    const seen = [2000, 4000, 4000];
    const weights = worth.map((g, i) => Math.sqrt(g * seen[i]!));
    const level = 20_000 / weights.reduce((a, b) => a + b, 0);
    const shares = [...sharesOf(state).values()];
    weights.forEach((weight, i) =>
      expect(Math.abs(shares[i]! - (weight * level - seen[i]!))).toBeLessThan(2),
    );
  });

  it('do not go to one of two networks that are almost the same', () => {
    const members = [
      [400, 0.2, 3000],
      [401, 0.199, 3000],
      [2000, 0.05, 3000],
    ] as const;
    expect(sharesOf(frontOf(members)).size).toBe(2);
  });

  it('always go to starting networks too, a child’s at least', () => {
    const members = [
      [400, 0.2, 3000],
      [401, 0.199, 3000],
      [2000, 0.05, 3000],
    ] as const;
    const shares = sharesOf(frontOf(members, { finalists: 1 }, 0));
    expect(shares.size).toBe(3);
    for (const images of shares.values()) expect(images).toBeGreaterThanOrEqual(100);
    expect([...shares.values()].reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(10_000);
  });

  it('go to a starting network instead of a child that is barely larger', () => {
    const state = frontOf([
      [400, 0.2, 3000],
      [420, 0.18, 3000],
      [2000, 0.05, 3000],
    ]);
    const networks = state.networks.with(0, { ...state.networks[0]!, generation: 0 });
    expect([...sharesOf({ ...state, networks }).keys()]).toEqual([400, 2000]);
  });

  it('go to as many as the recipe allows, and to one at least', () => {
    const members = [300, 600, 1200, 2400, 4800].map((size, i) => [size, 0.5 / (i + 1), 1000] as const);
    expect(sharesOf(frontOf(members, { finalists: 3 })).size).toBe(3);
    expect(sharesOf(frontOf(members, { imagesFinal: 5 })).size).toBe(1);
  });
});
