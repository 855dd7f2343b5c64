import { occurrencePrefix } from '../architecture/graph.ts';
import type { DiffRow } from './diff.ts';

const prefixOf = ({ before, after }: DiffRow): string => occurrencePrefix((after ?? before)!.node.id);

/**
 * The rows of a stacked network's drawing that are its first cell, with the row that it reads; `places` is how often
 * the cell stands in the network. Null in a network of space I.
 */
export function cellRows(
  rows: readonly DiffRow[],
): { readonly rows: readonly DiffRow[]; readonly places: number } | null {
  const prefixes = [...new Set(rows.map(prefixOf))].filter((prefix) => prefix !== '');
  const [first] = prefixes;
  if (first === undefined) return null;
  const own = rows.filter((row) => prefixOf(row) === first);
  const keys = new Set(own.map(({ key }) => key));
  const read = new Set(own.flatMap(({ after }) => after?.inputs ?? []).filter((key) => !keys.has(key)));
  return { rows: rows.filter(({ key }) => keys.has(key) || read.has(key)), places: prefixes.length };
}
