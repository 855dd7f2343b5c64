import { nextFront } from '../front.ts';
import { bornIn } from '../state.ts';
import type { Strategy } from '../strategy.ts';
import { noDensity, takeFirst } from './take-first.ts';

/** Operators in a random child, at most. [ours] Long enough to reach the caps from the starting networks. */
const longestChain = 12;

/** Random search: a starting network, 1 to 12 random operators, training from scratch. */
export const randomSearch: Strategy = {
  key: 'random',
  usesApproximate: true,
  screens: false,
  chainLength: () => ({ min: 1, max: longestChain }),
  density: noDensity('random search draws evenly'),
  parents(state, _density, count, random) {
    const seeds = bornIn(state, 0);
    return Array.from({ length: count }, () => random.pick(seeds).id);
  },
  accept: takeFirst,
  selectSurvivors: nextFront,
};
