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

/** What of a job decides its schedules. */
export interface Scheduled {
  readonly ownImages: number;
  /** Images along the line of inheritance before. */
  readonly inheritedImages: number;
  /** True where it starts from its parent's weights. */
  readonly inherits: boolean;
  /** Rates as shares of the recipe's where one schedule goes over the whole search; null for its own. */
  readonly rates: { readonly first: number; readonly last: number } | null;
  /** Power of the running average; 0 for none. */
  readonly averaging: number;
}

/** Peak, fall and rise of the rate. A line that inherits on the search's schedule needs no new warm-up. */
function rateOf(recipe: Recipe, { inherits, rates, ownImages }: Scheduled) {
  const warmup = Math.round(warmupShare * ownImages);
  if (!rates) return { rate: inherits ? inheritedRateShare * recipe.rate : recipe.rate, warmup };
  const { first, last } = rates;
  return {
    rate: first * recipe.rate,
    lastRate: last * recipe.rate,
    decay: 'linear',
    warmup: inherits ? 0 : warmup,
  } as const;
}

/** A child's two schedules: ordinary training over `ownImages`, and distillation after approximate morphisms. */
export function childSchedules(
  recipe: Recipe,
  job: Scheduled,
  randomName: string,
): { readonly train: TrainingSchedule; readonly distill: TrainingSchedule } {
  const { batch, weightDecay, augment, imagesDistilled } = recipe;
  const { ownImages, inheritedImages: imagesBefore, averaging: power } = job;
  const rates = rateOf(recipe, job);
  const distilled = Math.min(imagesDistilled, Math.floor(ownImages / 2));
  return {
    train: {
      ...{ batch, momentum, weightDecay, augment },
      ...rates,
      images: ownImages,
      randomName: `${randomName}/train`,
      ...(power > 0 ? { averaging: { power, imagesBefore, from: null } } : {}),
    },
    distill: {
      ...{ batch, momentum, weightDecay: 0, augment: 'none' },
      rate: rates.rate,
      images: distilled,
      warmup: Math.round(warmupShare * distilled),
      randomName: `${randomName}/distill`,
    },
  };
}
