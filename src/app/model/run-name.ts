import type { Recipe } from '../../core/search/recipe.ts';
import { titleOf } from './datasets.ts';
import { listText } from '../text/format.ts';
import { texts } from '../text/texts.ts';

/** The name a run is kept under: the one given by hand, else what it learns and its seed. */
export function nameOf(name: string, recipe: Recipe): string {
  const given = name.trim();
  if (given !== '' && given !== texts.header.noRun) return given;
  return listText([titleOf(recipe.dataset), texts.header.seed(recipe.seed).toLowerCase()]);
}
