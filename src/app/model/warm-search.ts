import { formatRecipe } from '../../core/search/recipe-parse.ts';
import type { Recipe } from '../../core/search/recipe.ts';
import type { SearchHandle, SearchOptions } from '../../workers/search-handle.ts';
import { startSearch } from '../../workers/start-search.ts';
import type { SearchStatus } from '../../workers/protocol.ts';

/** What a search reports to whoever shows it. */
export type SearchListeners = Required<Pick<SearchOptions, 'onEvents' | 'onStatus' | 'onRun'>>;
type Ready = Extract<SearchStatus, { kind: 'ready' }>;

/** A search prepared before it was asked for: what it says is kept until someone takes it over. */
export class WarmSearch {
  readonly #key: string;
  readonly #handle: SearchHandle;
  #said: ((listeners: SearchListeners) => void)[] = [];
  #listeners: SearchListeners | null = null;

  constructor(recipe: Recipe, name: string, onReady: (ready: Ready) => void) {
    this.#key = formatRecipe(recipe);
    const pass = (say: (listeners: SearchListeners) => void) => {
      if (this.#listeners) say(this.#listeners);
      else this.#said.push(say);
    };
    this.#handle = startSearch(recipe, {
      name,
      onEvents: (first, events) => pass((to) => to.onEvents(first, events)),
      onStatus: (status) => {
        if (status.kind === 'ready') onReady(status);
        pass((to) => to.onStatus(status));
      },
      onRun: (id) => pass((to) => to.onRun(id)),
    });
  }

  /** Hands the search over if it was prepared for `recipe`; else it is ended and null is given. */
  adopt(recipe: Recipe, listeners: SearchListeners): SearchHandle | null {
    if (this.#key !== formatRecipe(recipe)) {
      this.dispose();
      return null;
    }
    this.#listeners = listeners;
    for (const say of this.#said) say(listeners);
    this.#said = [];
    return this.#handle;
  }

  dispose(): void {
    this.#handle.dispose();
  }
}
