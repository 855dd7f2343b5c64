import type { Architecture, NodeId, Shape } from '../../src/core/architecture/types.ts';
import { shapesOf } from '../../src/core/architecture/shapes.ts';
import { layoutOf, statisticNames, tensorKey, type TensorName } from '../../src/core/architecture/weights.ts';
import { batchPlan, farthestShift, pixelTable, stepImages, stepTargets } from '../../src/engine/batches.ts';
import { batchNormEpsilon, type TrainingSchedule } from '../../src/engine/engine.ts';
import type { ImageSet } from '../../src/datasets/types.ts';

/**
 * A slow, obvious network in float64: plain loops forward, gradients by central finite differences of the loss.
 * It shares no arithmetic with the engine, so it can tell that the engine's backward pass is right.
 */
type Values = Float64Array;
type Mode = 'training' | 'inference';

export interface ScalarPass {
  /** [batch, classes] */
  readonly logits: Values;
  /** Mean and biased variance of every block's convolution output over the batch. */
  readonly moments: ReadonlyMap<NodeId, { readonly mean: Values; readonly variance: Values }>;
}

export function scalarForward(
  architecture: Architecture,
  weights: ArrayLike<number>,
  images: ArrayLike<number>,
  batch: number,
  modeOf: (id: NodeId) => Mode,
  task = 0,
): ScalarPass {
  const running = statisticNames(task);
  const shapes = shapesOf(architecture);
  const tensors = new Map<string, Values>();
  for (const slot of layoutOf(architecture).slots) {
    tensors.set(
      tensorKey(slot),
      Float64Array.from({ length: slot.length }, (_, i) => weights[slot.offset + i]!),
    );
  }
  const tensor = (node: NodeId, name: TensorName) => tensors.get(tensorKey({ node, name }))!;
  const outputs = new Map<NodeId, Values>();
  const moments = new Map<NodeId, { mean: Values; variance: Values }>();
  let logits: Values = new Float64Array(0);
  for (const node of architecture.nodes) {
    const shape = shapes.get(node.id)!;
    const inputs = node.inputs.map((id) => outputs.get(id)!);
    const inputShapes = node.inputs.map((id) => shapes.get(id)!);
    switch (node.kind) {
      case 'input':
        outputs.set(node.id, Float64Array.from(images));
        break;
      case 'conv':
      case 'sepConv': {
        const from = inputShapes[0]!;
        const z =
          node.kind === 'conv'
            ? convolve(inputs[0]!, from, batch, tensor(node.id, 'kernel'), node.kernelSize, node.filters)
            : convolve(
                depthwise(inputs[0]!, from, batch, tensor(node.id, 'depthwise'), node.kernelSize),
                from,
                batch,
                tensor(node.id, 'pointwise'),
                1,
                node.filters,
              );
        const measured = columnMoments(z, node.filters);
        moments.set(node.id, measured);
        const { mean, variance } =
          modeOf(node.id) === 'training'
            ? measured
            : { mean: tensor(node.id, running.mean), variance: tensor(node.id, running.variance) };
        const [gamma, beta] = [tensor(node.id, 'gamma'), tensor(node.id, 'beta')];
        outputs.set(
          node.id,
          z.map((value, i) => {
            const c = i % node.filters;
            const standard = (value - mean[c]!) / Math.sqrt(variance[c]! + batchNormEpsilon);
            return Math.max(0, gamma[c]! * standard + beta[c]!);
          }),
        );
        break;
      }
      case 'maxPool':
        outputs.set(node.id, maxPool(inputs[0]!, inputShapes[0]!, shape, batch));
        break;
      case 'add': {
        const lambda = tensor(node.id, 'lambda')[0]!;
        const skip = inputs[1]!;
        outputs.set(
          node.id,
          inputs[0]!.map((main, i) => lambda * main + (1 - lambda) * skip[i]!),
        );
        break;
      }
      case 'concat':
        outputs.set(node.id, concat(inputs, inputShapes, shape, batch));
        break;
      case 'head':
        if (node.task === task) {
          const [kernel, bias] = [tensor(node.id, 'kernel'), tensor(node.id, 'bias')];
          logits = classify(inputs[0]!, inputShapes[0]!, batch, kernel, bias);
        }
        break;
    }
  }
  return { logits, moments };
}

function convolve(x: Values, from: Shape, batch: number, kernel: Values, k: number, filters: number): Values {
  const { height, width, channels } = from;
  const out = new Float64Array(batch * height * width * filters);
  const pad = (k - 1) / 2;
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < height; y++)
      for (let u = 0; u < width; u++)
        for (let f = 0; f < filters; f++) {
          let sum = 0;
          for (let a = 0; a < k; a++)
            for (let b = 0; b < k; b++) {
              const [row, column] = [y + a - pad, u + b - pad];
              if (row < 0 || row >= height || column < 0 || column >= width) continue;
              for (let c = 0; c < channels; c++) {
                const value = x[((n * height + row) * width + column) * channels + c]!;
                sum += value * kernel[((a * k + b) * channels + c) * filters + f]!;
              }
            }
          out[((n * height + y) * width + u) * filters + f] = sum;
        }
  return out;
}

function depthwise(x: Values, from: Shape, batch: number, kernel: Values, k: number): Values {
  const { channels } = from;
  const full = new Float64Array(k * k * channels * channels);
  for (let tap = 0; tap < k * k; tap++)
    for (let c = 0; c < channels; c++)
      full[(tap * channels + c) * channels + c] = kernel[tap * channels + c]!;
  return convolve(x, from, batch, full, k, channels);
}

function columnMoments(z: Values, channels: number): { mean: Values; variance: Values } {
  const [mean, variance] = [new Float64Array(channels), new Float64Array(channels)];
  const count = z.length / channels;
  z.forEach((value, i) => (mean[i % channels]! += value / count));
  z.forEach((value, i) => (variance[i % channels]! += (value - mean[i % channels]!) ** 2 / count));
  return { mean, variance };
}

function maxPool(x: Values, from: Shape, to: Shape, batch: number): Values {
  const { height, width, channels } = to;
  return Float64Array.from({ length: batch * height * width * channels }, (_, i) => {
    const c = i % channels;
    const column = Math.floor(i / channels) % width;
    const row = Math.floor(i / channels / width) % height;
    const n = Math.floor(i / channels / width / height);
    const at = (a: number, b: number) =>
      x[((n * from.height + 2 * row + a) * from.width + 2 * column + b) * channels + c]!;
    return Math.max(at(0, 0), at(0, 1), at(1, 0), at(1, 1));
  });
}

function concat(inputs: readonly Values[], from: readonly Shape[], to: Shape, batch: number): Values {
  const out = new Float64Array(batch * to.height * to.width * to.channels);
  const pixels = batch * to.height * to.width;
  for (let pixel = 0; pixel < pixels; pixel++) {
    let c = 0;
    inputs.forEach((values, which) => {
      const { channels } = from[which]!;
      for (let i = 0; i < channels; i++) out[pixel * to.channels + c++] = values[pixel * channels + i]!;
    });
  }
  return out;
}

function classify(x: Values, from: Shape, batch: number, kernel: Values, bias: Values): Values {
  const classes = bias.length;
  const area = from.height * from.width;
  const logits = new Float64Array(batch * classes);
  for (let n = 0; n < batch; n++)
    for (let k = 0; k < classes; k++) {
      let sum = bias[k]!;
      for (let i = 0; i < area * from.channels; i++)
        sum += (x[n * area * from.channels + i]! / area) * kernel[(i % from.channels) * classes + k]!;
      logits[n * classes + k] = sum;
    }
  return logits;
}

/** Mean soft cross-entropy of logits [batch, classes] to targets of the same shape. */
export function scalarLoss(logits: Values, targets: ArrayLike<number>, classes: number): number {
  let loss = 0;
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const logSum = Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
    for (let c = 0; c < classes; c++) loss -= targets[start + c]! * (row[c]! - logSum);
  }
  return (loss * classes) / logits.length;
}

/** d loss / d weights over the trainable part, by central differences; nodes outside `trained` are frozen. */
export function scalarGradient(
  architecture: Architecture,
  weights: Values,
  images: ArrayLike<number>,
  targets: ArrayLike<number>,
  batch: number,
  trained: ReadonlySet<NodeId> | null = null,
  task = 0,
): Values {
  const layout = layoutOf(architecture);
  const gradient = new Float64Array(layout.trainableLength);
  const moved = Float64Array.from(weights);
  const modeOf = (id: NodeId): Mode => (trained === null || trained.has(id) ? 'training' : 'inference');
  const lossAt = () => {
    const { logits } = scalarForward(architecture, moved, images, batch, modeOf, task);
    return scalarLoss(logits, targets, logits.length / batch);
  };
  for (const slot of layout.slots) {
    if (!slot.trainable || (trained && !trained.has(slot.node))) continue;
    for (let i = slot.offset; i < slot.offset + slot.length; i++) {
      const step = 1e-5;
      moved[i] = weights[i]! + step;
      const up = lossAt();
      moved[i] = weights[i]! - step;
      gradient[i] = (up - lossAt()) / (2 * step);
      moved[i] = weights[i]!;
    }
  }
  return gradient;
}

const decayedNames: readonly string[] = ['kernel', 'depthwise', 'pointwise'];

/** SGD with momentum, L2 decay, cosine with warm-up and lambda clipping, written out step by step. */
export function scalarTrain(
  architecture: Architecture,
  start: ArrayLike<number>,
  data: ImageSet,
  schedule: TrainingSchedule,
  teacher: Float32Array | null = null,
  trained: ReadonlySet<NodeId> | null = null,
): Values {
  const layout = layoutOf(architecture);
  const head = architecture.nodes.find((node) => node.kind === 'head')!;
  const classes = head.kind === 'head' ? head.classes : 0;
  const weights = Float64Array.from({ length: start.length }, (_, i) => start[i]!);
  const velocity = new Float64Array(layout.trainableLength);
  const farthest = farthestShift(data.height);
  const { randomName, images, batch, augment } = schedule;
  const plan = batchPlan(randomName, data.count, images, batch, augment, farthest);
  const table = pixelTable(data);
  for (let step = 0; step < plan.steps; step++) {
    const inputs = stepImages(data, table, plan, step);
    const targets = stepTargets(data, plan, step, classes, teacher);
    const gradient = scalarGradient(architecture, weights, inputs, targets, batch, trained);
    const rise = schedule.warmup > 0 ? Math.min(1, ((step + 1) * batch) / schedule.warmup) : 1;
    const rate = (schedule.rate / 2) * (1 + Math.cos((Math.PI * step) / plan.steps)) * rise;
    for (const slot of layout.slots) {
      if (!slot.trainable || (trained && !trained.has(slot.node))) continue;
      const decay = decayedNames.includes(slot.name) ? schedule.weightDecay : 0;
      for (let i = slot.offset; i < slot.offset + slot.length; i++) {
        velocity[i] = schedule.momentum * velocity[i]! + gradient[i]! + decay * weights[i]!;
        const moved = weights[i]! - rate * velocity[i]!;
        weights[i] = slot.name === 'lambda' ? Math.min(1, Math.max(0, moved)) : moved;
      }
    }
  }
  return weights;
}

/** Writes every block's batch moments over the first `count` images (one batch) into `weights`, for the head of `task`. */
export function scalarReestimate(
  architecture: Architecture,
  weights: Values,
  images: ArrayLike<number>,
  count: number,
  task = 0,
): void {
  const { moments } = scalarForward(architecture, weights, images, count, () => 'training');
  const running = statisticNames(task);
  for (const slot of layoutOf(architecture).slots) {
    const { mean, variance } = moments.get(slot.node) ?? {};
    if (slot.name === running.mean) weights.set(mean!, slot.offset);
    if (slot.name === running.variance) weights.set(variance!, slot.offset);
  }
}
