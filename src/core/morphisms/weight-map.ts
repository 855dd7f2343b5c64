import type { TensorRef } from '../architecture/weights.ts';

/** A run of channels along one axis of a child tensor, and where each comes from. */
export type ChannelRun =
  /** The parent's channels start .. start + length - 1, unchanged. */
  | { readonly kind: 'copy'; readonly start: number; readonly length: number }
  /** One channel of the parent's, multiplied by `factor` (Net2Wider's copies). */
  | { readonly kind: 'repeat'; readonly channel: number; readonly factor: number }
  /** Channels the parent does not have. */
  | { readonly kind: 'new'; readonly length: number }
  /** The channels a selection keeps (pruning), shifted by `start`; which ones is known once weights are seen. */
  | { readonly kind: 'kept'; readonly start: number; readonly selection: string };

/** How numbers that no parent number stands behind begin. */
export type Fill =
  | { readonly kind: 'constant'; readonly value: number }
  /** Normal with variance 2 / fanIn (He et al. 2015). */
  | { readonly kind: 'he'; readonly fanIn: number }
  /** A kernel that passes every channel on: 1 at the centre where input channel = output channel. */
  | { readonly kind: 'identity' }
  /**
   * A statistic of this block's own convolution output (before BN) in the child, over a calibration batch:
   * its mean, its variance, or deviation = sqrt(variance + eps).
   */
  | { readonly kind: 'measured'; readonly statistic: 'mean' | 'variance' | 'deviation' };

export type TensorSource =
  /**
   * Numbers of one parent tensor, picked along its input-channel and output-channel axes (null: the axis is
   * taken whole). Where an index is new: `newOutputs` fills new output channels, `newInputs` the new input
   * channels of old outputs. `noise`: relative symmetry-breaking noise on repeated filters.
   */
  | {
      readonly kind: 'gather';
      readonly from: TensorRef;
      readonly inputs: readonly ChannelRun[] | null;
      readonly outputs: readonly ChannelRun[] | null;
      readonly newInputs: Fill;
      readonly newOutputs: Fill;
      readonly noise: number;
    }
  | { readonly kind: 'fill'; readonly fill: Fill }
  /** Best rank-1 factorisation (SVD) of each input channel's [k * k, filters] slice of a conv kernel. */
  | { readonly kind: 'factor'; readonly from: TensorRef; readonly part: 'depthwise' | 'pointwise' };

export interface TensorMap {
  readonly to: TensorRef;
  readonly source: TensorSource;
}

/** Keep the `keep` channels of `channels` whose filters have the largest L1 norm, summed over the tied tensors. */
export interface Selection {
  readonly id: string;
  readonly channels: number;
  readonly keep: number;
  /** conv kernels or pointwise kernels; the norm is taken per output channel. */
  readonly filters: readonly TensorRef[];
}

/**
 * Where every weight of a child comes from, as data: exactly one TensorMap per child tensor. The engine carries
 * it out; the page explains provenance from it. (Networks' numbers: lemonade.md section 3.)
 */
export interface WeightMap {
  readonly tensors: readonly TensorMap[];
  readonly selections: readonly Selection[];
}
