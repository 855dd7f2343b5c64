import { formatRecipe, parseRecipe } from '../../core/search/recipe-parse.ts';
import { formatHash, pageKeys, parseHash, type PageState } from './url-state.ts';
import type { Session } from '../session.svelte.ts';
import { states } from '../strings.ts';

/** The page's address as its state: read once, then written as things change. */
export function pageStateOf(session: Session): PageState {
  const { page, playback } = session;
  const looksBack = !playback.following && !playback.moving;
  return {
    selected: page.selected,
    compared: page.compared,
    at: looksBack ? (session.settled?.generation ?? null) : null,
    tab: page.tab,
    x: page.x,
    y: page.y,
    autoplay: false,
    lesson: null,
  };
}

export function addressOf(session: Session): string {
  return formatHash(formatRecipe(session.recipe), pageStateOf(session));
}

/** Reads the address: the recipe (problems are reported, defaults taken) and what was looked at. */
export function readAddress(hash: string) {
  const { page, empty, params } = parseHash(hash);
  const { recipe, problems } = parseRecipe(hash.replace(/^#/, ''), pageKeys);
  return { page, empty, recipe, problems, params };
}

export function reportProblems(session: Session, problems: readonly { readonly message: string }[]): void {
  if (problems.length === 0) return;
  session.notices.say('recipe', states.badRecipe(problems.map((problem) => problem.message).join(' ')), {
    label: states.seeSettings,
    run: () => (session.page.drawer = 'settings'),
  });
}
