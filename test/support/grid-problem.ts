/**
 * A synthetic search space with a known front: two integers a, b from 1 to 32, written as the filters of two blocks.
 * Parameters grow with a + b alone, error falls with it and rises with |a - b|; so the front is |a - b| <= 1.
 */
import { buildArchitecture } from '../../src/core/architecture/build.ts';
import type { Architecture, BlockNode } from '../../src/core/architecture/types.ts';
import type { Morphism } from '../../src/core/morphisms/morphism.ts';
import { fail, ok } from '../../src/core/result.ts';
import { plain, presetRecipe } from '../../src/core/search/presets.ts';
import type { Problem } from '../../src/core/search/problem.ts';
import type { Recipe } from '../../src/core/search/recipe.ts';
import type { Setting, Train } from './drive-search.ts';

const largest = 32;

export function gridNetwork(a: number, b: number): Architecture {
  const graph = buildArchitecture({ height: 8, width: 8, channels: 1 });
  graph.head(graph.conv(graph.conv(graph.input, a), b), 10);
  return graph.build();
}

const blocks = (architecture: Architecture) =>
  architecture.nodes.filter((node): node is BlockNode => node.kind === 'conv');

export function gridPoint(architecture: Architecture): [a: number, b: number] {
  const [a, b] = blocks(architecture).map(({ filters }) => filters);
  return [a!, b!];
}

export const gridParameters = (a: number, b: number) => Math.round(300 * 1.1 ** (a + b - 2));
export const gridError = (a: number, b: number) => 0.85 * (1 - (a + b) / 70) + 0.004 * Math.abs(a - b);

function step(architecture: Architecture, morphism: Morphism): Architecture | null {
  if (morphism.operator !== 'widen' && morphism.operator !== 'prune') return null;
  const nodes = architecture.nodes.map((node) =>
    node.id === morphism.block && node.kind === 'conv'
      ? { ...node, filters: node.filters + (morphism.operator === 'widen' ? 1 : -1) }
      : node,
  );
  const child = { nodes };
  return gridPoint(child).every((value) => value >= 1 && value <= largest) ? child : null;
}

export const gridProblem: Problem = {
  drawChain(architecture, random, { min, max, exclude = [] }) {
    const chain: Morphism[] = [];
    const length = min + random.integer(max - min + 1);
    for (let i = 0; i < length; i++) {
      const block = random.pick(blocks(architecture)).id;
      const shrink = !exclude.includes('prune') && random.integer(2) === 1;
      chain.push(
        shrink
          ? { operator: 'prune', block, fraction: 0.25 }
          : { operator: 'widen', block, factor: 1.5, variant: 'zero' },
      );
    }
    return ok(chain);
  },
  applyChain(architecture, chain) {
    let child: Architecture | null = architecture;
    for (const morphism of chain) child = child && step(child, morphism);
    return child ? ok(child) : fail('outside the grid');
  },
  cheap(architecture) {
    const parameters = gridParameters(...gridPoint(architecture));
    return { parameters, multiplyAdds: 10 * parameters, activationBytes: 4096 };
  },
  identity: (architecture) => gridPoint(architecture).join(),
};

export const gridTraining: Train = (job) =>
  ok({
    network: job.network,
    objectives: { error: gridError(...gridPoint(job.architecture)) },
    ownImages: job.ownImages,
    trainSeconds: 1,
  });

/** Objective values of the whole known front. */
export const gridFront = Array.from({ length: 2 * largest - 1 }, (_, index) => {
  const sum = index + 2;
  const [a, b] = [Math.floor(sum / 2), Math.ceil(sum / 2)];
  return { error: gridError(a, b), parameters: gridParameters(a, b) };
});

/** Budget of the driven searches, apart from the presets. */
export const smallBudget = {
  ...{ generations: 8, proposals: 24, accepted: 4, imagesPerChild: 2000, imagesPerSeed: 8000 },
} as const;

export function gridSetting(recipe: Partial<Recipe> = {}): Setting {
  const seeds = [gridNetwork(1, 1), gridNetwork(2, 12), gridNetwork(16, 20), gridNetwork(28, 25)];
  return {
    recipe: {
      ...presetRecipe('digits'),
      ...plain,
      ...smallBudget,
      minParameters: 200,
      maxParameters: 200_000,
      maxMultiplyAdds: 2_000_000,
      ...recipe,
    },
    facts: { height: 8, width: 8, channels: 1, classes: 10 },
    seeds: seeds.map((architecture) => ({ architecture, origin: 'trivial' })),
    problem: gridProblem,
    train: gridTraining,
  };
}
