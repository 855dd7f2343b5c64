import * as tf from '@tensorflow/tfjs-core';

/** Sums the rows of x [n, ...] that share a segment, as a product with the one-hot matrix of segments. */
export function unsortedSegmentSum(
  x: tf.Tensor,
  segmentIds: tf.Tensor1D,
  attributes: { readonly numSegments: number },
): tf.Tensor {
  const { numSegments } = attributes;
  const [rows = 0, ...rest] = x.shape;
  if (segmentIds.shape.length !== 1 || segmentIds.shape[0] !== rows) {
    throw new Error('UnsortedSegmentSum on wasm: one segment id per row');
  }
  return tf.tidy(() => {
    // oneHot on wasm writes integers whatever type is asked for.
    const members = tf.cast(tf.oneHot(segmentIds, numSegments), 'float32') as tf.Tensor2D;
    const sums = tf.matMul(members, tf.reshape(x, [rows, -1]) as tf.Tensor2D, true);
    return tf.reshape(sums, [numSegments, ...rest]);
  });
}
