import type { Recipe } from '../../core/search/recipe.ts';
import { imagesOfRun } from '../session/facts.ts';

/**
 * Children of a run are on average dearer than the benchmark's small network, and each costs its own start,
 * calibration, evaluation and hand-over. Both factors are ours, from wasm and WebGPU runs of the Quick preset.
 */
const dearerThanBenchmark = 1.6;
const secondsPerNetwork = 0.25;

/** Seconds that a run of `recipe` takes where one worker trains `imagesPerSecond` on the benchmark network. */
export function estimateSeconds(recipe: Recipe, imagesPerSecond: number, workers: number): number {
  const networks = recipe.generations * recipe.accepted + (recipe.space === 'cell' ? 2 : 4);
  const images = imagesOfRun(recipe) + recipe.generations * recipe.accepted * 0.5 * recipe.imagesDistilled;
  const side = Math.max(1, Math.min(workers, recipe.accepted));
  const seconds = ((images / imagesPerSecond) * dearerThanBenchmark + networks * secondsPerNetwork) / side;
  return recipe.maxSeconds > 0 ? Math.min(seconds, recipe.maxSeconds) : seconds;
}
