import type { Architecture, NodeId } from '../../core/architecture/types.ts';
import type { TensorName, WeightLayout } from '../../core/architecture/weights.ts';
import type { LearningPoint } from '../../core/search/events.ts';
import type { Result } from '../../core/result.ts';
import type { ImageSet } from '../../datasets/types.ts';
import { pixelTable, stepImages, stepTargets, taskPlan } from '../batches.ts';
import type { TrainingHooks, TrainingSchedule } from '../engine.ts';
import { headOf } from '../live-nodes.ts';
import { averagingAt, isDecayed, rateAt } from '../schedule.ts';
import { trainStepwise } from '../train-stepwise.ts';
import { compileTraining, graphAlong, type Graph, type TrainingProgram } from './compile.ts';
import { Arena, type Region } from './heap.ts';

/** What one head learns from: hard labels, or `teacher` probabilities [data.count, classes]. */
interface TrainingSet {
  readonly data: ImageSet;
  readonly teacher?: Float32Array;
}

/** What a training works on. */
export interface Trainee {
  readonly architecture: Architecture;
  readonly graph: Graph;
  readonly layout: WeightLayout;
  /** The weights, laid out by `layout`. */
  readonly values: Region;
  /** Where a tensor begins in them. */
  offset(node: NodeId, name: TensorName): number;
  /** Takes over the running average; null for none. */
  keepAverage(average: Region | null): void;
}

/**
 * Trains `network` in place; with several sets, step s trains head s mod sets on its own data. Only `trained` nodes move
 * (null: all). SGD with momentum over the flat weights: v = momentum v + g + decay w, w = w - rate v, then lambda clipped
 * to [0, 1]; the running average moves a share of its way to the new weights.
 */
export async function trainNetwork(
  network: Trainee,
  sets: readonly TrainingSet[],
  trained: ReadonlySet<NodeId> | null,
  schedule: TrainingSchedule,
  hooks: TrainingHooks,
): Promise<Result<LearningPoint>> {
  const { graph, values } = network;
  const { heap } = graph;
  const { trainableLength: count } = network.layout;
  const average = heap.take(count);
  const arena = new Arena(heap);
  const programs: TrainingProgram[] = [];
  let isKept = false;
  try {
    const from = schedule.averaging?.from ?? heap.numbers(values);
    heap.numbers(average).set(from.subarray(0, count));
    network.keepAverage(null);
    const { gradients, update } = momentumOf(network, arena, average, schedule, trained);
    const gradient = (node: NodeId, name: TensorName) => gradients.address + 4 * network.offset(node, name);
    const compiled = (along: Graph, task: number) =>
      compileTraining(along, gradient, schedule.batch, task, trained);
    const { pathOf } = schedule;
    if (!pathOf) sets.forEach((_, task) => programs.push(compiled(graph, task)));
    const sources = sets.map((set, task) => batchSource(network, set, schedule, task, sets.length));
    let [losses, steps] = [0, 0];
    const step = (index: number) => {
      const task = index % sets.length;
      const program = programs[task] ?? compiled(graphAlong(graph, pathOf!(index)), task);
      sources[task]!(Math.floor(index / sets.length), program);
      // What a step of the other head, or of another path, left is not of this one.
      if (sets.length > 1 || pathOf) heap.numbers(gradients).fill(0);
      losses += program.step();
      if (pathOf) program.dispose();
      steps++;
      update(index);
    };
    const readLoss = () => {
      const mean = losses / steps;
      [losses, steps] = [0, 0];
      return mean;
    };
    const ended = await trainStepwise(schedule, hooks, step, readLoss);
    isKept = ended.ok && schedule.averaging !== undefined;
    if (isKept) network.keepAverage(average);
    return ended;
  } finally {
    for (const program of programs) program.dispose();
    arena.dispose();
    if (!isKept) heap.giveBack(average);
  }
}

/** The optimiser: where gradients go, and one update from them, after which the average moves. */
function momentumOf(
  { graph: { heap, kernels }, layout, values }: Trainee,
  arena: Arena,
  average: Region,
  schedule: TrainingSchedule,
  trained: ReadonlySet<NodeId> | null,
): { readonly gradients: Region; readonly update: (index: number) => void } {
  const { trainableLength: count, slots } = layout;
  const filled = (number: number) => {
    const region = arena.take(count);
    heap.numbers(region).fill(number);
    return region;
  };
  const [gradients, velocity, decay] = [filled(0), filled(0), filled(0)];
  const [low, high] = [filled(-3e38), filled(3e38)];
  for (const slot of slots) {
    if (!slot.trainable) continue;
    const end = slot.offset + slot.length;
    if (isDecayed(slot.name) && (trained === null || trained.has(slot.node)))
      heap.numbers(decay).fill(schedule.weightDecay, slot.offset, end);
    if (slot.name === 'lambda') {
      heap.numbers(low).fill(0, slot.offset, end);
      heap.numbers(high).fill(1, slot.offset, end);
    }
  }
  const [w, g, v] = [values.address, gradients.address, velocity.address];
  const update = (index: number) =>
    kernels.momentumStep(
      ...([w, g, v, decay.address, low.address, high.address, average.address, w] as const),
      ...([count, rateAt(schedule, index), schedule.momentum, averagingAt(schedule, index)] as const),
    );
  return { gradients, update };
}

/** Writes the batches of one head's set where a program reads them. */
function batchSource(
  { architecture, graph: { heap } }: Trainee,
  { data, teacher }: TrainingSet,
  schedule: TrainingSchedule,
  task: number,
  tasks: number,
): (step: number, program: TrainingProgram) => void {
  const { classes } = headOf(architecture, task);
  const plan = taskPlan(schedule, data, task, tasks);
  const table = pixelTable(data);
  return (step, { images, targets }) => {
    stepImages(data, table, plan, step, heap.numbers(images));
    stepTargets(data, plan, step, classes, teacher ?? null, heap.numbers(targets));
  };
}
