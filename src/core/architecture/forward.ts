import { shapesOf } from './shapes.ts';
import type { Architecture, NodeId, Shape } from './types.ts';
import { clippedLambda, layoutOf, tensorKey, type TensorName, type Weights } from './weights.ts';

/** What each node puts out for one image, [height, width, channels] (heads: [classes] logits). */
export type FeatureMaps = ReadonlyMap<NodeId, Float32Array>;

/** y = x * kernel; same padding, stride 1. `kernel` is read at (tap * inputs + c) * outputs + o. */
function convolve(
  x: Float32Array,
  { height, width, channels }: Shape,
  kernel: Float32Array,
  size: number,
  outputs: number,
): Float32Array {
  const y = new Float32Array(height * width * outputs);
  const half = (size - 1) >> 1;
  // What of a pixel's patch is not 0, as much is behind a ReLU, and where its weights begin.
  const values = new Float64Array(size * size * channels);
  const places = new Int32Array(values.length);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      let count = 0;
      for (let tap = 0; tap < size * size; tap++) {
        const [r, c] = [row + Math.floor(tap / size) - half, column + (tap % size) - half];
        if (r < 0 || r >= height || c < 0 || c >= width) continue;
        for (let i = 0; i < channels; i++) {
          const value = x[(r * width + c) * channels + i]!;
          if (value === 0) continue;
          values[count] = value;
          places[count++] = (tap * channels + i) * outputs;
        }
      }
      const to = (row * width + column) * outputs;
      let o = 0;
      for (; o + 4 <= outputs; o += 4) {
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        for (let n = 0; n < count; n++) {
          const value = values[n]!;
          const at = places[n]! + o;
          s0 = Math.fround(s0 + value * kernel[at]!);
          s1 = Math.fround(s1 + value * kernel[at + 1]!);
          s2 = Math.fround(s2 + value * kernel[at + 2]!);
          s3 = Math.fround(s3 + value * kernel[at + 3]!);
        }
        y[to + o] = s0;
        y[to + o + 1] = s1;
        y[to + o + 2] = s2;
        y[to + o + 3] = s3;
      }
      for (; o < outputs; o++) {
        let sum = 0;
        for (let n = 0; n < count; n++) sum = Math.fround(sum + values[n]! * kernel[places[n]! + o]!);
        y[to + o] = sum;
      }
    }
  return y;
}

function depthwise(x: Float32Array, { height, width, channels }: Shape, kernel: Float32Array, size: number) {
  const y = new Float32Array(x.length);
  const half = (size - 1) >> 1;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let tap = 0; tap < size * size; tap++) {
        const [r, c] = [row + Math.floor(tap / size) - half, column + (tap % size) - half];
        if (r < 0 || r >= height || c < 0 || c >= width) continue;
        const [to, from, weight] = [
          (row * width + column) * channels,
          (r * width + c) * channels,
          tap * channels,
        ];
        for (let i = 0; i < channels; i++) y[to + i]! += x[from + i]! * kernel[weight + i]!;
      }
  return y;
}

function maxPool(x: Float32Array, { height, width, channels }: Shape): Float32Array {
  const [rows, columns] = [height >> 1, width >> 1];
  const y = new Float32Array(rows * columns * channels).fill(-Infinity);
  for (let r = 0; r < 2 * rows; r++)
    for (let c = 0; c < 2 * columns; c++)
      for (let i = 0; i < channels; i++) {
        const at = ((r >> 1) * columns + (c >> 1)) * channels + i;
        y[at] = Math.max(y[at]!, x[(r * width + c) * channels + i]!);
      }
  return y;
}

export type Activation = 'relu' | 'tanh';

const activations: Readonly<Record<Activation, (value: number) => number>> = {
  relu: (value) => Math.max(0, value),
  tanh: Math.tanh,
};

/**
 * What every node of a network puts out for one image, in inference mode, in plain float32 loops: for showing what
 * filters see. `image` is [height, width, channels] as the network takes it (normalised); `epsilon` is that of BN.
 * With 'tanh' every ReLU gives way to it: no network of a search is one, but the bench asks what would be lost.
 * Nodes after `last`, where it is given, are left out (see outputOf).
 */
export function forwardImage(
  architecture: Architecture,
  weights: Weights,
  image: Float32Array,
  epsilon: number,
  activation: Activation = 'relu',
  last?: NodeId,
): FeatureMaps {
  const activate = activations[activation];
  const shapes = shapesOf(architecture);
  const slots = new Map(layoutOf(architecture).slots.map((slot) => [tensorKey(slot), slot]));
  const tensor = (node: NodeId, name: TensorName) => {
    const { offset, length } = slots.get(tensorKey({ node, name }))!;
    return weights.subarray(offset, offset + length);
  };
  const maps = new Map<NodeId, Float32Array>();
  /** In place. */
  const normalise = (id: NodeId, z: Float32Array): Float32Array => {
    const [gamma, beta, mean, variance] = (['gamma', 'beta', 'mean', 'variance'] as const).map((name) =>
      tensor(id, name),
    );
    const channels = gamma!.length;
    for (let c = 0; c < channels; c++) {
      const [scale, centre, shift] = [gamma![c]! / Math.sqrt(variance![c]! + epsilon), mean![c]!, beta![c]!];
      for (let i = c; i < z.length; i += channels) z[i] = activate((z[i]! - centre) * scale + shift);
    }
    return z;
  };
  for (const node of architecture.nodes) {
    const read = (slot: number) => maps.get((node.inputs as readonly NodeId[])[slot]!)!;
    const shape = () => shapes.get((node.inputs as readonly NodeId[])[0]!)!;
    switch (node.kind) {
      case 'input':
        maps.set(node.id, image);
        break;
      case 'conv':
        maps.set(
          node.id,
          normalise(
            node.id,
            convolve(read(0), shape(), tensor(node.id, 'kernel'), node.kernelSize, node.filters),
          ),
        );
        break;
      case 'sepConv': {
        const deep = depthwise(read(0), shape(), tensor(node.id, 'depthwise'), node.kernelSize);
        maps.set(
          node.id,
          normalise(node.id, convolve(deep, shape(), tensor(node.id, 'pointwise'), 1, node.filters)),
        );
        break;
      }
      case 'maxPool':
        maps.set(node.id, maxPool(read(0), shape()));
        break;
      case 'add': {
        const lambda = clippedLambda(tensor(node.id, 'lambda')[0]!);
        const skip = read(1);
        maps.set(
          node.id,
          read(0).map((value, i) => lambda * value + (1 - lambda) * skip[i]!),
        );
        break;
      }
      case 'concat': {
        const { height, width, channels } = shapes.get(node.id)!;
        const out = new Float32Array(height * width * channels);
        let offset = 0;
        for (const id of node.inputs) {
          const { channels: own } = shapes.get(id)!;
          const part = maps.get(id)!;
          for (let p = 0; p < height * width; p++)
            for (let c = 0; c < own; c++) out[p * channels + offset + c] = part[p * own + c]!;
          offset += own;
        }
        maps.set(node.id, out);
        break;
      }
      case 'head': {
        const { height, width, channels } = shape();
        const [x, kernel] = [read(0), tensor(node.id, 'kernel')];
        const logits = Float32Array.from(tensor(node.id, 'bias'));
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (let p = 0; p < height * width; p++) sum += x[p * channels + c]!;
          for (let o = 0; o < node.classes; o++)
            logits[o]! += (sum / (height * width)) * kernel[c * node.classes + o]!;
        }
        maps.set(node.id, logits);
        break;
      }
    }
    if (node.id === last) break;
  }
  return maps;
}

/** What `node` alone puts out for one image, as in forwardImage; what comes after it is not computed. */
export const outputOf = (
  node: NodeId,
  architecture: Architecture,
  weights: Weights,
  image: Float32Array,
  epsilon: number,
  activation: Activation = 'relu',
): Float32Array => forwardImage(architecture, weights, image, epsilon, activation, node).get(node)!;
