/** The same keys, tuples and signatures as `T`, whatever the words: what a translation satisfies. */
export type Reworded<T> = T extends string
  ? string
  : T extends (...args: infer A) => infer R
    ? (...args: A) => Reworded<R>
    : { readonly [K in keyof T]: Reworded<T[K]> };
