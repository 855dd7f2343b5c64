import { vectorOf } from './bounds.ts';
import { nonDominated } from './dominance.ts';
import type { Competed, NetworkId } from './events.ts';
import type { NetworkRecord } from './network-record.ts';
import { bornIn, networkOf, type SearchState } from './state.ts';

const evaluated = (record: NetworkRecord): boolean => record.status === 'evaluated';

/** The records of `ids` and of the running generation's evaluated children, without repeats, by id. */
export function contenders(state: SearchState, ids: readonly NetworkId[]): readonly NetworkRecord[] {
  const records = new Map(ids.map((id) => [id, networkOf(state, id)]));
  for (const record of bornIn(state, state.generation)) if (evaluated(record)) records.set(record.id, record);
  return [...records.values()].sort((a, b) => a.id - b.id);
}

/** Ids of the non-dominated among `records`, under all objectives of the recipe. */
export function frontOf(state: SearchState, records: readonly NetworkRecord[]): readonly NetworkId[] {
  const vectors = records.map((record) => vectorOf(record.objectives, state.recipe.objectives));
  return nonDominated(vectors).map((index) => records[index]!.id);
}

/** The non-dominated subset of the front so far and this generation's children; hence of all networks. */
export const nextFront = (state: SearchState): readonly NetworkId[] =>
  frontOf(state, contenders(state, state.front));

/**
 * The networks that generations leave to go on from and to show: their populations and fronts. Where generations overlap,
 * the last two are asked for.
 */
export const survivorsOf = (competed: readonly Competed[]): ReadonlySet<NetworkId> =>
  new Set(competed.flatMap(({ population, front }) => [...population, ...front]));
