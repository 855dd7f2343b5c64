import { type FeatureMaps, forwardImage } from '../src/core/architecture/forward.ts';
import { findNode } from '../src/core/architecture/graph.ts';
import { shapesOf } from '../src/core/architecture/shapes.ts';
import type { Architecture, NodeId, Shape } from '../src/core/architecture/types.ts';
import { layoutOf, type TensorName, type Weights } from '../src/core/architecture/weights.ts';
import { seeded } from '../src/core/random.ts';
import type { ImageSet } from '../src/datasets/types.ts';
import { batchPlan, pixelTable, plainImages } from '../src/engine/batches.ts';
import { batchNormEpsilon, type TrainingSchedule } from '../src/engine/engine.ts';
import { initialWeights } from '../src/engine/initial-weights.ts';
import { rateAt } from '../src/engine/schedule.ts';

/**
 * Trains a chain of conv, maxPool and head with tanh in place of every ReLU, in plain loops: the engine has no tanh.
 * SGD with momentum on kernels, shifts (beta) and the head; BN keeps mean 0, variance 1 and gamma 1, so that it only
 * shifts. Deterministic by `schedule.randomName`.
 */
export function trainTanhToy(
  architecture: Architecture,
  train: ImageSet,
  schedule: TrainingSchedule,
): Weights {
  const weights = initialWeights(architecture, seeded(`${schedule.randomName}/weights`));
  const plan = batchPlan(schedule.randomName, train.count, schedule.images, schedule.batch, 'none');
  const table = pixelTable(train);
  const velocity = new Float64Array(weights.length);
  for (let step = 0; step < plan.steps; step++) {
    const gradient = new Float64Array(weights.length);
    for (const index of plan.indices.subarray(step * plan.batch, (step + 1) * plan.batch))
      addGradient(architecture, weights, plainImages(train, table, index, 1), train.labels[index]!, gradient);
    const rate = rateAt(schedule, step);
    gradient.forEach((sum, i) => {
      velocity[i] = schedule.momentum * velocity[i]! + sum / plan.batch;
      weights[i]! -= rate * velocity[i]!;
    });
  }
  return weights;
}

/** Adds the gradient of one image's cross-entropy to `gradient`, laid out like the weights. */
export function addGradient(
  architecture: Architecture,
  weights: Weights,
  image: Float32Array,
  label: number,
  gradient: Float64Array,
): void {
  const shapes = shapesOf(architecture);
  const layout = layoutOf(architecture);
  const maps: FeatureMaps = forwardImage(architecture, weights, image, batchNormEpsilon, 'tanh');
  const part = <T extends Float32Array | Float64Array>(all: T, node: NodeId, name: TensorName): T => {
    const { offset, length } = layout.slots.find((slot) => slot.node === node && slot.name === name)!;
    return all.subarray(offset, offset + length) as T;
  };
  const head = architecture.nodes.at(-1)!;
  let flow = softmaxGradient(maps.get(head.id)!, label);
  for (let node = head; node.kind !== 'input'; node = findNode(architecture, node.inputs[0])!) {
    const from = node.inputs[0];
    const [x, y, shape] = [maps.get(from)!, maps.get(node.id)!, shapes.get(from)!];
    if (node.kind === 'head') {
      part(gradient, node.id, 'bias').forEach((_, o, bias) => (bias[o]! += flow[o]!));
      flow = denseBack(x, shape, part(weights, node.id, 'kernel'), part(gradient, node.id, 'kernel'), flow);
    } else if (node.kind === 'maxPool') flow = poolBack(x, y, shape, flow);
    else if (node.kind === 'conv') {
      const scale = 1 / Math.sqrt(1 + batchNormEpsilon);
      const inner = flow.map((value, i) => value * (1 - y[i]! * y[i]!));
      const beta = part(gradient, node.id, 'beta');
      inner.forEach((value, i) => (beta[i % node.filters]! += value));
      const kernel = part(weights, node.id, 'kernel');
      const own = part(gradient, node.id, 'kernel');
      flow = convolutionBack(
        x,
        shape,
        kernel,
        own,
        node.kernelSize,
        inner.map((value) => value * scale),
      );
    } else throw new Error(`a tanh toy has no ${node.kind}`);
  }
}

function softmaxGradient(logits: Float32Array, label: number): Float64Array {
  const top = Math.max(...logits);
  const powers = Float64Array.from(logits, (value) => Math.exp(value - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power, c) => power / sum - (c === label ? 1 : 0));
}

function denseBack(
  x: Float32Array,
  { height, width, channels }: Shape,
  kernel: Float32Array,
  own: Float64Array,
  flow: Float64Array,
): Float64Array {
  const [pixels, classes] = [height * width, flow.length];
  const back = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++)
    for (let o = 0; o < classes; o++) {
      const at = (i % channels) * classes + o;
      own[at]! += (x[i]! / pixels) * flow[o]!;
      back[i]! += (kernel[at]! / pixels) * flow[o]!;
    }
  return back;
}

/** To the largest of each 2 x 2; of equals, to the first. */
function poolBack(x: Float32Array, y: Float32Array, { height, width, channels }: Shape, flow: Float64Array) {
  const [rows, columns] = [height >> 1, width >> 1];
  const back = new Float64Array(x.length);
  for (let i = 0; i < y.length; i++) {
    const [c, column, row] = [
      i % channels,
      Math.floor(i / channels) % columns,
      Math.floor(i / channels / columns),
    ];
    if (row >= rows) break;
    const inside = [0, 1, 2, 3].map(
      (k) => ((2 * row + (k >> 1)) * width + 2 * column + (k & 1)) * channels + c,
    );
    back[inside.find((at) => x[at] === y[i])!]! += flow[i]!;
  }
  return back;
}

function convolutionBack(
  x: Float32Array,
  { height, width, channels }: Shape,
  kernel: Float32Array,
  own: Float64Array,
  size: number,
  flow: Float64Array,
): Float64Array {
  const filters = flow.length / (height * width);
  const half = (size - 1) >> 1;
  const back = new Float64Array(x.length);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let tap = 0; tap < size * size; tap++) {
        const [r, c] = [row + Math.floor(tap / size) - half, column + (tap % size) - half];
        if (r < 0 || r >= height || c < 0 || c >= width) continue;
        for (let i = 0; i < channels; i++)
          for (let o = 0; o < filters; o++) {
            const [from, at] = [(r * width + c) * channels + i, (tap * channels + i) * filters + o];
            const value = flow[(row * width + column) * filters + o]!;
            own[at]! += value * x[from]!;
            back[from]! += value * kernel[at]!;
          }
      }
  return back;
}
