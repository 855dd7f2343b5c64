import { generationsOf, startsOf, totalImages } from '../../core/search/budget.ts';
import type { Recipe } from '../../core/search/recipe.ts';

/**
 * An image of a quick run is on average about twice as dear as one of the benchmark's small network; where the limit lets
 * networks grow larger, dearer. Each costs its own start, calibration, evaluation and hand-over. Fitted on two cores, one
 * trainer on WebAssembly: quick runs of MNIST and Fashion-MNIST took 43 and 47 s where images alone would have taken 20.
 * Right to about a factor of two, and only for a computer that has nothing else to do.
 */
const dearer = ({ maxParameters }: Recipe): number => 2 * Math.max(1, (maxParameters / 100_000) ** 0.65);
const secondsPerNetwork = 0.1;

/** Seconds that a run of `recipe` takes where one worker trains `imagesPerSecond` on the benchmark network. */
export function estimateSeconds(recipe: Recipe, imagesPerSecond: number, workers: number): number {
  const networks = generationsOf(recipe) * recipe.accepted + startsOf(recipe);
  // A generation ends with its last child, and the largest starting network takes as long as all others.
  const side = Math.max(1, Math.min(workers, recipe.accepted)) ** 0.7;
  const seconds =
    ((totalImages(recipe) / imagesPerSecond) * dearer(recipe) + networks * secondsPerNetwork) / side;
  return recipe.maxSeconds > 0 ? Math.min(seconds, recipe.maxSeconds) : seconds;
}

/** The same on this computer; null until it was measured. */
export const estimateHere = (
  { imagesPerSecond, workers }: { readonly imagesPerSecond: number | null; readonly workers: number },
  recipe: Recipe,
): number | null => (imagesPerSecond === null ? null : estimateSeconds(recipe, imagesPerSecond, workers));
