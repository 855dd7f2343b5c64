import { deepNetworks, trivialNetworks } from '../architecture/starting-networks.ts';
import type { Architecture, Shape } from '../architecture/types.ts';
import { drawCellChain } from '../morphisms/cell-morphisms.ts';
import { cellStartingNetworks } from '../morphisms/cells.ts';
import { fail, ok } from '../result.ts';
import type { TaskFacts } from './bounds.ts';
import { networkProblem } from './network-problem.ts';
import type { Problem } from './problem.ts';
import type { Recipe } from './recipe.ts';
import { strategies } from './strategies/strategies.ts';

/** The networks that a run of `recipe` begins with: those of its hand-made family, else those of its space. */
export function startingNetworksOf(
  recipe: Recipe,
  { secondClasses, classes, ...shape }: TaskFacts,
): readonly Architecture[] {
  const options = secondClasses === undefined ? {} : { secondClasses };
  const { family } = strategies[recipe.strategy];
  return family
    ? family(shape, classes, options, recipe)
    : recipe.space === 'network' && recipe.starts === 'deep'
      ? deepNetworks(shape, classes, options)
      : spaces[recipe.space].startingNetworks(shape, classes, options);
}

/** A search space: where it starts and which chains it proposes. Everything else is the same in both. */
export interface Space {
  readonly problem: Problem;
  startingNetworks(
    shape: Shape,
    classes: number,
    options?: { readonly secondClasses?: number },
  ): readonly Architecture[];
}

/** Space I, whole networks, and space II, a cell stacked in a fixed macro-architecture (paper, section 5). */
export const spaces: Readonly<Record<Recipe['space'], Space>> = {
  network: { problem: networkProblem, startingNetworks: trivialNetworks },
  cell: {
    problem: {
      ...networkProblem,
      drawChain(architecture, random, limits) {
        const drawn = drawCellChain(architecture, random, limits.exclude ? { exclude: limits.exclude } : {});
        return drawn.ok ? ok(drawn.value.chain) : fail(drawn.reason.chain);
      },
    },
    startingNetworks: cellStartingNetworks,
  },
};
