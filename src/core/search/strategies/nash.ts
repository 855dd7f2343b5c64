import { contenders } from '../front.ts';
import type { Strategy } from '../strategy.ts';
import { noDensity, takeFirst } from './take-first.ts';

/** Morphisms per child, at most: n_NM of the paper, which draws exactly that many. Fewer still fit near the caps [ours]. */
const morphisms = 5;

/**
 * NASH (Elsken, Metzen, Hutter 2017, "Simple and efficient architecture search by hill climbing"): children of the
 * one best network, several exact morphisms each; the best of them and of it goes on. One objective: the recipe's
 * first. Its front is the archive of all it trained. The current best is kept, not trained further [ours].
 */
export const nash: Strategy = {
  key: 'nash',
  usesApproximate: false,
  screens: false,
  chainLength: (recipe) => ({ min: 1, max: recipe.space === 'cell' ? 1 : morphisms }),
  density: noDensity('hill climbing has one parent'),
  parents: (state, _density, count) => Array.from({ length: count }, () => state.population[0]!),
  accept: takeFirst,
  selectSurvivors(state) {
    const key = state.recipe.objectives[0]!;
    const [best] = [...contenders(state, state.population)].sort(
      (a, b) => a.objectives[key]! - b.objectives[key]! || a.id - b.id,
    );
    return best ? [best.id] : [];
  },
};
