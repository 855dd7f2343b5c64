import { cheapKeys, estimateDensity, logWeights } from '../density.ts';
import { contenders, nextFront } from '../front.ts';
import { drawWithReplacement, drawWithoutReplacement } from '../selection.ts';
import { networkOf, type SearchState } from '../state.ts';
import type { Strategy } from '../strategy.ts';

/** All of P0, dominated or not: generation 1 draws its parents from them (algorithm 1). */
const wholeStart = (state: SearchState) => contenders(state, []).map(({ id }) => id);

/**
 * LEMONADE (Elsken, Metzen, Hutter 2019, algorithm 1): parents with replacement and children without, both with
 * probability proportional to 1 / pKDE of their cheap objectives, pKDE being the density of the population that
 * the generation began with; the population is the non-dominated set, from generation 1 on.
 */
export const lemonade: Strategy = {
  key: 'lemonade',
  usesApproximate: true,
  screens: true,
  chainLength: ({ space, chain }) => ({ min: 1, max: space === 'cell' ? 1 : chain }),
  density: (state) =>
    estimateDensity(
      state.population.map((id) => networkOf(state, id).objectives),
      cheapKeys(state.recipe.objectives),
      { factor: state.recipe.bandwidth, kind: state.recipe.density },
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
  selectSurvivors: (state) => (state.generation === 0 ? wholeStart(state) : nextFront(state)),
};

/** LEMONADE as published, at this site's budgets: nothing of our schedule, average, last generation or sampling. */
export const lemonadePaper: Strategy = {
  ...lemonade,
  key: 'lemonade-paper',
  chainLength: ({ space }) => ({ min: 1, max: space === 'cell' ? 1 : 3 }),
  density: (state) =>
    estimateDensity(
      state.population.map((id) => networkOf(state, id).objectives),
      cheapKeys(state.recipe.objectives),
    ),
};

/** The paper's ablation: exact morphisms only, so that networks never shrink. */
export const lemonadeNoAnm: Strategy = {
  ...lemonade,
  key: 'lemonade-no-anm',
  usesApproximate: false,
};

/** The paper's ablation: every child is trained from scratch, on as many images. */
export const lemonadeNoInheritance: Strategy = {
  ...lemonade,
  key: 'lemonade-no-inheritance',
};

/** The paper's ablation: both draws uniform instead of 1 / pKDE. */
export const lemonadeUniform: Strategy = {
  ...lemonade,
  key: 'lemonade-uniform',
  density: () => ({ kind: 'uniform', reason: 'this strategy draws evenly' }),
};
