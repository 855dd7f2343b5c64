import type { Bound, DensityRecord, NetworkId } from './events.ts';
import type { Candidate, NetworkRecord } from './network-record.ts';
import type { Recipe } from './recipe.ts';

/** propose -> sift -> train -> compete -> propose ...; the starting networks begin with train. */
export type SearchPhase = 'propose' | 'sift' | 'train' | 'finished';

/** Everything the loop knows: plain JSON, and a fold of the event log (see fold.ts). */
export interface SearchState {
  readonly recipe: Recipe;
  readonly bounds: readonly Bound[];
  readonly phase: SearchPhase;
  /** The generation running or last finished; 0 while the starting networks train. */
  readonly generation: number;
  /** True once `generation` has competed. */
  readonly competed: boolean;
  /** Network with id n at index n - 1. */
  readonly networks: readonly NetworkRecord[];
  readonly population: readonly NetworkId[];
  /** The population before `generation` competed; what an overlapping generation is drawn from. */
  readonly previousPopulation: readonly NetworkId[];
  /** Non-dominated among all evaluated networks; for LEMONADE it is the population. */
  readonly front: readonly NetworkId[];
  readonly hypervolume: number;
  /** Of the running generation; null before it. */
  readonly density: DensityRecord | null;
  /** Of the running generation, in the order of proposal. */
  readonly candidates: readonly Candidate[];
}

/** Record of network `id`. Throws when the run has none. */
export function networkOf(state: SearchState, id: NetworkId): NetworkRecord {
  const record = state.networks[id - 1];
  if (!record) throw new Error(`this run has no network ${id}`);
  return record;
}

/** Networks accepted for `generation` (0: the starting networks), in the order of their ids. */
export function bornIn(state: SearchState, generation: number): readonly NetworkRecord[] {
  const born: NetworkRecord[] = [];
  for (let index = state.networks.length - 1; index >= 0; index--) {
    const record = state.networks[index]!;
    if (record.generation < generation) break;
    if (record.generation === generation) born.push(record);
  }
  return born.reverse();
}
