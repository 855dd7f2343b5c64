import * as v from 'valibot';
import { count, id, most, real, share, size, text } from './values.ts';

/** Shape of a file's list of RunFinished. */
export const finishedSchema = v.pipe(
  v.array(
    v.object({
      network: id,
      start: v.picklist(['found', 'scratch']),
      images: count,
      batch: count,
      rate: size,
      warmupShare: share,
      weightDecay: size,
      augment: v.picklist(['none', 'shift', 'shift-flip']),
      randomName: text(),
      seconds: size,
      curve: v.pipe(v.array(v.object({ images: count, loss: real })), v.maxLength(most.list)),
      trainImages: count,
      testImages: v.pipe(count, v.minValue(1)),
      testErrorBefore: share,
      testError: share,
      date: text(40),
    }),
  ),
  v.maxLength(most.networks),
);
