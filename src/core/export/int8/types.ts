import type { Shape } from '../../architecture/types.ts';
import type { FixedFactor } from './fixed-point.ts';
import type { ValueIndex } from './folded.ts';

/** What stands for a real number: (integer - zeroPoint) * scale. */
export interface Quantisation {
  /** A float32 number. */
  readonly scale: number;
  /** -128 to 127. */
  readonly zeroPoint: number;
}

export interface Int8Value extends Quantisation {
  readonly name: string;
  readonly shape: Shape;
}

interface Reads {
  readonly input: ValueIndex;
  readonly output: ValueIndex;
}

/** Weights of a convolution or the dense layer, symmetric, int8 -127 to 127. */
interface Filters {
  readonly weights: Int8Array;
  /** float32, one a filter (depthwise: a channel). */
  readonly weightScales: readonly number[];
  /** In units of the input's scale times the filter's. */
  readonly bias: Int32Array;
  /** From an accumulator to the output's scale, one a filter. */
  readonly factors: readonly FixedFactor[];
}

/** Stride 1, same padding. Weights [out, k, k, in]; the output is never below `low` (its zero point: ReLU). */
export interface Int8Conv extends Reads, Filters {
  readonly kind: 'conv';
  readonly size: number;
  readonly low: number;
}

/** Weights [k, k, channels]; no ReLU. */
export interface Int8Depthwise extends Reads, Filters {
  readonly kind: 'depthwise';
  readonly size: number;
}

/** 2 x 2, stride 2; the output has the input's scale. */
export interface Int8MaxPool extends Reads {
  readonly kind: 'maxPool';
}

/** TensorFlow Lite's ADD of share * first and (1 - share) * second, whose scales are `shares` times the inputs'. */
export interface Int8Add {
  readonly kind: 'add';
  readonly inputs: readonly [ValueIndex, ValueIndex];
  readonly output: ValueIndex;
  readonly shares: readonly [number, number];
  /** float32 scales of both parts. */
  readonly partScales: readonly [number, number];
  readonly partFactors: readonly [FixedFactor, FixedFactor];
  readonly factor: FixedFactor;
}

/** The same numbers at another scale. */
export interface Int8Requantise extends Reads {
  readonly kind: 'requantise';
  readonly factor: FixedFactor;
}

/** Inputs of the output's scale, side by side along channels. */
export interface Int8Concat {
  readonly kind: 'concat';
  readonly inputs: readonly ValueIndex[];
  readonly output: ValueIndex;
}

/** Mean over height and width; the division is part of the factor. */
export interface Int8Mean extends Reads {
  readonly kind: 'mean';
  readonly factor: FixedFactor;
}

/** Weights [classes, channels], all of one scale, so that the accumulators can be compared. */
export interface Int8Dense extends Reads, Filters {
  readonly kind: 'dense';
}

export type Int8Step =
  Int8Conv | Int8Depthwise | Int8MaxPool | Int8Add | Int8Requantise | Int8Concat | Int8Mean | Int8Dense;

/**
 * A network in integers. Value 0 is the picture as int8, pixel value - 128; `steps` are in order, the last is the dense
 * layer, whose output is the last value: the logits.
 */
export interface Int8Network {
  readonly name: string;
  readonly classes: readonly string[];
  readonly values: readonly Int8Value[];
  readonly steps: readonly Int8Step[];
}

/** Left shift of both parts in an addition before they are scaled, as in TensorFlow Lite. */
export const addShift = 20;
