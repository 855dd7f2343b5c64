import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradients that the wasm backend lacks, each written as one more convolution, which XNNPACK does well: stride 1 and
 * dilation 1 only. And that of max pooling, which it has, but gives to every one of equal maxima.
 */
interface ConvAttributes {
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly filterShape: [number, number, number, number];
  readonly inputShape: [number, number, number, number];
}

/** Rows and columns of padding that the forward convolution used. Throws on strides: we have none. */
export function stridelessPadding(
  inputShape: [number, number, number, number],
  filterShape: [number, number, number, number],
  attributes: Pick<ConvAttributes, 'strides' | 'pad' | 'dimRoundingMode'>,
  depthwise = false,
) {
  const { strides, pad, dimRoundingMode } = attributes;
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
    depthwise,
  );
  if (info.strideHeight !== 1 || info.strideWidth !== 1) {
    throw new Error('wasm convolution gradients: stride 1 only');
  }
  const { top, bottom, left, right } = info.padInfo;
  return { top, bottom, left, right };
}

/**
 * dW = a valid convolution with batch and channels swapped: x padded and transposed to [C, H, W, N] as the
 * images, dY as [H, W, N, K] as the filter. 1 x 1 kernels: xT dY.
 */
export function convBackpropFilter(x: tf.Tensor4D, dy: tf.Tensor4D, attributes: ConvAttributes): tf.Tensor4D {
  const [height, width, inputs, outputs] = attributes.filterShape;
  const { top, bottom, left, right } = stridelessPadding(x.shape, attributes.filterShape, attributes);
  return tf.tidy(() => {
    if (height === 1 && width === 1) {
      const rows = tf.reshape(x, [-1, inputs]);
      return tf.reshape(tf.matMul(rows, tf.reshape(dy, [-1, outputs]), true), attributes.filterShape);
    }
    const padded = tf.pad(x, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    const images = tf.transpose(padded, [3, 1, 2, 0]) as tf.Tensor4D;
    const filter = tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D;
    const result = tf.conv2d(images, filter, 1, 'valid');
    return tf.transpose(result, [1, 2, 0, 3]) as tf.Tensor4D;
  });
}

/** dX = the convolution of dY with the filter turned by 180 degrees and its channels swapped. */
export function convBackpropInput(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  attributes: ConvAttributes,
): tf.Tensor4D {
  const [height, width] = filter.shape;
  const { top, bottom, left, right } = stridelessPadding(attributes.inputShape, filter.shape, attributes);
  return tf.tidy(() => {
    const turned = height * width > 1 ? tf.reverse(filter, [0, 1]) : filter;
    const swapped = tf.transpose(turned, [0, 1, 3, 2]) as tf.Tensor4D;
    return tf.conv2d(dy, swapped, 1, [
      [0, 0],
      [height - 1 - top, height - 1 - bottom],
      [width - 1 - left, width - 1 - right],
      [0, 0],
    ]);
  });
}

/** dX of a depthwise convolution with channel multiplier 1: depthwise with the filter turned by 180 degrees. */
export function depthwiseBackpropInput(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  attributes: ConvAttributes,
): tf.Tensor4D {
  const [height, width, , multiplier] = filter.shape;
  if (multiplier !== 1) throw new Error('wasm depthwise gradients: channel multiplier 1 only');
  const { top, bottom, left, right } = stridelessPadding(
    attributes.inputShape,
    filter.shape,
    attributes,
    true,
  );
  return tf.tidy(() =>
    tf.depthwiseConv2d(dy, tf.reverse(filter, [0, 1]) as tf.Tensor4D, 1, [
      [0, 0],
      [height - 1 - top, height - 1 - bottom],
      [width - 1 - left, width - 1 - right],
      [0, 0],
    ] as never),
  );
}

/** dW of a depthwise convolution: for each of the k * k offsets, the sum of shifted x times dY per channel. */
export function depthwiseBackpropFilter(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  attributes: ConvAttributes,
): tf.Tensor4D {
  const [height, width, channels, multiplier] = attributes.filterShape;
  if (multiplier !== 1) throw new Error('wasm depthwise gradients: channel multiplier 1 only');
  const { top, bottom, left, right } = stridelessPadding(x.shape, attributes.filterShape, attributes, true);
  return tf.tidy(() => {
    const padded = tf.pad(x, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    const ones = tf.ones([1, dy.size / channels]) as tf.Tensor2D;
    const sums: tf.Tensor[] = [];
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const shifted = tf.slice(padded, [0, row, column, 0], dy.shape);
        sums.push(tf.matMul(ones, tf.reshape(tf.mul(shifted, dy), [-1, channels])));
      }
    }
    return tf.reshape(tf.concat(sums), attributes.filterShape) as tf.Tensor4D;
  });
}

/** Gradient of 2 x 2 max pooling with stride 2, valid: to the first of equal maxima, in rows. */
export function maxPoolBackprop(dy: tf.Tensor4D, x: tf.Tensor4D, y: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [, rows, columns] = y.shape;
  return tf.tidy(() => {
    const even = tf.slice(x, [0, 0, 0, 0], [batch, 2 * rows, 2 * columns, channels]);
    const windows = tf.reshape(even, [batch * rows, 2, columns, 2 * channels]);
    const flat = [batch * rows, 1, columns, channels] as const;
    const [top, gradient] = [tf.reshape(y, [...flat]), tf.reshape(dy, [...flat])];
    let left: tf.Tensor = tf.onesLike(top);
    const lines = [0, 1].map((row) =>
      tf.concat(
        [0, channels].map((from) => {
          const isMost = tf.cast(tf.equal(tf.slice(windows, [0, row, 0, from], [...flat]), top), 'float32');
          const isFirst = tf.mul(isMost, left);
          left = tf.sub(left, isFirst);
          return tf.mul(gradient, isFirst);
        }),
        3,
      ),
    );
    const dx = tf.reshape(tf.concat(lines, 1), [batch, 2 * rows, 2 * columns, channels]);
    const [below, beside] = [height - 2 * rows, width - 2 * columns];
    return tf.pad(dx, [
      [0, 0],
      [0, below],
      [0, beside],
      [0, 0],
    ]) as tf.Tensor4D;
  });
}
