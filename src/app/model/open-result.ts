import { isOwnId, type Recipe } from '../../core/search/recipe.ts';
import { loadTexts, texts } from '../text/texts.ts';
import { defaultPage, type PageState } from './address.ts';
import { registerFromLog } from './register-datasets.ts';
import { isOf } from './session-address.ts';
import { readResult, type LinkedResult } from './result-link.ts';
import { givenAnywhere } from './run-name.ts';
import type { Session } from './session.svelte.ts';

/** Which networks a link brought, in a sentence. */
function broughtWords({ scope, kept, of }: LinkedResult): string {
  const words = texts.sent;
  switch (scope) {
    case 'all':
      return words.all(of);
    case 'fronts':
      return words.fronts(kept, of);
    case 'last-front':
      return words.lastFront(kept, of);
    case 'renumbered':
      return words.renumbered(kept, of);
  }
}

/**
 * Shows the result of a link at its end, what was achieved first, and offers the same search here. A damaged one says so,
 * and lays out a search with its settings. Neither where `isAsked` no longer: another address was followed meanwhile.
 */
export async function openResult(
  session: Session,
  text: string,
  { page, recipe: asked }: { readonly page: PageState; readonly recipe: Recipe },
  isAsked: () => boolean = () => true,
): Promise<void> {
  const [opened] = await Promise.all([readResult(text), loadTexts('run')]);
  if (!isAsked()) return;
  if (!opened.ok) {
    const isThere = isOf(session.run, { recipe: asked, params: new URLSearchParams() });
    if (session.home || session.run.isReplay || !isThere) session.change(asked);
    else session.prepare();
    session.look(page);
    session.notices.say('result-link', opened.reason === 'newer' ? texts.sent.newer : texts.sent.damaged);
    return;
  }
  const { events, told, recipe, dataset, note, date, device, scope, kept, of } = opened.value;
  registerFromLog(events, dataset);
  if (isOwnId(recipe.dataset)) await session.own.load();
  const isHere = !isOwnId(recipe.dataset) || session.own.list.some(({ id }) => id === recipe.dataset);
  const hasSelected = events.some((event) => event.type === 'evaluated' && event.network === page.selected);
  const selected = hasSelected ? page.selected : opened.value.selected;
  const repeat = isHere ? () => repeatHere(session, text) : null;
  const name = await givenAnywhere(opened.value.name, recipe);
  if (!isAsked()) return;
  const isExact = device?.backend.kind === 'wasm';
  const run = session.show({
    ...{ kind: 'file', events, told, name, note, link: text, selected, at: 'end' },
    origin: { note, created: date, device, from: '' },
    sent: { scope, kept, of, selected, isExact, repeat },
  });
  session.page.restore(page);
  run.selection.compared = page.compared;
  // Whoever opens a link has not seen the result yet; the network that was selected is marked beside it.
  run.selection.aside = true;
  const action = repeat && { label: texts.sent.repeat, run: repeat };
  session.notices.say('result-link', broughtWords(opened.value), action, 'info');
}

/** The same search on this computer, from its beginning; the result stays a click away. */
function repeatHere(session: Session, link: string): void {
  const { recipe } = session.run;
  session.notices.dismiss('result-link');
  session.change(recipe);
  session.play();
  const open = () => void openResult(session, link, { page: defaultPage, recipe });
  const back = { label: texts.states.bringBack, run: open };
  session.run.notices.say('aside', texts.sent.aside, back, 'info');
}
