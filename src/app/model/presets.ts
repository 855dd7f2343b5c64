import { presetRecipe, type PresetKey } from '../../core/search/presets.ts';
import type { Recipe } from '../../core/search/recipe.ts';

/** `recipe` with the budget of `preset`; data set, seed, strategy, space, objectives and machine stay. Null changes the data set's own values only. */
export function withPreset(recipe: Recipe, preset: PresetKey | null): Recipe {
  const base = presetRecipe(recipe.dataset, preset ?? 'quick');
  if (preset === null) return { ...recipe, augment: base.augment };
  const { seed, strategy, space, objectives, backend, workers, secondDataset } = recipe;
  const second = secondDataset === recipe.dataset ? '' : secondDataset;
  const kept = second === '' ? objectives.filter((key) => key !== 'secondError') : objectives;
  return { ...base, seed, strategy, space, backend, workers, secondDataset: second, objectives: kept };
}
