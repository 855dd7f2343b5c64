import * as tf from '@tensorflow/tfjs-core';
import type { Architecture, BlockNode, NodeId } from '../../core/architecture/types.ts';
import { statisticNames, tensorKey, type TensorName } from '../../core/architecture/weights.ts';
import { batchNormEpsilon } from '../engine.ts';
import { convolve, depthwise, globalAverage, maxPool, mix } from './kernels.ts';
import { batchStatistics, scaleRelu } from './normalise.ts';
import type { TensorsByKey } from './step.ts';

/** A block with its BN folded in: relu(convolution with `filter` + `bias`). */
interface Folded {
  readonly filter: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
}

export type FoldedBlocks = ReadonlyMap<NodeId, Folded>;

const isBlock = (node: { readonly kind: string }): node is BlockNode =>
  node.kind === 'conv' || node.kind === 'sepConv';

const get = (tensors: TensorsByKey, node: NodeId, name: TensorName): tf.Tensor => {
  const tensor = tensors.get(tensorKey({ node, name }));
  if (!tensor) throw new Error(`no tensor ${tensorKey({ node, name })}`);
  return tensor;
};

/**
 * Folds every BN, with the running statistics of the head of `task`, into the convolution before it. Dispose of the
 * result with `disposeFolded`.
 */
export function foldBlocks(architecture: Architecture, tensors: TensorsByKey, task: number): FoldedBlocks {
  const names = statisticNames(task);
  const folded = new Map<NodeId, Folded>();
  for (const node of architecture.nodes) {
    if (!isBlock(node)) continue;
    const block = tf.tidy(() => {
      const variance = get(tensors, node.id, names.variance);
      const scale = tf.mul(get(tensors, node.id, 'gamma'), tf.rsqrt(tf.add(variance, batchNormEpsilon)));
      const filter = get(tensors, node.id, node.kind === 'conv' ? 'kernel' : 'pointwise');
      const bias = tf.sub(get(tensors, node.id, 'beta'), tf.mul(get(tensors, node.id, names.mean), scale));
      return { filter: tf.mul(filter, scale) as tf.Tensor4D, bias: bias as tf.Tensor1D };
    });
    folded.set(node.id, block);
  }
  return folded;
}

export const disposeFolded = (blocks: FoldedBlocks): void => {
  for (const { filter, bias } of blocks.values()) tf.dispose([filter, bias]);
};

/** Logits [batch, classes] of the head of `task` in inference mode. The caller disposes of them. */
export function inferLogits(
  architecture: Architecture,
  tensors: TensorsByKey,
  folded: FoldedBlocks,
  images: tf.Tensor,
  task: number,
): tf.Tensor2D {
  const outputs = new Map<NodeId, tf.Tensor>();
  const uses = countUses(architecture);
  let logits: tf.Tensor2D | null = null;
  for (const node of architecture.nodes) {
    const inputs = node.inputs.map((id) => outputs.get(id)!);
    switch (node.kind) {
      case 'input':
        outputs.set(node.id, tf.clone(images));
        break;
      case 'conv':
      case 'sepConv':
        outputs.set(node.id, blockOutput(node, tensors, folded.get(node.id)!, inputs[0]!));
        break;
      case 'maxPool':
        outputs.set(node.id, maxPool(inputs[0]!));
        break;
      case 'add':
        outputs.set(node.id, mix(get(tensors, node.id, 'lambda'), inputs[0]!, inputs[1]!));
        break;
      case 'concat':
        outputs.set(node.id, tf.concat(inputs as tf.Tensor4D[], 3));
        break;
      case 'head':
        if (node.task !== task) break;
        logits = tf.tidy(() => {
          const pooled = globalAverage(inputs[0]!);
          const kernel = get(tensors, node.id, 'kernel') as tf.Tensor2D;
          return tf.add(tf.matMul(pooled, kernel), get(tensors, node.id, 'bias'));
        });
        break;
    }
    for (const id of node.inputs) {
      const left = uses.get(id)! - 1;
      uses.set(id, left);
      if (left === 0) outputs.get(id)!.dispose();
    }
  }
  if (!logits) throw new Error(`no head for task ${task}`);
  return logits;
}

function countUses(architecture: Architecture): Map<NodeId, number> {
  const uses = new Map<NodeId, number>();
  for (const node of architecture.nodes) {
    for (const id of node.inputs) uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  return uses;
}

function blockOutput(
  node: BlockNode,
  tensors: TensorsByKey,
  { filter, bias }: Folded,
  x: tf.Tensor,
): tf.Tensor {
  return tf.tidy(() => {
    const input = node.kind === 'sepConv' ? depthwise(x, get(tensors, node.id, 'depthwise')) : x;
    return tf.fused.conv2d({
      x: input as tf.Tensor4D,
      filter,
      bias,
      strides: 1,
      pad: 'same',
      activation: 'relu',
    });
  });
}

/** Mean and variance [channels] of blocks' convolution outputs before BN, as tensors; the caller disposes. */
export type BatchMoments = Map<NodeId, { readonly mean: tf.Tensor1D; readonly variance: tf.Tensor1D }>;

/**
 * Statistics of every block of `wanted` over one batch. mode 'batch': all BN normalise by this batch (as in
 * training); 'running': by their running statistics for the head of `task` (inference).
 */
export function blockMoments(
  architecture: Architecture,
  tensors: TensorsByKey,
  images: tf.Tensor,
  wanted: ReadonlySet<NodeId> | null,
  mode: 'batch' | 'running',
  task: number,
): BatchMoments {
  const names = statisticNames(task);
  const moments: BatchMoments = new Map();
  tf.tidy(() => {
    const outputs = new Map<NodeId, tf.Tensor>();
    for (const node of architecture.nodes) {
      const inputs = node.inputs.map((id) => outputs.get(id)!);
      if (node.kind === 'input') outputs.set(node.id, images);
      else if (node.kind === 'maxPool') outputs.set(node.id, maxPool(inputs[0]!));
      else if (node.kind === 'concat') outputs.set(node.id, tf.concat(inputs as tf.Tensor4D[], 3));
      else if (node.kind === 'add') {
        outputs.set(node.id, mix(get(tensors, node.id, 'lambda'), inputs[0]!, inputs[1]!));
      } else if (isBlock(node)) {
        const z =
          node.kind === 'conv'
            ? convolve(inputs[0]!, get(tensors, node.id, 'kernel'))
            : convolve(
                depthwise(inputs[0]!, get(tensors, node.id, 'depthwise')),
                get(tensors, node.id, 'pointwise'),
              );
        const isWanted = wanted === null || wanted.has(node.id);
        const batch = isWanted || mode === 'batch' ? batchStatistics(z) : null;
        if (isWanted) moments.set(node.id, batch!);
        const [mean, variance] =
          mode === 'batch'
            ? [batch!.mean, batch!.variance]
            : [get(tensors, node.id, names.mean), get(tensors, node.id, names.variance)];
        const scale = tf.mul(get(tensors, node.id, 'gamma'), tf.rsqrt(tf.add(variance, batchNormEpsilon)));
        const shift = tf.sub(get(tensors, node.id, 'beta'), tf.mul(mean, scale));
        outputs.set(node.id, scaleRelu(z, scale, shift));
      }
    }
    return [...moments.values()].flatMap(({ mean, variance }) => [mean, variance]);
  });
  return moments;
}
