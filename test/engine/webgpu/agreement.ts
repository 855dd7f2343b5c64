import { seeded } from '../../../src/core/random.ts';
import { nodeId, withoutUnused } from '../../../src/core/architecture/graph.ts';
import { shapesOf } from '../../../src/core/architecture/shapes.ts';
import type { Architecture, ArchitectureNode, NodeId } from '../../../src/core/architecture/types.ts';
import { layoutOf, type Weights } from '../../../src/core/architecture/weights.ts';
import type { LearningPoint } from '../../../src/core/search/events.ts';
import type { ImageSet } from '../../../src/datasets/types.ts';
import type { Engine, Network, TrainingSchedule } from '../../../src/engine/engine.ts';
import { initialWeights } from '../../../src/engine/initial-weights.ts';
import { createEngine } from '../../../src/engine/device.ts';
import { createPlanEngine, type PlanEngine } from '../../../src/engine/webgpu/plan-engine.ts';
import { reductions, worst } from './kernels/run-dispatch.ts';

/** Largest differences between two trainers given the same weights and batches. */
export interface Differences {
  /** Relative, over all points of the learning curve. */
  readonly loss: number;
  readonly weights: number;
  /** Relative to 1 + |expected|: a variance has no bound. */
  readonly statistics: number;
  readonly logits: number;
}

export const smallSchedule: TrainingSchedule = {
  images: 200,
  batch: 4,
  rate: 0.05,
  warmup: 20,
  momentum: 0.9,
  weightDecay: 1e-3,
  augment: 'shift-flip',
  randomName: 'agreement',
};

/**
 * A random legal network of up to eight layers with every kind of node, odd channel numbers, one or two heads.
 * (Not fast-check's, which Chromium would have to load.)
 */
export function randomArchitecture(seed: number): Architecture {
  const random = seeded(`architecture/${seed}`);
  const [height, width] = [3 + random.integer(5), 3 + random.integer(5)];
  const nodes: ArchitectureNode[] = [
    { kind: 'input', id: nodeId('input'), inputs: [], height, width, channels: random.pick([1, 3]) },
  ];
  const add = (node: ArchitectureNode) => (nodes.push(node), node.id);
  const name = (kind: string) => nodeId(`${kind}${nodes.length}`);
  const filters = () => random.pick([3, 4, 5, 8, 12]);
  const block = (input: NodeId, count = filters()) => {
    const kind = random.pick(['conv', 'conv', 'sepConv'] as const);
    const kernelSize = random.pick([1, 3, 5] as const);
    return add({ kind, id: name(kind), inputs: [input], kernelSize, filters: count });
  };
  let last = block(nodes[0]!.id);
  for (let i = 2 + random.integer(5); i > 0; i--) {
    const shapes = shapesOf({ nodes });
    const own = shapes.get(last)!;
    const equal = [...shapes].filter(([, { height, width }]) => height === own.height && width === own.width);
    const [skip] = random.pick(equal);
    const kind = random.pick(['block', 'block', 'maxPool', 'add', 'concat', 'concat'] as const);
    if (kind === 'block') last = block(last);
    else if (kind === 'maxPool') {
      if (own.height < 2 || own.width < 2) continue;
      last = add({ kind, id: name(kind), inputs: [last] });
    } else if (kind === 'add') {
      last = add({ kind, id: name(kind), inputs: [block(last, shapes.get(skip)!.channels), skip] });
    } else {
      const main = random.next() < 0.5 ? block(last) : last;
      if (main !== skip) last = add({ kind, id: name(kind), inputs: [main, skip] });
    }
  }
  add({ kind: 'head', id: nodeId('head'), inputs: [last], classes: 3, task: 0 });
  if (seed % 4 === 0) add({ kind: 'head', id: nodeId('head2'), inputs: [last], classes: 2, task: 1 });
  return withoutUnused({ nodes });
}

/** Images of random bytes with labels, as many channels as the architecture's input has. */
export function randomImages(architecture: Architecture, count: number, seed: number, task = 0): ImageSet {
  const random = seeded(`images/${seed}/${task}`);
  const input = architecture.nodes[0]!;
  const head = architecture.nodes.find((node) => node.kind === 'head' && node.task === task);
  if (input.kind !== 'input' || head?.kind !== 'head') throw new Error('not a network');
  const { height, width, channels } = input;
  const { classes } = head;
  const images = Uint8Array.from({ length: count * height * width * channels }, () => random.integer(256));
  const labels = Uint8Array.from({ length: count }, () => random.integer(classes));
  const mean = [0.4, 0.5, 0.6].slice(0, channels);
  const deviation = [0.25, 0.3, 0.2].slice(0, channels);
  return { height, width, channels, classes, count, images, labels, mean, deviation };
}

/** Initial weights whose running statistics, scales and shifts are not trivial. */
export function livelyWeights(architecture: Architecture, seed: number): Weights {
  const random = seeded(`lively/${seed}`);
  const weights = initialWeights(architecture, random);
  for (const { name, offset, length } of layoutOf(architecture).slots) {
    for (let i = offset; i < offset + length; i++) {
      if (name === 'gamma' || name.startsWith('variance')) weights[i] = 0.7 + 0.6 * random.next();
      if (name === 'beta' || name.startsWith('mean') || name === 'bias') weights[i] = 0.3 * random.normal();
    }
  }
  return weights;
}

interface Outcome {
  readonly curve: readonly LearningPoint[];
  readonly weights: Weights;
  readonly logits: Float32Array;
}

/** What `train` does to a network on `engine`, and its logits after re-estimation: of both heads where `second` is given. */
export async function outcome(
  engine: Pick<Engine, 'network'>,
  architecture: Architecture,
  start: Weights,
  data: ImageSet,
  train: (network: Network, onProgress: (point: LearningPoint) => void) => Promise<{ readonly ok: boolean }>,
  second?: ImageSet,
): Promise<Outcome> {
  const network = engine.network(architecture, start);
  try {
    const curve: LearningPoint[] = [];
    const result = await train(network, (point) => curve.push(point));
    if (!result.ok) throw new Error(JSON.stringify(result));
    await network.reestimate(data, data.count);
    if (second) await network.reestimate(second, second.count, 1);
    const logits = await network.logits(data, 0, data.count);
    const others = second ? await network.logits(second, 0, second.count, 1) : [];
    return { curve, weights: await network.weights(), logits: Float32Array.from([...logits, ...others]) };
  } finally {
    network.dispose();
  }
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>, from = 0, to = a.length): number => {
  let worst = a.length === b.length ? 0 : Infinity;
  for (let i = from; i < to; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
  }
  return worst;
};

export function differences(architecture: Architecture, a: Outcome, b: Outcome): Differences {
  const { trainableLength } = layoutOf(architecture);
  const relative = a.curve.map((point, i) => Math.abs(point.loss - b.curve[i]!.loss) / b.curve[i]!.loss);
  return {
    loss: a.curve.length === b.curve.length ? Math.max(...relative) : Infinity,
    weights: largest(a.weights, b.weights, 0, trainableLength),
    statistics: worst(a.weights.subarray(trainableLength), b.weights.subarray(trainableLength)),
    logits: largest(a.logits, b.logits),
  };
}

/** A random half of the nodes with weights, at least one: the affected ones of a distillation. */
export function someNodes(architecture: Architecture, seed: number): NodeId[] {
  const random = seeded(`affected/${seed}`);
  const able = architecture.nodes.filter(
    ({ kind }) => kind !== 'input' && kind !== 'maxPool' && kind !== 'concat',
  );
  const chosen = able.filter(() => random.next() < 0.5);
  return (chosen.length > 0 ? chosen : [random.pick(able)]).map(({ id }) => id);
}

/** Rows of random probabilities [count, classes]. */
export function randomTeacher(data: ImageSet, seed: number): Float32Array {
  const random = seeded(`teacher/${seed}`);
  const rows = new Float32Array(data.count * data.classes);
  for (let i = 0; i < data.count; i++) {
    const scores = Array.from({ length: data.classes }, () => Math.exp(random.normal()));
    const sum = scores.reduce((a, b) => a + b, 0);
    scores.forEach((score, k) => (rows[i * data.classes + k] = score / sum));
  }
  return rows;
}

/**
 * The plan in both ways of adding up, as GPUs do it and as adapters emulated on the processor do, and the portable
 * trainer that it is held against.
 */
export async function plansAndPortable(): Promise<{
  readonly plans: readonly PlanEngine[];
  readonly portable: Engine;
}> {
  const cpu = await createEngine('cpu');
  if (!cpu.ok) throw new Error(JSON.stringify(cpu.reason));
  const report = { ...cpu.value.report, kind: 'webgpu', trainer: 'plan', software: true } as const;
  const plans = await Promise.all(
    reductions.map(async (reduction) => {
      const made = await createPlanEngine(report, { reduction });
      if (!made.ok) throw new Error(JSON.stringify(made.reason));
      return made.value;
    }),
  );
  return { plans, portable: cpu.value };
}
