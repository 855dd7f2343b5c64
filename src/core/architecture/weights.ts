import type { Architecture, NodeId } from './types.ts';
import { shapesOf } from './shapes.ts';

/**
 * conv: kernel [k, k, in, out]; sepConv: depthwise [k, k, in, 1], pointwise [1, 1, in, out];
 * both: gamma, beta, mean, variance [out]; add: lambda []; head: kernel [in, classes], bias [classes].
 */
export type TensorName =
  'kernel' | 'depthwise' | 'pointwise' | 'gamma' | 'beta' | 'mean' | 'variance' | 'lambda' | 'bias';

export interface TensorRef {
  readonly node: NodeId;
  readonly name: TensorName;
}

/** Where one tensor lies in the flat weights. `offset` and `length` count float32 numbers. */
export interface TensorSlot extends TensorRef {
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
  /** False for BN running statistics (mean, variance), which are measured, not trained. */
  readonly trainable: boolean;
}

/**
 * The one layout of a network's weights: a single Float32Array, trainable tensors first (in node order),
 * then the running statistics. It follows from the architecture alone, so weights travel as one buffer.
 */
export interface WeightLayout {
  readonly slots: readonly TensorSlot[];
  readonly trainableLength: number;
  readonly length: number;
}

/** Flat float32 weights, laid out by `layoutOf(architecture)`. */
export type Weights = Float32Array<ArrayBuffer>;

export const tensorKey = (ref: TensorRef): string => `${ref.node}/${ref.name}`;

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Tensors of every node, in node order. Shapes as documented at `TensorName`. */
export function tensorsOf(architecture: Architecture): readonly Omit<TensorSlot, 'offset'>[] {
  const shapes = shapesOf(architecture);
  const tensors: Omit<TensorSlot, 'offset'>[] = [];
  for (const node of architecture.nodes) {
    const push = (name: TensorName, shape: readonly number[], trainable = true) =>
      tensors.push({ node: node.id, name, shape, length: product(shape), trainable });
    const normalise = (filters: number) => {
      push('gamma', [filters]);
      push('beta', [filters]);
      push('mean', [filters], false);
      push('variance', [filters], false);
    };
    switch (node.kind) {
      case 'conv': {
        const inputs = shapes.get(node.inputs[0])!.channels;
        push('kernel', [node.kernelSize, node.kernelSize, inputs, node.filters]);
        normalise(node.filters);
        break;
      }
      case 'sepConv': {
        const inputs = shapes.get(node.inputs[0])!.channels;
        push('depthwise', [node.kernelSize, node.kernelSize, inputs, 1]);
        push('pointwise', [1, 1, inputs, node.filters]);
        normalise(node.filters);
        break;
      }
      case 'add':
        push('lambda', []);
        break;
      case 'head':
        push('kernel', [shapes.get(node.inputs[0])!.channels, node.classes]);
        push('bias', [node.classes]);
        break;
      case 'input':
      case 'maxPool':
      case 'concat':
        break;
    }
  }
  return tensors;
}

/** The layout of `architecture`'s weights. Throws on an architecture that does not validate. */
export function layoutOf(architecture: Architecture): WeightLayout {
  const tensors = tensorsOf(architecture);
  const slots: TensorSlot[] = [];
  let offset = 0;
  for (const trainable of [true, false]) {
    for (const tensor of tensors) {
      if (tensor.trainable !== trainable) continue;
      slots.push({ ...tensor, offset });
      offset += tensor.length;
    }
  }
  const trainableLength = slots.filter((slot) => slot.trainable).reduce((sum, slot) => sum + slot.length, 0);
  return { slots, trainableLength, length: offset };
}
