import { trivialNetworks } from '../../src/core/architecture/starting-networks.ts';
import { networkProblem } from '../../src/core/search/network-problem.ts';
import { proposalProblem } from '../../src/core/search/proposal-problem.ts';
import { plain, presetRecipe } from '../../src/core/search/presets.ts';
import type { Recipe } from '../../src/core/search/recipe.ts';
import { seeded } from '../../src/core/random.ts';
import { ok } from '../../src/core/result.ts';
import { smallBudget } from './grid-problem.ts';
import { driveSearch, type Setting, type Train } from './drive-search.ts';

const shape = { height: 28, width: 28, channels: 1 };
const facts = { ...shape, classes: 10 };

/** An error surface over real architectures: falls with parameters and depth, a little noise by identity. */
export const pretendTraining: Train = (job) => {
  const { parameters, identity } = {
    parameters: networkProblem.cheap(job.architecture).parameters!,
    identity: networkProblem.identity(job.architecture),
  };
  const noise = seeded(identity).next();
  const error = Math.min(0.9, 0.08 + 0.5 * (parameters / 300) ** -0.35 + 0.08 * noise);
  return ok({
    network: job.network,
    objectives: { error },
    ownImages: job.ownImages,
    trainSeconds: 1,
  });
};

/** A search over real networks and operators whose training is pretended: quick, and the same every time. */
export function networkSetting(recipe: Partial<Recipe> = {}): Setting {
  return {
    recipe: { ...presetRecipe('fashion'), ...plain, ...smallBudget, ...recipe },
    facts,
    seeds: trivialNetworks(shape, facts.classes).map((architecture) => ({ architecture, origin: 'trivial' })),
    problem: proposalProblem('network'),
    train: pretendTraining,
  };
}

export const driveNetworks = (recipe: Partial<Recipe> = {}) => driveSearch(networkSetting(recipe));
