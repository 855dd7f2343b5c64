import { cheapKeys, estimateDensity } from '../density.ts';
import { networkOf } from '../state.ts';
import type { Strategy } from '../strategy.ts';
import { lemonade } from './lemonade.ts';

/** LEMONADE as published, at this site's budgets: nothing of our schedule, average, last generation or sampling. */
export const lemonadePaper: Strategy = {
  ...lemonade,
  key: 'lemonade-paper',
  title: 'LEMONADE as published',
  source: 'Elsken, Metzen, Hutter 2019, without what is ours',
  chainLength: ({ space }) => ({ min: 1, max: space === 'cell' ? 1 : 3 }),
  density: (state) =>
    estimateDensity(
      state.population.map((id) => networkOf(state, id).objectives),
      cheapKeys(state.recipe.objectives),
    ),
};
