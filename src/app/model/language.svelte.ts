import { followLanguage, keepLanguage, language, type Language } from '../text/language.ts';
import { fetchTexts } from '../text/texts.ts';

/** The page's language as a state. */
class PageLanguage {
  #current = $state<Language>(language());

  constructor() {
    followLanguage(() => this.#current);
  }

  get current(): Language {
    return this.#current;
  }

  /** Fetches the words first, so that nothing is ever shown without. Rejects where they cannot be fetched. */
  async change(next: Language): Promise<void> {
    if (next === this.#current) return;
    await fetchTexts(next);
    keepLanguage(next);
    this.#current = next;
  }
}

export const pageLanguage = new PageLanguage();
