export type Language = 'en';

/** The language of the page, and how it writes numbers. */
export const language: Language = 'en';
export const locale: string = language;
