import { fail, ok, type Result } from '../core/result.ts';
import type { LearningPoint } from '../core/search/events.ts';
import type { TrainingHooks, TrainingSchedule } from './engine.ts';
import { stepsOf } from './schedule.ts';
import { Rests } from './yielding.ts';

/** Steps between two readings of the loss. */
export const stepsPerReading = 25;

/**
 * Takes the steps of a training on the processor: reads the loss every few dozen of them, and lets messages through and
 * waits at the gate a few times a second. `readLoss` gives the mean loss since it was called last. Reasons: 'aborted',
 * 'diverged' (a loss that is not finite).
 */
export async function trainStepwise(
  schedule: TrainingSchedule,
  hooks: TrainingHooks,
  step: (index: number) => void,
  readLoss: () => number | Promise<number>,
): Promise<Result<LearningPoint>> {
  const steps = stepsOf(schedule);
  let last: LearningPoint = { images: 0, loss: Number.NaN };
  const rests = new Rests();
  for (let index = 0; index < steps; index++) {
    if (hooks.signal?.aborted) return fail({ code: 'aborted' });
    step(index);
    if ((index + 1) % stepsPerReading === 0 || index === steps - 1) {
      last = { images: (index + 1) * schedule.batch, loss: await readLoss() };
      if (!Number.isFinite(last.loss)) return fail({ code: 'diverged' });
      hooks.onProgress?.(last);
    }
    const resting = rests.due();
    if (resting) {
      await resting;
      await hooks.gate?.();
    }
  }
  return ok(last);
}
