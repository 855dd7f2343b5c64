import { generationsOf, type Recipe } from '../../core/search/recipe.ts';
import { imagesOfRun, startingNetworksOf } from '../session/facts.ts';

/**
 * Children of a run are on average dearer than the benchmark's small network, and each costs its own start,
 * calibration, evaluation and hand-over. Both factors are rough guesses of ours, right to about a factor of two.
 */
const dearerThanBenchmark = 1.6;
const secondsPerNetwork = 0.25;

/** Seconds that a run of `recipe` takes where one worker trains `imagesPerSecond` on the benchmark network. */
export function estimateSeconds(recipe: Recipe, imagesPerSecond: number, workers: number): number {
  const networks = generationsOf(recipe) * recipe.accepted + startingNetworksOf(recipe);
  const side = Math.max(1, Math.min(workers, recipe.accepted));
  const seconds =
    ((imagesOfRun(recipe) / imagesPerSecond) * dearerThanBenchmark + networks * secondsPerNetwork) / side;
  return recipe.maxSeconds > 0 ? Math.min(seconds, recipe.maxSeconds) : seconds;
}
