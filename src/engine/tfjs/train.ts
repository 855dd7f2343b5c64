import * as tf from '@tensorflow/tfjs-core';
import type { Architecture, NodeId } from '../../core/architecture/types.ts';
import type { LearningPoint } from '../../core/search/events.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { ImageSet } from '../../datasets/types.ts';
import { batchPlan, farthestShift, pixelTable, stepImages, stepTargets, type BatchPlan } from '../batches.ts';
import type { TrainingHooks, TrainingSchedule } from '../engine.ts';
import { averagingAt, rateAt, stepsOf } from '../schedule.ts';
import { yieldToMessages } from '../yielding.ts';
import { Momentum, type Parameters } from './parameters.ts';
import { forwardBackward } from './step.ts';

/** What one head learns from: hard labels, or `teacher` probabilities [data.count, classes]. */
export interface TrainingSet {
  readonly data: ImageSet;
  readonly teacher?: Float32Array;
}

const stepsPerReading = 25;
const millisecondsPerYield = 40;

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
  const steps = stepsOf(schedule);
  const optimiser = new Momentum(parameters, schedule, trained);
  const losses = new LossMeter(schedule.batch);
  let yielded = performance.now();
  try {
    for (let step = 0; step < steps; step++) {
      if (hooks.signal?.aborted) return fail({ code: 'aborted' });
      const task = step % sources.length;
      const batch = sources[task]!(Math.floor(step / sources.length));
      const { loss, gradients } = forwardBackward(
        schedule.pathOf?.(step) ?? architecture,
        parameters.tensors,
        batch.images,
        batch.targets,
        task,
        trained,
      );
      tf.dispose([batch.images, batch.targets]);
      losses.add(loss);
      optimiser.apply(gradients, rateAt(schedule, step), averagingAt(schedule, step));

      if ((step + 1) % stepsPerReading === 0 || step === steps - 1) {
        const point = await losses.read();
        if (!Number.isFinite(point.loss)) return fail({ code: 'diverged' });
        hooks.onProgress?.(point);
      }
      if (performance.now() - yielded > millisecondsPerYield) {
        await yieldToMessages();
        const gate = hooks.gate?.();
        if (gate) await gate;
        yielded = performance.now();
      }
    }
    optimiser.finish(schedule.averaging !== undefined);
    return ok(losses.last);
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
  const plan: BatchPlan = batchPlan(
    task === 0 ? schedule.randomName : `${schedule.randomName}/task/${task}`,
    data.count,
    Math.ceil(stepsOf(schedule) / tasks) * schedule.batch,
    schedule.batch,
    schedule.augment,
    farthestShift(data.height),
  );
  const table = pixelTable(data);
  const shape: [number, number, number, number] = [plan.batch, data.height, data.width, data.channels];
  return (step) => ({
    images: tf.tensor4d(stepImages(data, table, plan, step), shape),
    targets: tf.tensor2d(stepTargets(data, plan, step, classes, teacher ?? null), [plan.batch, classes]),
  });
}

/** Sums losses on the device, so that only a reading waits for it. */
class LossMeter {
  last: LearningPoint = { images: 0, loss: Number.NaN };
  private sum: tf.Tensor | null = null;
  private steps = 0;
  private seen = 0;
  private readonly batch: number;

  constructor(batch: number) {
    this.batch = batch;
  }

  /** Takes over `loss`. */
  add(loss: tf.Tensor): void {
    const sum = this.sum ? tf.add(this.sum, loss) : loss;
    if (this.sum) tf.dispose([this.sum, loss]);
    this.sum = sum;
    this.steps++;
    this.seen++;
  }

  async read(): Promise<LearningPoint> {
    const [sum = Number.NaN] = this.sum ? await this.sum.data() : [];
    this.last = { images: this.seen * this.batch, loss: sum / this.steps };
    this.dispose();
    this.steps = 0;
    return this.last;
  }

  dispose(): void {
    this.sum?.dispose();
    this.sum = null;
  }
}
