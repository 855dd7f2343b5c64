import type { Architecture } from '../architecture/types.ts';
import type { Morphism } from '../morphisms/morphism.ts';
import type { ObjectiveKey, ObjectiveValues } from './objectives.ts';
import type { Recipe } from './recipe.ts';

/** Trained (or accepted) networks are numbered 1, 2, 3... in the order of acceptance. */
export type NetworkId = number;

/** Proposals are named by generation and index, for example "3.17". */
export type ProposalId = string;

export type Rejection =
  | 'no-legal-site'
  | 'duplicate'
  | 'too-few-parameters'
  | 'too-many-parameters'
  | 'too-many-multiply-adds'
  | 'too-much-device-memory'
  /** Inference time is an objective and could not be measured. */
  | 'not-measured';

/** Bounds of one objective in the hypervolume box; fixed before the run. `scale` says how they are normalised. */
export interface Bound {
  readonly objective: ObjectiveKey;
  readonly low: number;
  readonly high: number;
  readonly scale: 'linear' | 'log';
}

/** How parents and children were weighted in this generation. */
export type DensityRecord =
  | {
      readonly kind: 'kde';
      readonly objectives: readonly ObjectiveKey[];
      /** log10 of each population member's cheap objectives, one row a member. */
      readonly points: readonly (readonly number[])[];
      /** Kernel bandwidth per objective, in the same log10 units. */
      readonly bandwidths: readonly number[];
      /**
       * Of a kernel that is no product: rows of a lower triangular matrix; times the difference of two points it gives
       * one that is standard normal under the kernel.
       */
      readonly whitening?: readonly (readonly number[])[];
      /** No weight is larger: natural logarithm of the rarest member's 1 / density. */
      readonly logWeightCap?: number;
    }
  | { readonly kind: 'uniform'; readonly reason: string };

/** The record of a last generation that trains only members of the front on, in runs made before November 27th 2026. */
export const finishing = 'the front is trained on';

const chosenByHand = 'chosen by hand';

/** The record of a generation whose parent and operator a person chose: nothing was drawn. */
export const byHand: DensityRecord = { kind: 'uniform', reason: chosenByHand };

export const isByHand = (density: DensityRecord): boolean =>
  density.kind === 'uniform' && density.reason === chosenByHand;

export interface LearningPoint {
  /** Own images seen so far. */
  readonly images: number;
  /** Mean training cross-entropy since the last point. */
  readonly loss: number;
}

interface ProposedBase {
  readonly type: 'proposed';
  readonly generation: number;
  readonly proposal: ProposalId;
  readonly parent: NetworkId;
  readonly chain: readonly Morphism[];
}

/** How close a child came to its parent. */
export interface Closeness {
  /**
   * For approximate morphisms: mean KL divergence to the parent's answers before and after distillation, in nats, averaged
   * over the heads; BN re-estimated before both.
   */
  readonly distillation?: { readonly before: number; readonly after: number };
  /** Images answered as the parent did, right after inheritance, over all heads. */
  readonly agreement?: { readonly same: number; readonly of: number; readonly maxDifference: number };
}

/** The event log is the one truth: live view, replay, step back, import, resume and compare are folds of it. */
export type SearchEvent = SearchEventBody & {
  /** Wall-clock seconds since the run began (pauses excluded); never read by the search itself. */
  readonly seconds: number;
};

export type SearchEventBody =
  | { readonly type: 'started'; readonly recipe: Recipe; readonly bounds: readonly Bound[] }
  /** A starting network: it has no parent and is always trained. Its architecture is given whole. */
  | {
      readonly type: 'seeded';
      readonly network: NetworkId;
      readonly architecture: Architecture;
      readonly cheap: ObjectiveValues;
      readonly origin: 'trivial' | 'given';
    }
  | {
      readonly type: 'generation';
      readonly generation: number;
      readonly density: DensityRecord;
      /** How many equally likely parents would be drawn as evenly; see density.ts. Not in files of versions 1 and 2. */
      readonly effectiveParents?: number;
    }
  | (ProposedBase & { readonly verdict: 'candidate'; readonly cheap: ObjectiveValues })
  | (ProposedBase & {
      readonly verdict: 'rejected';
      readonly reason: Rejection;
      readonly cheap?: ObjectiveValues;
    })
  /** Second stage of the sampling: this proposal is trained, as `network`. */
  | {
      readonly type: 'accepted';
      readonly generation: number;
      readonly proposal: ProposalId;
      readonly network: NetworkId;
      /** Its share of the draw's weights when it was drawn. */
      readonly probability: number;
      /** Images that it is given, where not all of its generation get as many. */
      readonly images?: number;
      /** The same for the candidates of this draw. */
      readonly effectiveCandidates?: number;
    }
  | { readonly type: 'progress'; readonly network: NetworkId; readonly point: LearningPoint }
  | ({
      readonly type: 'evaluated';
      readonly network: NetworkId;
      readonly objectives: ObjectiveValues;
      readonly ownImages: number;
      /** Images its ancestors saw, along the line of inheritance. */
      readonly inheritedImages: number;
      /**
       * All that it cost, in forward passes of one image: training (three an image), distillation, calibration,
       * re-estimation, comparison with its parent. Not in files of versions 1 and 2.
       */
      readonly forwardEquivalents?: number;
      /** Power of the images with which its training loss fell (engine/learning-curve.ts); absent where unknown. */
      readonly learningExponent?: number;
      readonly trainSeconds: number;
      /** Which other device trained it: the name that it gave itself, or its number; absent for the search's own computer. */
      readonly device?: string;
    } & Closeness)
  /** `reason` is written by writeFailure; older files have a sentence. `images`: what its training was given; it may have failed before it saw all. Not in files of versions 1 and 2. */
  | {
      readonly type: 'failed';
      readonly network: NetworkId;
      readonly reason: string;
      readonly images?: number;
    }
  | {
      readonly type: 'competed';
      readonly generation: number;
      readonly joined: readonly NetworkId[];
      readonly left: readonly NetworkId[];
      readonly dominated: readonly NetworkId[];
      /** The population after this generation (for LEMONADE: the front). */
      readonly population: readonly NetworkId[];
      readonly front: readonly NetworkId[];
      readonly hypervolume: number;
    }
  | { readonly type: 'finished'; readonly reason: 'budget' | 'time' | 'stopped' };
/** The end of a generation. */
export type Competed = Extract<SearchEventBody, { type: 'competed' }>;
