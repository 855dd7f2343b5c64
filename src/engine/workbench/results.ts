import type { Architecture } from '../../core/architecture/types.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import type { ChainStep } from '../../core/morphisms/catalog.ts';
import type { ImageSet } from '../../datasets/types.ts';
import type { BreakKind } from './breaks.ts';
import type { Answers, Difference } from './measure.ts';

export interface Subject {
  readonly architecture: Architecture;
  readonly weights: Weights;
}

export interface Opened extends Subject {
  readonly answers: Answers;
  /** uint8 [count, height, width, channels] and labels of the check images. */
  readonly check: ImageSet;
  /** Epsilon of BN. */
  readonly epsilon: number;
}

export interface Measured {
  readonly answers: Answers;
  readonly difference: Difference;
}

export interface Transformed {
  readonly step: ChainStep;
  /** The child as inherited, before any training. */
  readonly weights: Weights;
  readonly exact: boolean;
  readonly inference: Measured;
  /** The same with BN in training mode, parent and child on the same batches. */
  readonly training: Measured & { readonly parent: Answers };
  readonly breaks: readonly BreakKind[];
}

/** Another parent than the one on the bench, and what it answers; both it and its child with tanh for ReLU. */
export interface TanhParent extends Subject {
  readonly answers: Answers;
}

export interface Broken extends Subject, Measured {
  readonly kind: BreakKind;
  /** The parent that the difference is measured against where it is not the one on the bench. */
  readonly tanh: TanhParent | null;
  /** Of the numbers that the morphism made new: how many the first gradient leaves where they are; of how many. */
  readonly stuck: { readonly zero: number; readonly of: number } | null;
}

/** A point on the way: images seen, and what was measured there. */
export interface DistillReading extends Measured {
  readonly images: number;
}

export type Arm = 'inherited' | 'broken' | 'scratch';

export interface LearnReading {
  readonly arm: Arm;
  readonly seed: number;
  readonly images: number;
  /** Share of wrong answers on the check images. */
  readonly error: number;
}
