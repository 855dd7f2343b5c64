import { formatRecipe, parseRecipe } from '../../core/search/recipe-parse.ts';
import { defaultDataset } from '../../core/search/presets.ts';
import { recipeFields, type Recipe } from '../../core/search/recipe.ts';
import { isKnown } from '../../datasets/catalog.ts';
import { formatHash, pageKeys, parseHash, type PageState } from './address.ts';
import type { Run } from './run.svelte.ts';
import type { Session } from './session.svelte.ts';
import { loadTexts, texts } from '../text/texts.ts';

/** What the address keeps of what is looked at. */
function pageStateOf({ page }: Session, run: Run): PageState {
  const { playback, selection } = run;
  const looksBack = !playback.following && !playback.moving;
  return {
    selected: selection.selected,
    compared: selection.compared,
    at: looksBack ? (run.milestoneView?.generation ?? null) : null,
    tab: page.tab,
    x: page.x,
    y: page.y,
    autoplay: false,
    lesson: null,
  };
}

/** The address of the run on the page, or of another one of the session. */
export function addressOf(session: Session, run: Run = session.run): string {
  const { recipe, link } = run;
  const address = formatHash(formatRecipe(recipe), pageStateOf(session, run));
  return link ? `${address}&result=${link}` : address;
}

/** `run` is the one that an address asks for, whatever of it is looked at. */
export const isOf = (
  { recipe, link }: Run,
  asked: { readonly recipe: Recipe; readonly params: URLSearchParams },
): boolean =>
  formatRecipe(recipe) === formatRecipe(asked.recipe) && link === (asked.params.get('result') ?? '');

/**
 * Reads the address: the recipe (problems are reported, defaults taken) and what was looked at. One in which nothing is
 * understood is as good as empty.
 */
export function readAddress(hash: string) {
  const { page, empty, params } = parseHash(hash);
  const parsed = parseRecipe(hash.replace(/^#/, ''), pageKeys);
  const { recipe, unknownPictures } = withKnownPictures(parsed.recipe);
  const understood = [...params.keys()].some(
    (key) => key === 'preset' || (key !== 'lang' && pageKeys.has(key)) || Object.hasOwn(recipeFields, key),
  );
  return { page, empty: empty || !understood, recipe, problems: parsed.problems, unknownPictures, params };
}

/** Own pictures that are not in this browser give way to the default data set. */
function withKnownPictures(recipe: Recipe) {
  const { dataset, secondDataset } = recipe;
  const isHere = isKnown(dataset);
  const isSecondHere = secondDataset === '' || isKnown(secondDataset);
  if (isHere && isSecondHere) return { recipe, unknownPictures: false };
  const known = {
    ...recipe,
    ...(isHere ? {} : { dataset: defaultDataset }),
    ...(isSecondHere ? {} : { secondDataset: '' as const }),
  };
  return { recipe: parseRecipe(formatRecipe(known)).recipe, unknownPictures: true };
}

/** Problems of an address that are said one by one, and characters of each. */
const mostProblems = 3;
const mostCharacters = 160;
const shortened = (text: string): string =>
  text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;

/** Says what of an address could not be taken; the words for it are fetched where there is something to say. */
export async function reportProblems(
  session: Session,
  { problems, unknownPictures }: Pick<ReturnType<typeof readAddress>, 'problems' | 'unknownPictures'>,
): Promise<void> {
  if (problems.length === 0 && !unknownPictures) return;
  await loadTexts('run');
  const said = [
    ...(unknownPictures ? [texts.states.unknownPictures] : []),
    ...problems.slice(0, mostProblems).map((problem) => shortened(texts.describeRecipeProblem(problem))),
    ...(problems.length > mostProblems ? [texts.states.moreProblems(problems.length - mostProblems)] : []),
  ];
  session.notices.say('recipe', texts.states.badRecipe(said.join(' ')), {
    label: texts.states.seeSettings,
    run: () => (session.page.drawer = 'settings'),
  });
}
