import type { LearningPoint } from '../../core/search/events.ts';
import { messageOf, type Failure } from '../../core/failure.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { TrainingHooks, TrainingSchedule } from '../engine.ts';
import { stepsOf } from '../schedule.ts';
import { lossRing } from './compile.ts';
import type { Gpu } from './gpu.ts';
import { Pacer } from './pacer.ts';
import type { Runner } from './runner.ts';

/** Steps between two points of the learning curve; the portable trainer's too. */
const stepsPerPoint = 25;
/** Submissions on their way: the next is encoded while the last one runs, so reading back costs no time. */
const mostInFlight = 2;

interface Submission {
  readonly first: number;
  readonly steps: number;
  /** Mean loss of every step. */
  readonly losses: Promise<number[]>;
}

/**
 * Runs the whole schedule, step s on runner s mod runners. Fails with 'aborted', 'diverged', 'device-lost' or
 * 'gpu-error'. Every error the GPU reports while this runs is fatal for it.
 */
export async function runTraining(
  gpu: Gpu,
  runners: readonly Runner[],
  schedule: TrainingSchedule,
  hooks: TrainingHooks,
  errorsBefore: number,
): Promise<Result<LearningPoint>> {
  const total = stepsOf(schedule);
  const pacer = new Pacer(lossRing);
  const curve = new Curve(schedule.batch, total, hooks);
  const inFlight: Submission[] = [];
  let submitted = 0;
  const settle = async (): Promise<Failure | null> => {
    const { losses, steps, first } = inFlight.shift()!;
    const values = await losses;
    pacer.completed(steps);
    return gpu.failureSince(errorsBefore) ?? curve.add(first, values);
  };
  try {
    while (submitted < total || inFlight.length > 0) {
      const isAborted = hooks.signal?.aborted === true;
      if (submitted < total && !isAborted && inFlight.length < mostInFlight) {
        const gate = hooks.gate?.();
        if (gate) await gate;
        if (hooks.signal?.aborted) continue;
        const steps = Math.min(pacer.steps, total - submitted);
        for (const runner of runners) await runner.prepare(submitted, steps);
        pacer.submitted();
        inFlight.push(submit(gpu, runners, submitted, steps, schedule.batch));
        submitted += steps;
        continue;
      }
      if (inFlight.length === 0) return fail({ code: 'aborted' });
      const failure = await settle();
      if (failure !== null) return fail(failure);
    }
    return ok(curve.last);
  } catch (error) {
    const known = await gpu.explained(errorsBefore);
    return fail(known ?? { code: 'gpu-error', detail: messageOf(error) });
  } finally {
    await Promise.allSettled(inFlight.map(({ losses }) => losses));
  }
}

function submit(
  gpu: Gpu,
  runners: readonly Runner[],
  first: number,
  steps: number,
  batch: number,
): Submission {
  const encoder = gpu.device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  for (let step = first; step < first + steps; step++)
    runners[step % runners.length]!.planAt(step).encode(pass);
  pass.end();
  const stagings = runners.map((runner) => {
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const staging = gpu.buffer('losses read', runner.lossBytes, usage);
    encoder.copyBufferToBuffer(runner.losses, 0, staging, 0, runner.lossBytes);
    return staging;
  });
  gpu.device.queue.submit([encoder.finish()]);
  return { first, steps, losses: readLosses(gpu, stagings, first, steps, batch) };
}

async function readLosses(
  gpu: Gpu,
  stagings: readonly GPUBuffer[],
  first: number,
  steps: number,
  batch: number,
): Promise<number[]> {
  try {
    await Promise.all(stagings.map((staging) => staging.mapAsync(GPUMapMode.READ)));
    const rings = stagings.map((staging) => new Float32Array(staging.getMappedRange()));
    return Array.from({ length: steps }, (_, i) => {
      const step = first + i;
      const own = Math.floor(step / rings.length) % lossRing;
      const losses = rings[step % rings.length]!.subarray(own * batch, (own + 1) * batch);
      return losses.reduce((sum, loss) => sum + loss, 0) / batch;
    });
  } finally {
    for (const staging of stagings) gpu.free(staging);
  }
}

/** Gathers losses into points. */
class Curve {
  last: LearningPoint = { images: 0, loss: Number.NaN };
  private sum = 0;
  private steps = 0;
  private readonly batch: number;
  private readonly total: number;
  private readonly hooks: TrainingHooks;

  constructor(batch: number, total: number, hooks: TrainingHooks) {
    this.batch = batch;
    this.total = total;
    this.hooks = hooks;
  }

  /** Takes the losses of steps first, first + 1 ...; says 'diverged' where a point is not finite. */
  add(first: number, losses: readonly number[]): Failure | null {
    for (const [i, loss] of losses.entries()) {
      const done = first + i + 1;
      this.sum += loss;
      this.steps++;
      if (done % stepsPerPoint !== 0 && done !== this.total) continue;
      this.last = { images: done * this.batch, loss: this.sum / this.steps };
      this.sum = 0;
      this.steps = 0;
      if (!Number.isFinite(this.last.loss)) return { code: 'diverged' };
      this.hooks.onProgress?.(this.last);
    }
    return null;
  }
}
