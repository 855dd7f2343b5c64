import type { Recipe } from '../core/search/recipe.ts';
import type { TrainingSchedule } from './engine.ts';

/** Share of a training over which the rate rises, and the optimiser's momentum [paper]. */
const warmupShare = 0.1;
const momentum = 0.9;
/**
 * Peak rate of a child that inherits, as a share of the recipe's: its weights are near a good place already. Measured
 * on MNIST and Shapes (docs/evidence.md). [ours]
 */
const inheritedRateShare = 0.3;

/** A child's two schedules: ordinary training over `ownImages`, and distillation after approximate morphisms. */
export function childSchedules(
  recipe: Recipe,
  ownImages: number,
  randomName: string,
  inherits = false,
): { readonly train: TrainingSchedule; readonly distill: TrainingSchedule } {
  const { batch, rate, weightDecay, augment, imagesDistilled } = recipe;
  const shared = { batch, rate: inherits ? inheritedRateShare * rate : rate, momentum };
  const distilled = Math.min(imagesDistilled, Math.floor(ownImages / 2));
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
      images: distilled,
      warmup: Math.round(warmupShare * distilled),
      weightDecay: 0,
      augment: 'none',
      randomName: `${randomName}/distill`,
    },
  };
}
