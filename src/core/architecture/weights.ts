import type { Architecture, NodeId } from './types.ts';
import { fail, ok, type Result } from '../result.ts';
import { shapesOf } from './shapes.ts';

/**
 * conv: kernel [k, k, in, out]; sepConv: depthwise [k, k, in, 1], pointwise [1, 1, in, out];
 * both: gamma, beta, mean, variance [out], and mean1, variance1 [out] where there is a head of task 1;
 * add: lambda []; head: kernel [in, classes], bias [classes].
 */
export type TensorName =
  | 'kernel'
  | 'depthwise'
  | 'pointwise'
  | 'gamma'
  | 'beta'
  | 'mean'
  | 'variance'
  | 'mean1'
  | 'variance1'
  | 'lambda'
  | 'bias';

/** BN running statistics of a block over the images of the head of `task`: every head normalises by its own set's. */
export const statisticNames = (task: number) =>
  task === 1
    ? ({ mean: 'mean1', variance: 'variance1' } as const)
    : ({ mean: 'mean', variance: 'variance' } as const);

export interface TensorRef {
  readonly node: NodeId;
  readonly name: TensorName;
}

/** Where one tensor lies in the flat weights. `offset` and `length` count float32 numbers. */
export interface TensorSlot extends TensorRef {
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
  /** False for BN running statistics (mean, variance of either task), which are measured, not trained. */
  readonly trainable: boolean;
}

/**
 * The one layout of a network's weights: a single Float32Array, trainable tensors first (in node order),
 * then the running statistics of task 0, then those of task 1 where it has a head. It follows from the architecture alone, so weights travel as one buffer.
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

export const hasSecondHead = ({ nodes }: Architecture): boolean =>
  nodes.some((node) => node.kind === 'head' && node.task === 1);

/** Tensors of every node, in node order. Shapes as documented at `TensorName`. */
export function tensorsOf(architecture: Architecture): readonly Omit<TensorSlot, 'offset'>[] {
  const shapes = shapesOf(architecture);
  const tasks = hasSecondHead(architecture) ? [0, 1] : [0];
  const tensors: Omit<TensorSlot, 'offset'>[] = [];
  for (const node of architecture.nodes) {
    const push = (name: TensorName, shape: readonly number[], trainable = true) =>
      tensors.push({ node: node.id, name, shape, length: product(shape), trainable });
    const normalise = (filters: number) => {
      push('gamma', [filters]);
      push('beta', [filters]);
      for (const task of tasks) {
        const { mean, variance } = statisticNames(task);
        push(mean, [filters], false);
        push(variance, [filters], false);
      }
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

/** Which part of the layout a tensor lies in. */
const partOf = ({ name, trainable }: Pick<TensorSlot, 'name' | 'trainable'>) =>
  trainable ? 0 : name === 'mean' || name === 'variance' ? 1 : 2;

/** The layout of `architecture`'s weights. Throws on an architecture that does not validate. */
export function layoutOf(architecture: Architecture): WeightLayout {
  const tensors = tensorsOf(architecture);
  const slots: TensorSlot[] = [];
  let offset = 0;
  for (const part of [0, 1, 2]) {
    for (const tensor of tensors) {
      if (partOf(tensor) !== part) continue;
      slots.push({ ...tensor, offset });
      offset += tensor.length;
    }
  }
  const trainableLength = slots.filter((slot) => slot.trainable).reduce((sum, slot) => sum + slot.length, 0);
  return { slots, trainableLength, length: offset };
}

/** Lambda as it acts. Training clips what it stores after every step; a file may hold any number. */
export const clippedLambda = (raw: number): number => Math.min(1, Math.max(0, raw));

/** `weights`, or a copy where a lambda lies outside [0, 1]. */
function withClippedLambdas(slots: readonly TensorSlot[], weights: Weights): Weights {
  const places = slots.filter(({ name }) => name === 'lambda').map(({ offset }) => offset);
  if (places.every((at) => clippedLambda(weights[at]!) === weights[at])) return weights;
  const clipped = weights.slice();
  for (const at of places) clipped[at] = clippedLambda(weights[at]!);
  return clipped;
}

/**
 * Stored weights as this layout has them, with every lambda as it acts: engines take it as it is. Those of two heads
 * written when both shared the statistics of the first end before the second's: these then begin as copies. The reason
 * says which length was expected.
 */
export function adoptWeights(architecture: Architecture, stored: Weights): Result<Weights, string> {
  const { slots, length } = layoutOf(architecture);
  if (stored.length === length) return ok(withClippedLambdas(slots, stored));
  const second = slots.filter((slot) => partOf(slot) === 2);
  const before = length - second.reduce((sum, slot) => sum + slot.length, 0);
  if (stored.length !== before) return fail(`expected ${length} float32 numbers, not ${stored.length}`);
  const weights: Weights = new Float32Array(length);
  weights.set(stored);
  // Both pairs lie in the same order, so the copy is one run.
  weights.set(stored.subarray(before - (length - before)), before);
  return ok(withClippedLambdas(slots, weights));
}
