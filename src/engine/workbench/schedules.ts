import type { TrainingSchedule } from '../engine.ts';

/** Training and distillation on the bench: batch 32, no augmentation, no decay. [ours] */
export const toySchedule = (images: number, randomName: string): TrainingSchedule => ({
  images,
  batch: 32,
  rate: 0.05,
  warmup: Math.round(0.1 * images),
  momentum: 0.9,
  weightDecay: 0,
  augment: 'none',
  randomName,
});

/** The bench's short comparisons: small batches, so that a reading comes every 400 images; a rate that spares what was inherited. [ours] */
export const shortSchedule = (images: number, randomName: string): TrainingSchedule => ({
  ...toySchedule(images, randomName),
  batch: 16,
  rate: 0.02,
});
