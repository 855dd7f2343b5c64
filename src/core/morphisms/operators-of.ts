import type { Morphism, OperatorKind } from './morphism.ts';

/** Ids of one occurrence of a cell, in a morphism's JSON: "c1/", "c2/", ... */
const place = /"c\d+\//g;

/**
 * The operators of a chain as people count them: one that was carried out in every cell of a stacked network (one step
 * a cell) counts once. In a network of space I every step counts.
 */
export function operatorsOf(chain: readonly Morphism[]): readonly OperatorKind[] {
  // A skip may come from what the cell reads: another node at every place.
  const texts = chain.map((morphism) => JSON.stringify({ ...morphism, from: '' }));
  const local = texts.map((text) => text.replace(place, '"'));
  return chain
    .filter((_, i) => local[i] === texts[i] || local.indexOf(local[i]!) === i)
    .map(({ operator }) => operator);
}
