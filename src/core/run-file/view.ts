import type {
  Bound,
  Closeness,
  DensityRecord,
  LearningPoint,
  NetworkId,
  Rejection,
} from '../search/events.ts';
import type { Candidate, NetworkRecord } from '../search/network-record.ts';
import type { Recipe } from '../search/recipe.ts';
import type { Told } from './told.ts';

/** One network as the log up to the cursor tells it. */
export interface NetworkView extends NetworkRecord, Closeness {
  readonly onFront: boolean;
  /** All that it cost, in forward passes of one image; not known of older files. */
  readonly forwardEquivalents?: number;
  readonly trainSeconds: number;
  readonly curve: readonly LearningPoint[];
  /** Why it failed. */
  readonly reason?: string;
}

export interface ProposalView extends Candidate {
  /** candidate: legal, not drawn (yet); accepted: trained as `network`; rejected: `reason`. */
  readonly verdict: 'candidate' | 'accepted' | 'rejected';
  readonly reason?: Rejection;
  readonly network?: NetworkId;
}

export interface GenerationView {
  readonly generation: number;
  readonly density: DensityRecord | null;
  /** How many equally likely parents, and candidates, would be drawn as evenly; not known of older files. */
  readonly effectiveParents?: number;
  readonly effectiveCandidates?: number;
  readonly proposals: readonly ProposalView[];
  readonly trained: readonly NetworkId[];
  /** Null until the generation has competed. */
  readonly outcome: {
    readonly joined: readonly NetworkId[];
    readonly left: readonly NetworkId[];
    readonly dominated: readonly NetworkId[];
    readonly population: readonly NetworkId[];
    readonly front: readonly NetworkId[];
    readonly hypervolume: number;
  } | null;
}

export type Phase = 'seeding' | 'propose' | 'sift' | 'train' | 'compete' | 'finished';

/** Everything the page draws: the fold of the event log up to a cursor. */
export interface RunView {
  readonly recipe: Recipe;
  readonly bounds: readonly Bound[];
  readonly networks: ReadonlyMap<NetworkId, NetworkView>;
  /** Index 0 is the starting networks' generation. */
  readonly generations: readonly GenerationView[];
  /** The generation now running (or last run). */
  readonly generation: number;
  /**
   * How many events and changes of phase came before, proposals and progress not counted: two views of one log with
   * the same count differ only in what is proposed, learning curves, images seen and time.
   */
  readonly milestones: number;
  readonly phase: Phase;
  readonly population: readonly NetworkId[];
  readonly front: readonly NetworkId[];
  readonly hypervolume: number;
  readonly seconds: number;
  readonly proposedCount: number;
  readonly trainedCount: number;
  readonly imagesSeen: number;
  readonly finished: 'budget' | 'time' | 'stopped' | null;
  /**
   * Of a run that came by a link, which lacks networks: its counts at the end of each generation. `trainedCount`,
   * `proposedCount` and `imagesSeen` are then the last of these, 0 where the link does not say them.
   */
  readonly told?: readonly Told[];
}

/** From the starting network down to network `id`; empty where there is none. */
export function lineageOf(
  { networks }: Pick<RunView, 'networks'>,
  id: NetworkId | null,
): readonly NetworkView[] {
  const line: NetworkView[] = [];
  let network = id === null ? undefined : networks.get(id);
  while (network && !line.includes(network)) {
    line.unshift(network);
    network = network.parent === null ? undefined : networks.get(network.parent);
  }
  return line;
}

/** Evaluated, but its generation has not competed yet: neither on the front nor dominated. */
export const isJustTrained = (
  { generations }: Pick<RunView, 'generations'>,
  { status, onFront, generation }: NetworkView,
): boolean => status === 'evaluated' && !onFront && !generations[generation]?.outcome;

/** The last generation that has competed; -1 for none. */
export const lastCompeted = ({ generations }: Pick<RunView, 'generations'>): number =>
  generations.findLast(({ outcome }) => outcome)?.generation ?? -1;

/** Whether nothing but its front is known of a run: it has no curve. */
export const isFrontOnly = ({ generations }: Pick<RunView, 'generations'>): boolean =>
  generations.length === 0;
