const rules = new Intl.PluralRules('en');

/** One form for 1, another for every other count. */
export const plural = (count: number, one: string, other: string): string =>
  rules.select(count) === 'one' ? one : other;

export const networks = (count: number): string => plural(count, '1 network', `${count} networks`);
export const are = (count: number): string => plural(count, 'is', 'are');
