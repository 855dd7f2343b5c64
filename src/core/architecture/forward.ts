import { shapesOf } from './shapes.ts';
import type { Architecture, NodeId, Shape } from './types.ts';
import { clippedLambda, layoutOf, tensorKey, type TensorName, type Weights } from './weights.ts';

/** What each node puts out for one image, [height, width, channels] (heads: [classes] logits). */
export type FeatureMaps = ReadonlyMap<NodeId, Float32Array>;

/** y += x * kernel; same padding, stride 1. `kernel` is read at (tap * inputs + c) * outputs + o. */
function convolve(
  x: Float32Array,
  { height, width, channels }: Shape,
  kernel: Float32Array,
  size: number,
  outputs: number,
): Float32Array {
  const y = new Float32Array(height * width * outputs);
  const half = (size - 1) >> 1;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let tap = 0; tap < size * size; tap++) {
        const [r, c] = [row + Math.floor(tap / size) - half, column + (tap % size) - half];
        if (r < 0 || r >= height || c < 0 || c >= width) continue;
        for (let i = 0; i < channels; i++) {
          const value = x[(r * width + c) * channels + i]!;
          for (let o = 0; o < outputs; o++)
            y[(row * width + column) * outputs + o]! += value * kernel[(tap * channels + i) * outputs + o]!;
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
        for (let i = 0; i < channels; i++)
          y[(row * width + column) * channels + i]! +=
            x[(r * width + c) * channels + i]! * kernel[tap * channels + i]!;
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
  const normalise = (id: NodeId, z: Float32Array): Float32Array => {
    const [gamma, beta, mean, variance] = (['gamma', 'beta', 'mean', 'variance'] as const).map((name) =>
      tensor(id, name),
    );
    const channels = gamma!.length;
    return z.map((value, i) => {
      const c = i % channels;
      const scale = gamma![c]! / Math.sqrt(variance![c]! + epsilon);
      return activate((value - mean![c]!) * scale + beta![c]!);
    });
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
