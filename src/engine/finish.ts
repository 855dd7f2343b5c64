import type { Architecture } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { LearningPoint } from '../core/search/events.ts';
import type { Recipe } from '../core/search/recipe.ts';
import type { ImageSet } from '../datasets/types.ts';
import type { Engine, TrainingHooks } from './engine.ts';
import { finishSettings, retrain, retrainSchedule, type RetrainSettings } from './retrain.ts';

/** How long a network is trained: as many images, or as many as are seen in that time on this device. */
export type FinishBudget =
  | { readonly kind: 'images'; readonly images: number }
  | { readonly kind: 'seconds'; readonly seconds: number };

/** A found network whose training is to be finished. */
export interface FinishOrder {
  readonly architecture: Architecture;
  /** As the search left it; its test error is measured, and training goes on from it where `start` is 'found'. */
  readonly found: Weights;
  /** Images that `found` has seen, own and inherited. */
  readonly imagesBefore: number;
  readonly start: 'found' | 'scratch';
  readonly budget: FinishBudget;
  readonly augment: Recipe['augment'];
  /** Of the run. */
  readonly recipe: Pick<Recipe, 'batch' | 'rate' | 'weightDecay'>;
  /** Names the generators of weights and batches, for example "42/retrain/17". */
  readonly randomName: string;
  /** Its error on the test images as it was found, where that is known; else it is measured. */
  readonly testErrorBefore: number | null;
}

export interface FinishedTraining {
  readonly weights: Weights;
  readonly settings: RetrainSettings;
  readonly learning: LearningPoint;
  readonly trainImages: number;
  readonly testImages: number;
  readonly testErrorBefore: number;
  readonly testError: number;
}

export interface FinishHooks extends TrainingHooks {
  /** Told once, before training: how many images the budget is on this device. */
  readonly onPlanned?: (images: number) => void;
}

/**
 * Finishes the training of a found network by `retrain`. Minutes become images before the first step, so that the
 * rate's cosine ends where the time does, and the same number of images gives the same network again.
 * Reasons: 'aborted', 'diverged'.
 */
export async function finishNetwork(
  engine: Engine,
  order: FinishOrder,
  data: { readonly train: ImageSet; readonly test: ImageSet },
  hooks: FinishHooks = {},
): Promise<Result<FinishedTraining>> {
  const { architecture, found, start, budget, augment, recipe, randomName } = order;
  const testErrorBefore = order.testErrorBefore ?? (await testError(engine, architecture, found, data.test));
  const imagesBefore = start === 'found' ? order.imagesBefore : 0;
  const settings = (images: number) => finishSettings(recipe, images, augment, imagesBefore);
  const images =
    budget.kind === 'images'
      ? ok(budget.images)
      : await imagesIn(engine, architecture, found, data.train, settings(1), budget.seconds, hooks);
  if (!images.ok) return images;
  hooks.onPlanned?.(images.value);
  const from = start === 'found' ? found : null;
  const trained = await retrain(engine, architecture, data, settings(images.value), randomName, hooks, from);
  if (!trained.ok) return trained;
  return ok({
    weights: trained.value.weights,
    settings: settings(images.value),
    learning: trained.value.learning,
    trainImages: data.train.count,
    testImages: data.test.count,
    testErrorBefore,
    testError: trained.value.evaluation.error,
  });
}

async function testError(
  engine: Engine,
  architecture: Architecture,
  weights: Weights,
  test: ImageSet,
): Promise<number> {
  const network = engine.network(architecture, weights);
  try {
    return (await network.evaluate(test)).error;
  } finally {
    network.dispose();
    engine.purge();
  }
}

/** Share of a budget of time that is spent on measuring the speed, at least. */
const measuredShare = 0.02;
const warmupBatches = 8;
const firstBatches = 16;

/**
 * How many images `architecture` is trained on within `seconds`, measuring included: a copy is trained for longer and
 * longer until the clock can be believed. Reasons: 'aborted', 'diverged'.
 */
export async function imagesIn(
  engine: Engine,
  architecture: Architecture,
  weights: Weights,
  train: ImageSet,
  settings: RetrainSettings,
  seconds: number,
  { signal }: Pick<TrainingHooks, 'signal'> = {},
): Promise<Result<number>> {
  const began = performance.now();
  const secondsSince = (time: number) => (performance.now() - time) / 1000;
  const network = engine.network(architecture, weights);
  try {
    const trainOn = (images: number) =>
      network.train(train, retrainSchedule({ ...settings, images }, 'speed'), signal ? { signal } : {});
    const warmed = await trainOn(warmupBatches * settings.batch);
    if (!warmed.ok) return warmed;
    for (let images = firstBatches * settings.batch; ; images *= 2) {
      if (signal?.aborted) return fail({ code: 'aborted' });
      const measured = performance.now();
      const trained = await trainOn(images);
      if (!trained.ok) return trained;
      const lasted = secondsSince(measured);
      if (lasted < measuredShare * seconds) continue;
      const left = Math.max(0, seconds - secondsSince(began));
      return ok(Math.max(settings.batch, Math.floor((images / lasted) * left)));
    }
  } finally {
    network.dispose();
    engine.purge();
  }
}
