import type { TrainingSchedule } from './engine.ts';

/** Steps of a schedule: images rounded up to whole batches, at least one. */
export const stepsOf = (schedule: TrainingSchedule): number =>
  Math.max(1, Math.ceil(schedule.images / schedule.batch));

/**
 * Learning rate of step `step` (0-based): cosine from the peak to 0 over the whole training (Loshchilov and
 * Hutter 2017), times a linear rise over the first `warmup` images.
 */
export function rateAt(schedule: TrainingSchedule, step: number): number {
  const progress = step / stepsOf(schedule);
  const cosine = 0.5 * schedule.rate * (1 + Math.cos(Math.PI * progress));
  const rise = schedule.warmup > 0 ? Math.min(1, ((step + 1) * schedule.batch) / schedule.warmup) : 1;
  return cosine * rise;
}

/** True where L2 weight decay applies: kernels, not BN, lambda or bias. */
export const isDecayed = (name: string): boolean =>
  name === 'kernel' || name === 'depthwise' || name === 'pointwise';

/** Images in one batch of evaluation, re-estimation and calibration. */
export const evaluationBatch = 125;
