/** The languages of the page: how each writes numbers and dates, and what it calls itself. */
export const languages = {
  en: { locale: 'en', name: 'English', short: 'EN' },
  zh: { locale: 'zh-CN', name: '中文', short: '中文' },
} as const;

export type Language = keyof typeof languages;
export const languageKeys = Object.keys(languages) as readonly Language[];

const storageKey = 'lemonade-language';

/** The script in index.html chose it (address, then choice kept, then browser) and wrote it on <html>; English elsewhere. */
function chosen(): Language {
  const lang = typeof document === 'undefined' ? '' : document.documentElement.lang;
  return languageKeys.find((key) => languages[key].locale === lang) ?? 'en';
}

let current: () => Language = chosen;

/** The language that the page is in now. */
export const language = (): Language => current();

/** Its tag for `Intl`. */
export const locale = (): string => languages[language()].locale;

/** From now on the language is what `source` says; the page's is a state, so that what is shown follows it. */
export function followLanguage(source: () => Language): void {
  current = source;
}

/** Writes the choice on the page and keeps it for the next visit. */
export function keepLanguage(next: Language): void {
  document.documentElement.lang = languages[next].locale;
  try {
    localStorage.setItem(storageKey, next);
    sessionStorage.removeItem(storageKey);
  } catch {
    // A browser that forbids storage still has the language until it is closed.
  }
}
