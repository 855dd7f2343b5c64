import * as tf from '@tensorflow/tfjs-core';
import { batchNormEpsilon } from '../engine.ts';
import { asRows, columnSums } from './kernels.ts';

/** What the backward pass needs of a batch-normalised ReLU. `mean`, `inverse` are [channels]. */
export interface Normalised {
  /** relu(gamma * (z - mean) * inverse + beta), the shape of z. */
  readonly y: tf.Tensor;
  readonly mean: tf.Tensor;
  /** 1 / sqrt(biased batch variance + epsilon). */
  readonly inverse: tf.Tensor;
}

/** Batch statistics over all but the channel axis; biased variance. */
export function batchStatistics(z: tf.Tensor): { mean: tf.Tensor1D; variance: tf.Tensor1D } {
  return tf.tidy(() => {
    const rows = asRows(z);
    const count = rows.shape[0];
    const mean = tf.div(columnSums(rows), count) as tf.Tensor1D;
    const variance = tf.div(columnSums(tf.square(tf.sub(rows, mean)) as tf.Tensor2D), count) as tf.Tensor1D;
    return { mean, variance };
  });
}

/** Batch normalisation in training mode, then ReLU (Ioffe and Szegedy 2015). */
export function normaliseRelu(z: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): Normalised {
  return tf.tidy(() => {
    const { mean, variance } = batchStatistics(z);
    const inverse = tf.rsqrt(tf.add(variance, batchNormEpsilon));
    const scale = tf.mul(gamma, inverse);
    const y = tf.relu(tf.add(tf.mul(z, scale), tf.sub(beta, tf.mul(mean, scale))));
    return { y, mean, inverse };
  });
}

export interface NormalisedGradients {
  readonly dz: tf.Tensor;
  readonly dgamma: tf.Tensor;
  readonly dbeta: tf.Tensor;
}

/** Gradient of `normaliseRelu`, through the batch statistics. `dy` is the gradient of y. */
export function normaliseReluBack(
  dy: tf.Tensor,
  z: tf.Tensor,
  gamma: tf.Tensor,
  { y, mean, inverse }: Normalised,
): NormalisedGradients {
  return tf.tidy(() => {
    const rows = asRows(z);
    const count = rows.shape[0];
    const passed = tf.mul(asRows(dy), tf.step(asRows(y))) as tf.Tensor2D;
    const standard = tf.mul(tf.sub(rows, mean), inverse) as tf.Tensor2D;
    const dbeta = columnSums(passed);
    const dgamma = columnSums(tf.mul(passed, standard) as tf.Tensor2D);
    const centred = tf.sub(passed, tf.add(tf.div(dbeta, count), tf.mul(standard, tf.div(dgamma, count))));
    const dz = tf.reshape(tf.mul(centred, tf.mul(gamma, inverse)), z.shape);
    return { dz, dgamma, dbeta };
  });
}

/** relu(z * scale + shift) with [channels] vectors: BN in inference mode, then ReLU. */
export const scaleRelu = (z: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.relu(tf.add(tf.mul(z, scale), shift)));

/** Gradient of `scaleRelu` for z. */
export const scaleReluBack = (dy: tf.Tensor, y: tf.Tensor, scale: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.mul(tf.mul(dy, tf.step(y)), scale));
