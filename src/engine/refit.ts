import { multiplyAdds } from '../core/architecture/cost.ts';
import { outputOf } from '../core/architecture/forward.ts';
import { findNode, isBlock } from '../core/architecture/graph.ts';
import { shapesOf } from '../core/architecture/shapes.ts';
import type {
  Architecture,
  ArchitectureNode,
  BlockNode,
  HeadNode,
  NodeId,
  Shape,
} from '../core/architecture/types.ts';
import { layoutOf, type TensorName, type Weights } from '../core/architecture/weights.ts';
import type { ChainStep } from '../core/morphisms/catalog.ts';
import type { ImageSet } from '../datasets/types.ts';
import { pixelTable, plainImages } from './batches.ts';
import { batchNormEpsilon } from './engine.ts';
import { Regression } from './regression.ts';

/** Multiply-adds that the parent's forward passes, and the sums of a fit, may cost; images and features of a fit. [ours] */
const affordable = { passes: 1e8, sums: 3e8 };
const fewestImages = 16;
export const mostRefitImages = 128;
const mostFeatures = 600;

type Reader = BlockNode | HeadNode;
type Tensor = (name: TensorName) => Float32Array;

const isReader = (node: ArchitectureNode | undefined): node is Reader =>
  node !== undefined && (isBlock(node) || node.kind === 'head');

const tensorsOf = (architecture: Architecture, weights: Weights, reader: Reader): Tensor => {
  const slots = layoutOf(architecture).slots.filter(({ node }) => node === reader.id);
  return (name) => {
    const slot = slots.find((one) => one.name === name);
    return slot ? weights.subarray(slot.offset, slot.offset + slot.length) : new Float32Array(0);
  };
};

/**
 * After an approximate morphism some layers see other channels than they learned for, or have fewer weights. The last
 * linear layer of each that the step names (the convolution, a separable one's pointwise part, the head's dense layer) is fitted anew, so that
 * what it puts out before BN or softmax is as near to the parent's as it can be: ridge regression over pixels of
 * calibration images of head 0; the constant goes into its BN means or its bias [ours]; for pruning of filters after He,
 * Zhang, Sun 2017 ("Channel pruning for accelerating very deep neural networks", equation 1). Changes `weights`, laid out
 * for the child, in place. Plain loops over plain numbers, so the same on every engine; exact steps, and layers with too
 * many inputs to fit, are left alone.
 */
export function refitLayers(
  { parent, child, refits }: Pick<ChainStep, 'parent' | 'child' | 'refits'>,
  parentWeights: Weights,
  weights: Weights,
  calibration: ImageSet,
): void {
  if (refits.length === 0) return;
  const wanted = Math.floor(affordable.passes / multiplyAdds(parent));
  const count = Math.min(calibration.count, mostRefitImages, Math.max(fewestImages, wanted));
  const pixels = plainImages(calibration, pixelTable(calibration), 0, count);
  const size = pixels.length / count;
  for (const id of refits) {
    const [old, now] = [layerOf(parent, parentWeights, id), layerOf(child, weights, id)];
    if (!old || !now || now.features > mostFeatures) continue;
    const regression = new Regression(now.features, now.outputs);
    const area = now.shape.height * now.shape.width;
    const cost = now.features * (now.features + now.outputs) * count * area;
    const stride = Math.max(1, Math.ceil(cost / affordable.sums));
    for (let image = 0; image < count; image++) {
      const part = pixels.subarray(image * size, (image + 1) * size);
      const before = outputOf(old.input, parent, parentWeights, part, batchNormEpsilon);
      const after = outputOf(now.input, child, weights, part, batchNormEpsilon);
      for (let at = image % stride; at < area; at += stride)
        regression.add(featuresAt(now, after, at), outputsOf(old, featuresAt(old, before, at)));
    }
    const { mix, constant } = regression.solve();
    now.linear.set(mix);
    for (const name of ['mean', 'mean1'] as const)
      now.tensor(name).forEach((value, f, all) => (all[f] = value - constant[f]!));
    now.tensor('bias').forEach((value, f, all) => (all[f] = value + constant[f]!));
  }
}

/** The last linear layer of a reader: `outputs` numbers a pixel from `features` numbers there. */
interface Layer {
  readonly reader: Reader;
  readonly tensor: Tensor;
  readonly input: NodeId;
  readonly shape: Shape;
  readonly features: number;
  readonly outputs: number;
  /** [features, outputs] */
  readonly linear: Float32Array;
}

function layerOf(architecture: Architecture, weights: Weights, id: NodeId): Layer | null {
  const reader = findNode(architecture, id);
  if (!isReader(reader)) return null;
  const [input] = reader.inputs;
  const tensor = tensorsOf(architecture, weights, reader);
  const linear = tensor(reader.kind === 'sepConv' ? 'pointwise' : 'kernel');
  const outputs = reader.kind === 'head' ? reader.classes : reader.filters;
  const shape = shapesOf(architecture).get(input)!;
  return { reader, tensor, input, shape, features: linear.length / outputs, outputs, linear };
}

/** What the layer multiplies at pixel `at`: a head's channels, a convolution's patch, or what a depthwise kernel makes of it. */
function featuresAt({ reader, tensor, shape, features }: Layer, map: Float32Array, at: number): Float32Array {
  const { height, width, channels } = shape;
  if (reader.kind === 'head') return map.subarray(at * channels, (at + 1) * channels);
  const found = new Float32Array(features);
  const half = (reader.kernelSize - 1) / 2;
  const depthwise = reader.kind === 'sepConv' ? tensor('depthwise') : null;
  for (let tap = 0; tap < reader.kernelSize ** 2; tap++) {
    const row = Math.floor(at / width) + Math.floor(tap / reader.kernelSize) - half;
    const column = (at % width) + (tap % reader.kernelSize) - half;
    if (row < 0 || row >= height || column < 0 || column >= width) continue;
    for (let c = 0; c < channels; c++) {
      const value = map[(row * width + column) * channels + c]!;
      if (depthwise) found[c]! += value * depthwise[tap * channels + c]!;
      else found[tap * channels + c] = value;
    }
  }
  return found;
}

function outputsOf({ linear, outputs }: Layer, features: Float32Array): Float32Array {
  const found = new Float32Array(outputs);
  for (let i = 0; i < features.length; i++) {
    const value = features[i]!;
    if (value === 0) continue;
    for (let o = 0; o < outputs; o++) found[o]! += value * linear[i * outputs + o]!;
  }
  return found;
}
