import { crowdingDistances } from '../../metrics/crowding.ts';
import type { Random } from '../../random.ts';
import { normaliseAll } from '../bounds.ts';
import { layers } from '../dominance.ts';
import type { NetworkId } from '../events.ts';
import { contenders } from '../front.ts';
import type { NetworkRecord } from '../network-record.ts';
import { networkOf, type SearchState } from '../state.ts';
import type { Strategy } from '../strategy.ts';
import { noDensity, takeFirst } from './take-first.ts';

/** Networks kept. [ours], scaled down to the budgets here. */
const size = 16;

export interface Ranked {
  readonly id: NetworkId;
  readonly rank: number;
  readonly crowding: number;
}

/** Records by rank, then by crowding, the least crowded first (the crowded comparison of Deb et al. 2002). */
export function ranked(state: SearchState, records: readonly NetworkRecord[]): readonly Ranked[] {
  const vectors = records.map((record) => normaliseAll(record.objectives, state.bounds));
  return layers(vectors).flatMap((layer, rank) => {
    const crowding = crowdingDistances(layer.map((index) => vectors[index]!));
    return layer
      .map((index, position) => ({ id: records[index]!.id, rank, crowding: crowding[position]! }))
      .sort((a, b) => (a.crowding === b.crowding ? a.id - b.id : b.crowding - a.crowding));
  });
}

const wins = (a: Ranked, b: Ranked): boolean =>
  a.rank < b.rank || (a.rank === b.rank && a.crowding > b.crowding);

export function binaryTournament(members: readonly Ranked[], random: Random): NetworkId {
  const [a, b] = [random.pick(members), random.pick(members)];
  return wins(b, a) ? b.id : a.id;
}

/**
 * NSGA-II (Deb et al. 2002): binary tournaments by rank and crowding, the best of parents and children survive.
 * Children by one operator, no crossover: graphs have none here [ours]; from scratch, as NSGA-Net trains them.
 */
export const nsga2: Strategy = {
  key: 'nsga2',
  usesApproximate: true,
  screens: false,
  chainLength: () => ({ min: 1, max: 1 }),
  density: noDensity('NSGA-II holds tournaments'),
  parents(state, _density, count, random) {
    const members = ranked(
      state,
      state.population.map((id) => networkOf(state, id)),
    );
    return Array.from({ length: count }, () => binaryTournament(members, random));
  },
  accept: takeFirst,
  selectSurvivors: (state) =>
    ranked(state, contenders(state, state.population))
      .slice(0, size)
      .map(({ id }) => id)
      .sort((a, b) => a - b),
};

/** The same with inherited weights, so that selection and inheritance can be told apart. [ours] */
export const nsga2Inherit: Strategy = {
  ...nsga2,
  key: 'nsga2-inherit',
};
