import type { TrainingSchedule } from './engine.ts';

/** Steps of a schedule: images rounded up to whole batches, at least one. */
export const stepsOf = (schedule: TrainingSchedule): number =>
  Math.max(1, Math.ceil(schedule.images / schedule.batch));

/**
 * Learning rate of step `step` (0-based): from the peak to the last rate over the whole training, along a cosine
 * (Loshchilov and Hutter 2017) or a line, times a linear rise over the first `warmup` images.
 */
export function rateAt(schedule: TrainingSchedule, step: number): number {
  const { rate, lastRate = 0, decay = 'cosine', warmup, batch } = schedule;
  const progress = step / stepsOf(schedule);
  const left = decay === 'cosine' ? 0.5 * (1 + Math.cos(Math.PI * progress)) : 1 - progress;
  const rise = warmup > 0 ? Math.min(1, ((step + 1) * batch) / warmup) : 1;
  return (lastRate + (rate - lastRate) * left) * rise;
}

/** Share of the way to the weights that the running average moves after step `step` (0-based); 1 without averaging. */
export function averagingAt({ averaging, batch }: TrainingSchedule, step: number): number {
  if (!averaging) return 1;
  const { power, imagesBefore } = averaging;
  return (power + 1) / (Math.floor(imagesBefore / batch) + step + 1 + power);
}

/** True where L2 weight decay applies: kernels, not BN, lambda or bias. */
export const isDecayed = (name: string): boolean =>
  name === 'kernel' || name === 'depthwise' || name === 'pointwise';

/** Images in one batch of evaluation, re-estimation and calibration. */
export const evaluationBatch = 125;
