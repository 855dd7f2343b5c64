import type { Recipe } from '../core/search/recipe.ts';
import type { TrainingSchedule } from './engine.ts';

/** Share of a training over which the rate rises, and the optimiser's momentum [paper]. */
const warmupShare = 0.1;
const momentum = 0.9;

/** A child's two schedules: ordinary training over `ownImages`, and distillation after approximate morphisms. */
export function childSchedules(
  recipe: Recipe,
  ownImages: number,
  randomName: string,
): { readonly train: TrainingSchedule; readonly distill: TrainingSchedule } {
  const { batch, rate, weightDecay, augment, imagesDistilled } = recipe;
  const shared = { batch, rate, momentum };
  return {
    train: {
      ...shared,
      images: ownImages,
      warmup: Math.round(warmupShare * ownImages),
      weightDecay,
      augment,
      randomName: `${randomName}/train`,
    },
    distill: {
      ...shared,
      images: imagesDistilled,
      warmup: Math.round(warmupShare * imagesDistilled),
      weightDecay: 0,
      augment: 'none',
      randomName: `${randomName}/distill`,
    },
  };
}
