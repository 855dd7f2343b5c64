import { generationsOf, startsOf, totalImages } from '../../core/search/budget.ts';
import type { Recipe } from '../../core/search/recipe.ts';

/**
 * Children of a quick run are on average about as dear as the benchmark's small network; where the limit lets them grow
 * larger, dearer. Each costs its own start, calibration, evaluation and hand-over. Fitted on two cores, wasm: to one
 * quick run each of four data sets (one worker: 22, 35, 39 and 41 s for runs of 18, 34, 28 and 37 s) and to the class
 * run of the recording (two workers: 88 s for 105). Right to about a factor of two.
 */
const dearer = ({ maxParameters }: Recipe): number => Math.max(1, (maxParameters / 100_000) ** 0.65);
const secondsPerNetwork = 0.1;

/** Seconds that a run of `recipe` takes where one worker trains `imagesPerSecond` on the benchmark network. */
export function estimateSeconds(recipe: Recipe, imagesPerSecond: number, workers: number): number {
  const networks = generationsOf(recipe) * recipe.accepted + startsOf(recipe);
  const side = Math.max(1, Math.min(workers, recipe.accepted));
  const seconds =
    ((totalImages(recipe) / imagesPerSecond) * dearer(recipe) + networks * secondsPerNetwork) / side;
  return recipe.maxSeconds > 0 ? Math.min(seconds, recipe.maxSeconds) : seconds;
}

/** The same on this computer; null until it was measured. */
export const estimateHere = (
  { imagesPerSecond, workers }: { readonly imagesPerSecond: number | null; readonly workers: number },
  recipe: Recipe,
): number | null => (imagesPerSecond === null ? null : estimateSeconds(recipe, imagesPerSecond, workers));
