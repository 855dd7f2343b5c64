import type { Architecture, NodeId, Shape } from '../../src/core/architecture/types.ts';
import { shapesOf } from '../../src/core/architecture/shapes.ts';
import {
  layoutOf,
  statisticNames,
  type TensorName,
  type Weights,
} from '../../src/core/architecture/weights.ts';

/** A slow, obvious forward pass in scalar loops: the oracle for the engines and for the laws of morphisms. */

export interface ReferencePass {
  /** Logits [count, classes] of each head, by task. */
  readonly logits: ReadonlyMap<number, Float64Array>;
  /** Mean and biased variance of each block's convolution output, before BN. */
  readonly statistics: ReadonlyMap<NodeId, { readonly mean: Float64Array; readonly variance: Float64Array }>;
  /** Output of every node [count, height, width, channels]. */
  readonly outputs: ReadonlyMap<NodeId, Float64Array>;
  /** Multiplications by kernel numbers done, taps on the padding included, for all images. */
  readonly multiplications: number;
}

/** [count, height, width, channels] with same padding, stride 1; kernel [k, k, in, out]. */
function convolve(
  x: Float64Array,
  count: number,
  shape: Shape,
  kernel: Float32Array,
  size: number,
  outputs: number,
) {
  const { height, width, channels } = shape;
  const y = new Float64Array(count * height * width * outputs);
  const half = (size - 1) / 2;
  let multiplications = 0;
  for (let n = 0; n < count; n++)
    for (let i = 0; i < height; i++)
      for (let j = 0; j < width; j++)
        for (let o = 0; o < outputs; o++) {
          let sum = 0;
          for (let di = 0; di < size; di++)
            for (let dj = 0; dj < size; dj++)
              for (let c = 0; c < channels; c++) {
                const [row, column] = [i + di - half, j + dj - half];
                const inside = row >= 0 && row < height && column >= 0 && column < width;
                const value = inside ? x[((n * height + row) * width + column) * channels + c]! : 0;
                sum += value * kernel[((di * size + dj) * channels + c) * outputs + o]!;
                multiplications++;
              }
          y[((n * height + i) * width + j) * outputs + o] = sum;
        }
  return { y, multiplications };
}

/** Each channel with its own k x k filter; kernel [k, k, channels, 1]. */
function convolveDepthwise(x: Float64Array, count: number, shape: Shape, kernel: Float32Array, size: number) {
  const { height, width, channels } = shape;
  const y = new Float64Array(x.length);
  let multiplications = 0;
  const plane = new Float64Array(count * height * width);
  for (let c = 0; c < channels; c++) {
    for (let p = 0; p < plane.length; p++) plane[p] = x[p * channels + c]!;
    const filter = Float32Array.from({ length: size * size }, (_, tap) => kernel[tap * channels + c]!);
    const one = convolve(plane, count, { height, width, channels: 1 }, filter, size, 1);
    one.y.forEach((value, p) => (y[p * channels + c] = value));
    multiplications += one.multiplications;
  }
  return { y, multiplications };
}

function momentsOf(x: Float64Array, channels: number) {
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  const share = channels / x.length;
  x.forEach((value, i) => (mean[i % channels]! += value * share));
  x.forEach((value, i) => (variance[i % channels]! += (value - mean[i % channels]!) ** 2 * share));
  return { mean, variance };
}

/**
 * Runs a network in inference mode on scalar loops: outputs and statistics with the running statistics of `task`, the
 * logits of each head with its own.
 * @param images [count, height, width, channels], already normalised
 */
export function referencePass(
  architecture: Architecture,
  weights: Weights,
  images: ArrayLike<number>,
  epsilon = 1e-3,
  task = 0,
): ReferencePass {
  const running = statisticNames(task);
  const shapes = shapesOf(architecture);
  const { slots } = layoutOf(architecture);
  const tensor = (node: NodeId, name: TensorName) => {
    const { offset, length } = slots.find((slot) => slot.node === node && slot.name === name)!;
    return weights.subarray(offset, offset + length);
  };
  const outputs = new Map<NodeId, Float64Array>();
  const logits = new Map<number, Float64Array>();
  const statistics = new Map<NodeId, { mean: Float64Array; variance: Float64Array }>();
  let count = 0;
  let multiplications = 0;
  for (const node of architecture.nodes) {
    const shape = shapes.get(node.id)!;
    const inputs = (node.inputs as readonly NodeId[]).map((id) => outputs.get(id)!);
    const inputShapes = (node.inputs as readonly NodeId[]).map((id) => shapes.get(id)!);
    const x = inputs[0]!;
    const from = inputShapes[0]!;
    switch (node.kind) {
      case 'input':
        count = images.length / (shape.height * shape.width * shape.channels);
        outputs.set(node.id, Float64Array.from(images));
        break;
      case 'conv':
      case 'sepConv': {
        const { kernelSize, filters, id } = node;
        let z: { y: Float64Array; multiplications: number };
        if (node.kind === 'conv') z = convolve(x, count, from, tensor(id, 'kernel'), kernelSize, filters);
        else {
          const inner = convolveDepthwise(x, count, from, tensor(id, 'depthwise'), kernelSize);
          z = convolve(inner.y, count, from, tensor(id, 'pointwise'), 1, filters);
          multiplications += inner.multiplications;
        }
        multiplications += z.multiplications;
        statistics.set(id, momentsOf(z.y, filters));
        const [gamma, beta, mean, variance] = (
          ['gamma', 'beta', running.mean, running.variance] as const
        ).map((name) => tensor(id, name)) as [Float32Array, Float32Array, Float32Array, Float32Array];
        outputs.set(
          id,
          z.y.map((value, i) => {
            const c = i % filters;
            const normal = (value - mean[c]!) / Math.sqrt(variance[c]! + epsilon);
            return Math.max(0, gamma[c]! * normal + beta[c]!);
          }),
        );
        break;
      }
      case 'maxPool': {
        const { height, width, channels } = shape;
        const y = new Float64Array(count * height * width * channels);
        y.forEach((_, index) => {
          const c = index % channels;
          const j = Math.floor(index / channels) % width;
          const i = Math.floor(index / (channels * width)) % height;
          const n = Math.floor(index / (channels * width * height));
          const at = (row: number, column: number) =>
            x[((n * from.height + row) * from.width + column) * channels + c]!;
          y[index] = Math.max(
            at(2 * i, 2 * j),
            at(2 * i, 2 * j + 1),
            at(2 * i + 1, 2 * j),
            at(2 * i + 1, 2 * j + 1),
          );
        });
        outputs.set(node.id, y);
        break;
      }
      case 'add': {
        const lambda = Math.min(1, Math.max(0, tensor(node.id, 'lambda')[0]!));
        outputs.set(
          node.id,
          x.map((value, i) => lambda * value + (1 - lambda) * inputs[1]![i]!),
        );
        break;
      }
      case 'concat': {
        const y = new Float64Array(count * shape.height * shape.width * shape.channels);
        let offset = 0;
        inputs.forEach((part, slot) => {
          const { channels } = inputShapes[slot]!;
          part.forEach((value, i) => {
            y[Math.floor(i / channels) * shape.channels + offset + (i % channels)] = value;
          });
          offset += channels;
        });
        outputs.set(node.id, y);
        break;
      }
      case 'head': {
        const kernel = tensor(node.id, 'kernel');
        const bias = tensor(node.id, 'bias');
        const area = from.height * from.width;
        const y = new Float64Array(count * node.classes);
        for (let n = 0; n < count; n++)
          for (let k = 0; k < node.classes; k++) {
            let sum = bias[k]!;
            for (let c = 0; c < from.channels; c++) {
              let pooled = 0;
              for (let p = 0; p < area; p++) pooled += x[(n * area + p) * from.channels + c]! / area;
              sum += pooled * kernel[c * node.classes + k]!;
              multiplications++;
            }
            y[n * node.classes + k] = sum;
          }
        const isOwn = task > 0 || node.task === 0;
        logits.set(
          node.task,
          isOwn ? y : referencePass(architecture, weights, images, epsilon, node.task).logits.get(node.task)!,
        );
        outputs.set(node.id, y);
        break;
      }
    }
  }
  return { logits, statistics, outputs, multiplications };
}

/** Largest difference of logits over all heads, relative to the largest logit (at least 1). */
export function relativeDifference(a: ReferencePass, b: ReferencePass): number {
  let worst = 0;
  for (const [task, logits] of a.logits) {
    const others = b.logits.get(task)!;
    const scale = logits.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
    logits.forEach((value, i) => {
      const difference = Math.abs(value - others[i]!) / scale;
      worst = Math.max(worst, Number.isFinite(difference) ? difference : Infinity);
    });
  }
  return worst;
}
