import * as tf from '@tensorflow/tfjs-core';
import type { Architecture, NodeId } from '../../core/architecture/types.ts';
import type { LearningPoint } from '../../core/search/events.ts';
import type { Result } from '../../core/result.ts';
import type { ImageSet } from '../../datasets/types.ts';
import { pixelTable, stepImages, stepTargets, taskPlan } from '../batches.ts';
import type { TrainingHooks, TrainingSchedule } from '../engine.ts';
import { averagingAt, rateAt } from '../schedule.ts';
import { trainStepwise } from '../train-stepwise.ts';
import { Momentum, type Parameters } from './parameters.ts';
import { forwardBackward } from './step.ts';

/** What one head learns from: hard labels, or `teacher` probabilities [data.count, classes]. */
export interface TrainingSet {
  readonly data: ImageSet;
  readonly teacher?: Float32Array;
}

/**
 * Trains `parameters` in place; with several sets, step s trains head s mod sets on its own data. Only `trained`
 * nodes move (null: all). Reasons: 'aborted', 'diverged' (a loss that is not finite).
 */
export async function trainParameters(
  architecture: Architecture,
  parameters: Parameters,
  sets: readonly TrainingSet[],
  trained: ReadonlySet<NodeId> | null,
  schedule: TrainingSchedule,
  hooks: TrainingHooks,
): Promise<Result<LearningPoint>> {
  const sources = sets.map((set, task) => batchSource(architecture, set, schedule, task, sets.length));
  const optimiser = new Momentum(parameters, schedule, trained);
  const losses = new LossMeter();
  const step = (index: number) => {
    const task = index % sources.length;
    const batch = sources[task]!(Math.floor(index / sources.length));
    const { loss, gradients } = forwardBackward(
      schedule.pathOf?.(index) ?? architecture,
      parameters.tensors,
      batch.images,
      batch.targets,
      task,
      trained,
    );
    tf.dispose([batch.images, batch.targets]);
    losses.add(loss);
    optimiser.apply(gradients, rateAt(schedule, index), averagingAt(schedule, index));
  };
  try {
    const ended = await trainStepwise(schedule, hooks, step, async () =>
      (await parameters.isFinite()) ? losses.read() : Number.NaN,
    );
    if (ended.ok) optimiser.finish(schedule.averaging !== undefined);
    return ended;
  } finally {
    optimiser.dispose();
    losses.dispose();
  }
}

type BatchSource = (step: number) => { readonly images: tf.Tensor; readonly targets: tf.Tensor };

/** Batches of one head's set on the device. The caller disposes of them. */
function batchSource(
  architecture: Architecture,
  { data, teacher }: TrainingSet,
  schedule: TrainingSchedule,
  task: number,
  tasks: number,
): BatchSource {
  const head = architecture.nodes.find((node) => node.kind === 'head' && node.task === task);
  if (head?.kind !== 'head') throw new Error(`no head for task ${task}`);
  const { classes } = head;
  const plan = taskPlan(schedule, data, task, tasks);
  const table = pixelTable(data);
  const shape: [number, number, number, number] = [plan.batch, data.height, data.width, data.channels];
  return (step) => ({
    images: tf.tensor4d(stepImages(data, table, plan, step), shape),
    targets: tf.tensor2d(stepTargets(data, plan, step, classes, teacher ?? null), [plan.batch, classes]),
  });
}

/** Sums losses on the device, so that only a reading waits for it. */
class LossMeter {
  private sum: tf.Tensor | null = null;
  private steps = 0;

  /** Takes over `loss`. */
  add(loss: tf.Tensor): void {
    const sum = this.sum ? tf.add(this.sum, loss) : loss;
    if (this.sum) tf.dispose([this.sum, loss]);
    this.sum = sum;
    this.steps++;
  }

  /** Mean since the last reading. */
  async read(): Promise<number> {
    const [sum = Number.NaN] = this.sum ? await this.sum.data() : [];
    const mean = sum / this.steps;
    this.dispose();
    this.steps = 0;
    return mean;
  }

  dispose(): void {
    this.sum?.dispose();
    this.sum = null;
  }
}
