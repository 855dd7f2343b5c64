import type { Recipe } from '../../core/search/recipe.ts';
import { isOwnId } from '../../core/search/recipe.ts';
import { languageKeys } from './language.ts';
import { pageWords } from './texts.ts';

/** Whether the page calls a run of this recipe so in any of its languages. Fetches the words of all of them. */
export async function isMadeName(name: string, { dataset, seed }: Recipe): Promise<boolean> {
  if (isOwnId(dataset)) return false;
  const all = await Promise.all(languageKeys.map(pageWords));
  return all.some(({ header, datasetTitles, punctuation }) => {
    const made = [datasetTitles[dataset], header.seed(seed).toLowerCase()].join(punctuation.comma);
    return name === header.noRun || name === made;
  });
}
