import type { Recipe } from '../../core/search/recipe.ts';
import { titleOf } from './datasets.ts';
import { listText } from '../text/format.ts';
import { texts } from '../text/texts.ts';

/** What a run without a name is called: what it learns and its seed, in the page's language. */
const unnamed = (recipe: Recipe): string =>
  listText([titleOf(recipe.dataset), texts.header.seed(recipe.seed).toLowerCase()]);

/** The name a run is kept under: the one given by hand, else what it learns and its seed. */
export const nameOf = (name: string, recipe: Recipe): string => givenName(name, recipe) || unnamed(recipe);

/** The name that was given by hand; '' where the page made it, in the language that it is in now. */
export function givenName(name: string, recipe: Recipe): string {
  const given = name.trim();
  return given === texts.header.noRun || given === unnamed(recipe) ? '' : given;
}

/** The same where the page may have made it in another language: of runs that were stored, saved or sent. */
export async function givenAnywhere(name: string, recipe: Recipe): Promise<string> {
  const given = givenName(name, recipe);
  if (given === '') return '';
  const { isMadeName } = await import('../text/made-names.ts');
  return (await isMadeName(given, recipe)) ? '' : given;
}
