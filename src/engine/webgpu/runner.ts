import { taskPlan } from '../batches.ts';
import type { ImageSet } from '../../datasets/types.ts';
import type { TrainingSchedule } from '../engine.ts';
import { packIndices } from './kernels/gather.ts';
import { averagingAt, rateAt } from '../schedule.ts';
import { lossRing, type TrainingProgram } from './compile.ts';
import type { Gpu } from './gpu.ts';
import type { ImageBuffers } from './image-data.ts';
import { Plan, type FixedBuffers } from './plan.ts';
import { Scratch } from './scratch.ts';

export interface RunnerOptions {
  readonly gpu: Gpu;
  /** What step `step` of the schedule runs; equal objects are one plan. */
  readonly compiledAt: (step: number) => TrainingProgram;
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

/**
 * The steps of one head: its plans (one, or one for each path of a supernet) over the same parameters, and the whole
 * schedule (batches, augmentation, rates) uploaded beforehand.
 */
export class Runner {
  readonly losses: GPUBuffer;
  readonly lossBytes: number;
  private readonly options: RunnerOptions;
  private readonly fixed: FixedBuffers;
  private readonly owned: readonly GPUBuffer[];
  private readonly plans = new Map<TrainingProgram, { readonly plan: Plan; readonly blocks: GPUBuffer }>();
  private readonly scratch: Scratch;

  private constructor(options: RunnerOptions) {
    const { gpu, data, buffers, teacher, schedule, task, tasks } = options;
    const batches = taskPlan(schedule, data, task, tasks);
    const own = batches.steps;
    const rates = new Float32Array(4 + 2 * own);
    rates.set([schedule.momentum, schedule.weightDecay]);
    for (let step = 0; step < own; step++) {
      const at = step * tasks + task;
      rates.set([rateAt(schedule, at), averagingAt(schedule, at)], 4 + 2 * step);
    }
    this.options = options;
    this.scratch = new Scratch(gpu);
    this.lossBytes = 4 * lossRing * schedule.batch;
    this.losses = gpu.storage('losses', this.lossBytes);
    const indices = gpu.storage('indices', packIndices(batches.indices, batches.shifts, batches.flips));
    const state = gpu.storage('state', 16);
    const rateBuffer = gpu.storage('rates', rates);
    const soft = teacher ? gpu.storage('teacher', teacher) : null;
    this.owned = [this.losses, indices, state, rateBuffer, ...(soft ? [soft] : [])];
    this.fixed = {
      parameters: options.parameters,
      momenta: options.momenta,
      averages: options.averages,
      images: buffers.images,
      table: buffers.table,
      targets: soft ?? buffers.labels,
      rates: rateBuffer,
      indices,
      state,
      losses: this.losses,
    };
  }

  /** With the plan of its first step; frees what it took where that fails. */
  static async create(options: RunnerOptions): Promise<Runner> {
    const runner = new Runner(options);
    try {
      await runner.prepare(options.task, 1);
      return runner;
    } catch (error) {
      runner.dispose();
      throw error;
    }
  }

  /** Makes the plans that steps first, first + 1 ... need and this runner has not yet; null where it has all. */
  prepare(first: number, steps: number): Promise<unknown> | null {
    const { compiledAt, task, tasks } = this.options;
    const missing = new Set<TrainingProgram>();
    for (let step = first; step < first + steps; step++) {
      if (step % tasks !== task) continue;
      const compiled = compiledAt(step);
      if (!this.plans.has(compiled)) missing.add(compiled);
    }
    return missing.size === 0 ? null : Promise.all([...missing].map((compiled) => this.make(compiled)));
  }

  private async make(compiled: TrainingProgram): Promise<void> {
    const { gpu } = this.options;
    const blocks = gpu.storage('blocks', compiled.blocks);
    try {
      const plan = await Plan.create(gpu, compiled.program, { ...this.fixed, blocks }, this.scratch);
      this.plans.set(compiled, { plan, blocks });
    } catch (error) {
      gpu.free(blocks);
      throw error;
    }
  }

  /** The plan of a step that was prepared. */
  planAt(step: number): Plan {
    return this.plans.get(this.options.compiledAt(step))!.plan;
  }

  dispose(): void {
    const { gpu } = this.options;
    for (const { plan, blocks } of this.plans.values()) {
      plan.dispose();
      gpu.free(blocks);
    }
    this.scratch.dispose();
    for (const buffer of this.owned) gpu.free(buffer);
  }
}
