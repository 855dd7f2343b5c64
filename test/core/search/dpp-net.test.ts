import { describe, expect, it } from 'vitest';
import { isBlock } from '../../../src/core/architecture/graph.ts';
import type { Architecture } from '../../../src/core/architecture/types.ts';
import { validate } from '../../../src/core/architecture/validate.ts';
import { hypervolumeShare } from '../../../src/core/metrics/hypervolume.ts';
import { applyChain } from '../../../src/core/morphisms/catalog.ts';
import { cellOf } from '../../../src/core/morphisms/cells.ts';
import { seeded } from '../../../src/core/random.ts';
import { ok } from '../../../src/core/result.ts';
import { verifyRun } from '../../../src/core/run-file/verify.ts';
import { networkProblem } from '../../../src/core/search/network-problem.ts';
import { plain, presetRecipe } from '../../../src/core/search/presets.ts';
import { errorPredictor, tokensOf } from '../../../src/core/search/predictor.ts';
import type { Recipe } from '../../../src/core/search/recipe.ts';
import { startingNetworksOf } from '../../../src/core/search/spaces.ts';
import { extensionChain } from '../../../src/core/search/strategies/dpp-net.ts';
import { deepNetworks } from '../../../src/core/architecture/starting-networks.ts';
import { driveSearch, type Setting } from '../../support/drive-search.ts';

const facts = { height: 28, width: 28, channels: 1, classes: 10 };
const extensions = ([3, 5] as const).flatMap((kernelSize) =>
  [false, true].flatMap((separable) =>
    [false, true].map((residual) => ({ kernelSize, separable, residual })),
  ),
);

/** Known for every cell: wide, plain and large blocks help, each less than the one before; an added input helps. */
function knownError(architecture: Architecture): number {
  const cell = cellOf(architecture)!;
  let [error, weight] = [0.8 - 0.1 * Math.log2(cell.width / 4), 1];
  for (const node of cell.nodes) {
    if (node.kind === 'add') error -= 0.02;
    if (!isBlock(node)) continue;
    error *= 1 - weight * (node.kind === 'conv' ? 0.3 : 0.2) * (node.kernelSize === 5 ? 1.2 : 1);
    weight *= 0.6;
  }
  return Math.max(0.01, error);
}

function setting(recipe: Partial<Recipe> = {}): Setting {
  const own: Recipe = {
    ...{ ...presetRecipe('fashion'), ...plain, strategy: 'dpp-net', seed: 7 },
    ...{
      generations: 2,
      accepted: 8,
      imagesPerSeed: 4000,
      imagesPerChild: 500,
      maxMultiplyAdds: 100_000_000,
    },
    ...recipe,
  };
  return {
    recipe: own,
    facts,
    seeds: startingNetworksOf(own, facts).map((architecture) => ({ architecture, origin: 'trivial' })),
    problem: networkProblem,
    train: (job) =>
      ok({
        network: job.network,
        objectives: { error: knownError(job.architecture) },
        ownImages: job.ownImages,
        trainSeconds: 1,
      }),
  };
}

const starts = startingNetworksOf(setting().recipe, facts);

/** All cells that come of `networks` by one block more. */
const extended = (networks: readonly Architecture[]): readonly Architecture[] =>
  networks.flatMap((network) =>
    extensions.map((extension) => {
      const applied = applyChain(network, extensionChain(network, extension)!);
      if (!applied.ok) throw new Error(applied.reason);
      return applied.value.child;
    }),
  );
const two = extended(starts);
const three = extended(two);

describe('a step of progressive search', () => {
  it('lets every cell grow by one block of each kind', () => {
    expect(starts).toHaveLength(4);
    expect(two).toHaveLength(32);
    for (const [index, network] of two.entries()) {
      expect(validate(network).ok).toBe(true);
      const { nodes } = cellOf(network)!;
      expect(nodes.filter(isBlock)).toHaveLength(2);
      const { kernelSize, separable, residual } = extensions[index % 8]!;
      const block = nodes.filter(isBlock)[1]!;
      expect([block.kernelSize, block.kind]).toEqual([kernelSize, separable ? 'sepConv' : 'conv']);
      expect(nodes.some(({ kind }) => kind === 'add')).toBe(residual);
    }
    expect(new Set(three.map(networkProblem.identity)).size).toBe(256);
  });

  it('begins with cells for images of every size, and has no step where there is no cell', () => {
    for (const size of [4, 8, 32])
      for (const one of startingNetworksOf(setting().recipe, {
        ...facts,
        height: size,
        width: size,
        secondClasses: 3,
      }))
        expect(validate(one).ok).toBe(true);
    const [other] = deepNetworks(facts, 10);
    expect(extensionChain(other!, extensions[0]!)).toBeNull();
    expect(tokensOf(other!)).toBeNull();
  });
});

describe('the predictor', () => {
  const all = [...starts, ...two, ...three].map((architecture) => ({
    architecture,
    error: knownError(architecture),
  }));

  it('is better than the mean on cells that it has not seen, a third of whose errors is noise', () => {
    const shuffled = seeded('cells').shuffle(all);
    const noise = seeded('noise');
    const known = shuffled
      .slice(0, 40)
      .map((one) => ({ ...one, error: one.error * (1 + 0.1 * noise.normal()) }));
    const heldOut = shuffled.slice(40);
    const predict = errorPredictor(known, seeded('predictor'));
    const mean = known.reduce((sum, { error }) => sum + error, 0) / known.length;
    const miss = (of: (architecture: Architecture) => number) =>
      heldOut.reduce((sum, { architecture, error }) => sum + (of(architecture) - error) ** 2, 0) /
      heldOut.length;
    const share = miss(predict) / miss(() => mean);
    console.log(
      `predictor: ${share.toFixed(3)} of the mean's squared error on ${heldOut.length} held-out cells`,
    );
    expect(share).toBeLessThan(0.5);
  });

  it('is the same for the same generator, and the mean where it knows too little', () => {
    const known = all.slice(0, 12);
    const [a, b] = [1, 2].map(() => errorPredictor(known, seeded('same')));
    expect(a!(three[99]!)).toBe(b!(three[99]!));
    const few = errorPredictor(all.slice(0, 2), seeded('few'));
    expect(few(three[0]!)).toBeCloseTo(Math.sqrt(all[0]!.error * all[1]!.error), 12);
    expect(errorPredictor([all[0]!, all[0]!, all[0]!], seeded('equal'))(three[0]!)).toBeCloseTo(
      all[0]!.error,
      12,
    );
  });
});

describe('progressive search on cells whose errors are known', () => {
  it('comes near the front of all cells of up to three blocks with a fifteenth of them trained', () => {
    const { state } = driveSearch(setting());
    const found = state.front.map((id) => state.networks[id - 1]!.objectives);
    const every = [...starts, ...two, ...three].map((architecture) => ({
      ...networkProblem.cheap(architecture),
      error: knownError(architecture),
    }));
    const legal = every.filter(({ parameters }) => parameters! <= state.recipe.maxParameters);
    const reached = hypervolumeShare(found, state.bounds) / hypervolumeShare(legal, state.bounds);
    console.log(
      `dpp-net: ${(100 * reached).toFixed(2)} % of the hypervolume with ${state.networks.length} cells`,
    );
    expect(state.networks).toHaveLength(20);
    expect(reached).toBeGreaterThan(0.9);
  });

  it('golden: a seed gives exactly this front', () => {
    const { state, events } = driveSearch(setting({ accepted: 4 }));
    expect(state.front).toMatchInlineSnapshot(`
      [
        1,
        2,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
      ]
    `);
    expect(state.hypervolume).toMatchInlineSnapshot(`0.5046455828684913`);
    for (const claim of verifyRun(events))
      expect(claim, JSON.stringify(claim)).toMatchObject({ holds: true });
  });

  it('trains every cell on as many images, from scratch, whether it began the search or not', () => {
    const { state } = driveSearch(setting({ accepted: 4 }));
    const total = 4 * 4000 + 2 * 4 * 500;
    expect(new Set(state.networks.map(({ ownImages }) => ownImages))).toEqual(
      new Set([Math.floor(total / 12)]),
    );
    expect(state.networks.every(({ inheritedImages }) => inheritedImages === 0)).toBe(true);
  });

  it('goes on with other cells of the front where those trained last are at the caps', () => {
    const { state } = driveSearch(setting({ generations: 4, accepted: 3, maxParameters: 8000 }));
    for (const { objectives } of state.networks.slice(4))
      expect(objectives.parameters).toBeLessThanOrEqual(8000);
    expect(state.networks.filter(({ generation }) => generation === 4)).toHaveLength(3);
  });
});
