import { taskPlan } from '../batches.ts';
import type { ImageSet } from '../../datasets/types.ts';
import type { TrainingSchedule } from '../engine.ts';
import { packIndices } from './kernels/gather.ts';
import { averagingAt, rateAt } from '../schedule.ts';
import { lossRing, type TrainingProgram } from './compile.ts';
import type { Gpu } from './gpu.ts';
import type { ImageBuffers } from './image-data.ts';
import { Plan } from './plan.ts';

export interface RunnerOptions {
  readonly gpu: Gpu;
  readonly compiled: TrainingProgram;
  readonly data: ImageSet;
  readonly buffers: ImageBuffers;
  /** Rows of probabilities [data.count, classes]; null: the labels. */
  readonly teacher: Float32Array<ArrayBuffer> | null;
  readonly schedule: TrainingSchedule;
  readonly parameters: GPUBuffer;
  readonly momenta: GPUBuffer;
  /** The running average of the trainable parameters. */
  readonly averages: GPUBuffer;
  /** This runner makes steps task, task + tasks, task + 2 tasks ... of the schedule. */
  readonly task: number;
  readonly tasks: number;
}

/** The steps of one head: the plan, and the whole schedule (batches, augmentation, rates) uploaded beforehand. */
export class Runner {
  readonly plan: Plan;
  readonly losses: GPUBuffer;
  readonly lossBytes: number;
  private readonly owned: readonly GPUBuffer[];
  private readonly gpu: Gpu;

  private constructor(
    gpu: Gpu,
    plan: Plan,
    losses: GPUBuffer,
    lossBytes: number,
    owned: readonly GPUBuffer[],
  ) {
    this.gpu = gpu;
    this.plan = plan;
    this.losses = losses;
    this.lossBytes = lossBytes;
    this.owned = owned;
  }

  static async create(options: RunnerOptions): Promise<Runner> {
    const { gpu, compiled, data, buffers, teacher, schedule, task, tasks } = options;
    const batches = taskPlan(schedule, data, task, tasks);
    const own = batches.steps;
    const rates = new Float32Array(4 + 2 * own);
    rates.set([schedule.momentum, schedule.weightDecay]);
    for (let step = 0; step < own; step++) {
      const at = step * tasks + task;
      rates.set([rateAt(schedule, at), averagingAt(schedule, at)], 4 + 2 * step);
    }
    const lossBytes = 4 * lossRing * schedule.batch;
    const losses = gpu.storage('losses', lossBytes);
    const indices = gpu.storage('indices', packIndices(batches.indices, batches.shifts, batches.flips));
    const state = gpu.storage('state', 16);
    const rateBuffer = gpu.storage('rates', rates);
    const blocks = gpu.storage('blocks', compiled.blocks);
    const soft = teacher ? gpu.storage('teacher', teacher) : null;
    const owned = [losses, indices, state, rateBuffer, blocks, ...(soft ? [soft] : [])];
    const plan = await Plan.create(gpu, compiled.program, {
      parameters: options.parameters,
      momenta: options.momenta,
      averages: options.averages,
      images: buffers.images,
      table: buffers.table,
      targets: soft ?? buffers.labels,
      rates: rateBuffer,
      indices,
      state,
      blocks,
      losses,
    });
    return new Runner(gpu, plan, losses, lossBytes, owned);
  }

  dispose(): void {
    this.plan.dispose();
    for (const buffer of this.owned) this.gpu.free(buffer);
  }
}
