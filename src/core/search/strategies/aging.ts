import type { Random } from '../../random.ts';
import { normaliseAll } from '../bounds.ts';
import type { NetworkId } from '../events.ts';
import { contenders } from '../front.ts';
import { networkOf, type SearchState } from '../state.ts';
import type { Strategy } from '../strategy.ts';
import { noDensity, takeFirst } from './take-first.ts';

/** Networks alive at once, and how many meet in a tournament. [ours], scaled down from the paper's 100 and 25. */
const alive = 16;
const tournament = 4;

/** A point uniform on the simplex: weights of the objectives that sum to 1. */
function randomWeights(count: number, random: Random): number[] {
  const parts = Array.from({ length: count }, () => -Math.log(1 - random.next()));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

/** Weighted Chebyshev distance to the ideal corner of the bounds, with a small sum that breaks ties. */
function scalarise(state: SearchState, id: NetworkId, weights: readonly number[]): number {
  const vector = normaliseAll(networkOf(state, id).objectives, state.bounds);
  const terms = vector.map((value, i) => weights[i]! * value);
  return Math.max(...terms) + 0.05 * terms.reduce((sum, term) => sum + term, 0);
}

function winner(state: SearchState, random: Random): NetworkId {
  const weights = randomWeights(state.bounds.length, random);
  let best = random.pick(state.population);
  let bestValue = scalarise(state, best, weights);
  for (let i = 1; i < tournament; i++) {
    const other = random.pick(state.population);
    const value = scalarise(state, other, weights);
    if (value < bestValue) [best, bestValue] = [other, value];
  }
  return best;
}

/**
 * Aging evolution (Real et al. 2019): tournaments choose parents, the oldest die. It has one objective, so each
 * tournament scalarises by a fresh random weighting (weighted Chebyshev over the run's bounds) [ours].
 */
export const aging: Strategy = {
  key: 'aging',
  usesApproximate: true,
  screens: false,
  chainLength: () => ({ min: 1, max: 1 }),
  density: noDensity('aging evolution holds tournaments'),
  parents: (state, _density, count, random) => Array.from({ length: count }, () => winner(state, random)),
  accept: takeFirst,
  selectSurvivors: (state) =>
    contenders(state, state.population)
      .slice(-alive)
      .map(({ id }) => id),
};

/** The same with inherited weights, so that selection and inheritance can be told apart. [ours] */
export const agingInherit: Strategy = {
  ...aging,
  key: 'aging-inherit',
};
