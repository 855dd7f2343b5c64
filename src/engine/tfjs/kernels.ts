import * as tf from '@tensorflow/tfjs-core';

/** Stride-1, same-padding convolutions and their gradients, straight to the backend's kernels: no tape. */
const run = (name: string, inputs: Record<string, tf.Tensor>, attributes: object = {}): tf.Tensor =>
  tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;

const same = { strides: 1, pad: 'same', dataFormat: 'NHWC', dimRoundingMode: null };

/** x [n, h, w, c] * filter [k, k, c, f] -> [n, h, w, f]. */
export const convolve = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
  tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same');

export const convolveBackInput = (
  dy: tf.Tensor,
  filter: tf.Tensor,
  inputShape: readonly number[],
): tf.Tensor => run(tf.Conv2DBackpropInput, { dy, filter }, { ...same, inputShape: [...inputShape] });

export const convolveBackFilter = (x: tf.Tensor, dy: tf.Tensor, filterShape: readonly number[]): tf.Tensor =>
  run(tf.Conv2DBackpropFilter, { x, dy }, { ...same, filterShape: [...filterShape] });

/** x [n, h, w, c], filter [k, k, c, 1] -> [n, h, w, c]. */
export const depthwise = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
  tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same');

const depthwiseSame = { strides: [1, 1], dilations: [1, 1], pad: 'same', dimRoundingMode: null };

export const depthwiseBackInput = (
  dy: tf.Tensor,
  filter: tf.Tensor,
  inputShape: readonly number[],
): tf.Tensor =>
  run(
    tf.DepthwiseConv2dNativeBackpropInput,
    { dy, filter },
    { ...depthwiseSame, inputShape: [...inputShape] },
  );

export const depthwiseBackFilter = (x: tf.Tensor, dy: tf.Tensor, filterShape: readonly number[]): tf.Tensor =>
  run(tf.DepthwiseConv2dNativeBackpropFilter, { x, dy }, { ...depthwiseSame, filterShape: [...filterShape] });

export const maxPool = (x: tf.Tensor): tf.Tensor => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid');

export const maxPoolBack = (dy: tf.Tensor, input: tf.Tensor, output: tf.Tensor): tf.Tensor =>
  run(
    tf.MaxPoolGrad,
    { dy, input, output },
    { filterSize: 2, strides: 2, pad: 'valid', dimRoundingMode: null },
  );

/** Column sums of [rows, columns] as one product: reductions over outer axes transpose first on every backend. */
export const columnSums = (x: tf.Tensor2D): tf.Tensor1D =>
  tf.tidy(() => tf.reshape(tf.matMul(tf.ones([1, x.shape[0]]), x), [x.shape[1]]));

/** [n, h, w, c] as [n * h * w, c]. */
export const asRows = (x: tf.Tensor): tf.Tensor2D => tf.reshape(x, [-1, x.shape[x.shape.length - 1]!]);

/** x [n, h, w, c] -> [n, c]. */
export const globalAverage = (x: tf.Tensor): tf.Tensor2D => tf.mean(x, [1, 2]);

/** Gradient of `globalAverage`: [n, c] -> [n, h, w, c]. */
export function globalAverageBack(gradient: tf.Tensor2D, height: number, width: number): tf.Tensor {
  const [batch, channels] = gradient.shape;
  return tf.tidy(() =>
    tf.tile(tf.reshape(tf.div(gradient, height * width), [batch, 1, 1, channels]), [1, height, width, 1]),
  );
}

/** lambda main + (1 - lambda) skip. */
export const mix = (lambda: tf.Tensor, main: tf.Tensor, skip: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.add(tf.mul(main, lambda), tf.mul(skip, tf.sub(1, lambda))));

/** d loss / d lambda of `mix`, a scalar. */
export const mixBackLambda = (dy: tf.Tensor, main: tf.Tensor, skip: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.sum(columnSums(asRows(tf.mul(dy, tf.sub(main, skip))))));
