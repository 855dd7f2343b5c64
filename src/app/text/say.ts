/**
 * What the words of a code say of a value with that code: `words` is the entry of a table that has one for each code, each
 * taking only the values with its own, which the compiler cannot follow through a lookup.
 */
export const say = <V>(words: (value: never) => string, value: V): string =>
  (words as (value: V) => string)(value);
