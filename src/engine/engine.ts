import type { Architecture, NodeId } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import type { LearningPoint } from '../core/search/events.ts';
import type { ImageSet } from '../datasets/types.ts';
import type { Result } from '../core/result.ts';

export type BackendKind = 'webgpu' | 'webgl' | 'wasm' | 'cpu';

/** Which backend runs, and what its self-test found. Plain JSON; shown on the backend chip and in the run file. */
export interface BackendReport {
  readonly kind: BackendKind;
  readonly trainer: 'plan' | 'portable';
  readonly adapter: string;
  /** A GPU emulated on the processor. */
  readonly software: boolean;
  /** The tiny known training step: largest absolute difference from the known numbers. */
  readonly selfTest: { readonly passed: boolean; readonly maxDifference: number };
  /** Why backends before this one in the order of preference were not taken. */
  /** `reason` is written by writeFailure; older files have a sentence. */
  readonly passedOver: readonly { readonly kind: BackendKind; readonly reason: string }[];
}

export interface TrainingSchedule {
  /** Images to see in all; rounded up to whole batches. */
  readonly images: number;
  readonly batch: number;
  /** Peak rate, from which it falls to `lastRate` over the whole of `images`, after `warmup` images of linear rise. */
  readonly rate: number;
  /** Rate after the last step; 0 where it is not given. */
  readonly lastRate?: number;
  /** How the rate falls; along a cosine where it is not given. */
  readonly decay?: 'cosine' | 'linear';
  readonly warmup: number;
  readonly momentum: number;
  /** L2 weight decay, added to the gradient of kernels (conv, depthwise, pointwise, dense); not of BN, lambda, bias. */
  readonly weightDecay: number;
  readonly augment: 'none' | 'shift' | 'shift-flip';
  /** Name of the generator that decides batches and augmentation, for example "42/child/17/train". */
  readonly randomName: string;
  /** A running average of the weights, kept beside them (Network.average); none where it is not given. */
  readonly averaging?: Averaging;
  /**
   * Of a supernet: the network of some of its nodes, under their ids, that step `step` (0-based) trains in its place. Weights
   * that it does not have get no gradient; momentum and weight decay go on.
   */
  readonly pathOf?: (step: number) => Architecture;
}

/**
 * Polynomial-decay averaging (Shamir and Zhang 2013, "Stochastic gradient descent for non-smooth optimization", section
 * 4): after step t the average moves to the weights by (power + 1) / (t + power), so that it always covers about the
 * last 1 / power of all steps.
 */
export interface Averaging {
  readonly power: number;
  /** Images along the line of inheritance before this training, where the average goes on from `from`. */
  readonly imagesBefore: number;
  /** The average so far, laid out by layoutOf; it begins at the weights where null. */
  readonly from: Weights | null;
}

export interface TrainingHooks {
  /** Called every few dozen steps. */
  readonly onProgress?: (point: LearningPoint) => void;
  /** Awaited wherever training yields: a promise pauses it until that settles; null goes on at once. */
  readonly gate?: () => Promise<void> | null;
  /** Aborts between steps; the failure is then 'aborted'. */
  readonly signal?: AbortSignal;
}

export interface Evaluation {
  /** Share of wrong answers, 0 to 1. */
  readonly error: number;
  /** Mean cross-entropy. */
  readonly loss: number;
}

export interface ChannelStatistics {
  /** [channels], over batch, height and width; biased variance. */
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** Images and the teacher's probabilities for them, [data.count, classes]. */
export interface Taught {
  readonly data: ImageSet;
  readonly teacher: Float32Array;
}

/** A network on a device. All sizes follow from its architecture. Dispose of it. */
export interface Network {
  readonly architecture: Architecture;
  /** A copy of the weights, laid out by layoutOf(architecture). */
  weights(): Promise<Weights>;
  setWeights(weights: Weights): void;
  /**
   * A copy of the running average that the last training kept (TrainingSchedule.averaging), with the running statistics
   * of the weights; the weights themselves where it kept none.
   */
  average(): Promise<Weights>;
  /** Ordinary training of all trainable weights on the images given by hard labels of head `task` 0 (and 1). */
  train(
    data: ImageSet,
    schedule: TrainingSchedule,
    hooks?: TrainingHooks,
    /** Trains head 1 on these, batch by batch in turn with head 0; `schedule.images` counts both. */
    second?: ImageSet,
  ): Promise<Result<LearningPoint>>;
  /**
   * Distillation: soft cross-entropy (T = 1) to `teacher` probabilities [data.count, classes]; only the weights
   * of `affected` nodes move; BN of frozen nodes runs in inference mode. With `second` head 1 is distilled batch by
   * batch in turn with head 0, as in `train`.
   */
  distill(
    data: ImageSet,
    teacher: Float32Array,
    affected: readonly NodeId[],
    schedule: TrainingSchedule,
    hooks?: TrainingHooks,
    second?: Taught,
  ): Promise<Result<LearningPoint>>;
  /**
   * Sets every BN's running statistics for the head of `task` from `images` un-augmented training images of its set
   * (several batches, averaged).
   */
  reestimate(data: ImageSet, images: number, task?: number): Promise<void>;
  /** Inference mode, with the running statistics of the head of `task`; logits float32 [count, classes] of images `start` .. `start + count - 1`. */
  logits(data: ImageSet, start: number, count: number, task?: number): Promise<Float32Array>;
  /** Error and loss over the whole set, inference mode. */
  evaluate(data: ImageSet, task?: number): Promise<Evaluation>;
  /** Statistics of a block's convolution output before BN, inference mode, over the first `count` images. */
  preactivationStatistics(
    data: ImageSet,
    count: number,
    blocks: readonly NodeId[],
    task?: number,
  ): Promise<ReadonlyMap<NodeId, ChannelStatistics>>;
  dispose(): void;
}

/** A device ready to run networks. One per worker. */
export interface Engine {
  readonly report: BackendReport;
  /** Weights laid out by layoutOf(architecture). Throws RangeError when their length differs. */
  network(architecture: Architecture, weights: Weights): Network;
  /** Bytes held on the device now (0 where the backend cannot say). */
  memory(): { readonly bytes: number; readonly tensors: number };
  /** Frees pooled buffers between candidates. */
  purge(): void;
  /** Resolves with the reason when the device is lost; never otherwise. */
  readonly lost: Promise<string>;
  dispose(): void;
}

/** Batch-normalisation epsilon used everywhere. */
export const batchNormEpsilon = 1e-3;
