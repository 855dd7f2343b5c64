import type { Architecture } from '../architecture/types.ts';
import type { Morphism } from '../morphisms/morphism.ts';
import { imagesBefore, imagesPerNetwork, rateSpan, type RateSpan } from './budget.ts';
import type { NetworkId } from './events.ts';
import { applyEvents } from './fold.ts';
import { isAhead, propose, sift } from './loop.ts';
import type { Problem } from './problem.ts';
import { inheritsWeights, isPlain } from './recipe.ts';
import { bornIn, networkOf, type SearchState } from './state.ts';

/** One network to train. Derived from the state, so it is the same again after a crash. */
export interface Job {
  readonly network: NetworkId;
  readonly parent: NetworkId | null;
  /** True where the child starts from its parent's weights by `chain`; else it is trained from scratch. */
  readonly inherits: boolean;
  readonly chain: readonly Morphism[];
  readonly architecture: Architecture;
  readonly ownImages: number;
  /** Images along the line of inheritance before. */
  readonly inheritedImages: number;
  /** Null: a schedule of its own. */
  readonly rates: RateSpan | null;
  /** Power of the running average; 0 for none. */
  readonly averaging: number;
}

/** Networks to train now, in the order of their ids: those accepted (or seeded) and not yet settled. */
export function jobsOf(state: SearchState): readonly Job[] {
  if (state.phase !== 'train') return [];
  const { recipe, generation } = state;
  const born = bornIn(state, generation);
  return born
    .filter(({ status }) => status === 'training')
    .map((record) => ({
      network: record.id,
      parent: record.parent,
      inherits: record.parent !== null && inheritsWeights[recipe.strategy],
      chain: record.chain,
      architecture: record.architecture,
      ownImages: record.images ?? imagesPerNetwork(recipe, generation, born.length),
      inheritedImages: imagesBefore(state, record),
      rates: rateSpan(state, generation),
      averaging: isPlain(recipe.strategy) ? 0 : recipe.averaging,
    }));
}

/**
 * Jobs of the generation after the one in training, where generations overlap: the very jobs that propose and sift will
 * lead to once it has competed. None where what is drawn hangs on measured times. [ours]
 */
export function jobsAhead(state: SearchState, problem: Problem): readonly Job[] {
  const { recipe, phase, generation, population } = state;
  if (phase !== 'train' || !isAhead(recipe, generation + 1)) return [];
  if (recipe.objectives.includes('inferenceSeconds')) return [];
  let ahead: SearchState = { ...state, phase: 'propose', competed: true, previousPopulation: population };
  ahead = applyEvents(ahead, propose(ahead, problem).events, problem)!;
  ahead = applyEvents(ahead, sift(ahead), problem)!;
  return jobsOf(ahead).filter((job) => networkOf(ahead, job.network).generation === ahead.generation);
}
