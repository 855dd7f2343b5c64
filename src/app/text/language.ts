export type Language = 'en';

/** How a language writes numbers. */
const locales: Readonly<Record<Language, string>> = { en: 'en' };

/** The language of the page. */
export const language: Language = 'en';
export const locale: string = locales[language];
