import { cheapKeys, estimateDensity, logWeights } from '../density.ts';
import { nextFront } from '../front.ts';
import { drawWithReplacement, drawWithoutReplacement } from '../selection.ts';
import { networkOf } from '../state.ts';
import type { Strategy } from '../strategy.ts';

/**
 * LEMONADE (Elsken, Metzen, Hutter 2019, algorithm 1): parents with replacement and children without, both with
 * probability proportional to 1 / pKDE of their cheap objectives, pKDE being the density of the population that
 * the generation began with; the population is the non-dominated set.
 */
export const lemonade: Strategy = {
  key: 'lemonade',
  title: 'LEMONADE',
  source: 'Elsken, Metzen, Hutter 2019',
  usesApproximate: true,
  screens: true,
  chainLength: (recipe) => ({ min: 1, max: recipe.space === 'cell' ? 1 : 3 }),
  density: (state) =>
    estimateDensity(
      state.population.map((id) => networkOf(state, id).objectives),
      cheapKeys(state.recipe.objectives),
    ),
  parents(state, density, count, random) {
    const objectives = state.population.map((id) => networkOf(state, id).objectives);
    return drawWithReplacement(logWeights(density, objectives), count, random).map(
      (index) => state.population[index]!,
    );
  },
  accept: (density, candidates, count, random) =>
    drawWithoutReplacement(
      logWeights(
        density,
        candidates.map(({ cheap }) => cheap),
      ),
      count,
      random,
    ),
  survive: nextFront,
};
