import { byName, classKey } from './class-folders.ts';
import type { Item } from './collect.ts';

/** A class as it was found, before the user renames or leaves it out. */
export interface FoundClass {
  readonly name: string;
  readonly count: number;
}

export interface PartCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** New items under the names that the same classes have already, whatever their case. */
export function unified(items: readonly Item[], before: readonly Item[]): readonly Item[] {
  const names = new Map(before.map(({ className }) => [classKey(className), className]));
  return items.map((item) => ({ ...item, className: names.get(classKey(item.className)) ?? item.className }));
}

export function countsOf(items: readonly Item[]): readonly FoundClass[] {
  const counts = new Map<string, number>();
  for (const { className } of items) counts.set(className, (counts.get(className) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => byName(a.name, b.name));
}

export function partsOf(items: readonly Item[]): PartCounts | null {
  const parts = { train: 0, validation: 0, test: 0 };
  for (const { part } of items) if (part !== null) parts[part]++;
  return parts.validation + parts.test > 0 ? parts : null;
}

interface Chosen {
  readonly item: Item;
  readonly label: number;
}

/**
 * The items of the classes that were not left out, with their labels; at most `mostOfClass` of each, and evenly fewer
 * where there are more than `most` in all.
 */
export function choose(
  items: readonly Item[],
  names: ReadonlyMap<string, string | null>,
  mostOfClass: number,
  most: number,
): { readonly classes: readonly string[]; readonly chosen: readonly Chosen[] } {
  const members = new Map<string, Item[]>();
  for (const item of items) {
    const name = names.has(item.className) ? names.get(item.className)! : item.className;
    if (name === null) continue;
    const known = members.get(name) ?? [];
    known.push(item);
    members.set(name, known);
  }
  const classes = [...members.keys()].sort(byName);
  const all = classes.map((name) => members.get(name)!);
  const each = Math.min(
    mostOfClass,
    evenShare(
      all.map(({ length }) => length),
      most,
    ),
  );
  return { classes, chosen: all.flatMap((of, label) => spread(of, each).map((item) => ({ item, label }))) };
}

/** So many of a list, spread over it, so that every part and folder keeps its share. */
const spread = <T>(list: readonly T[], count: number): readonly T[] =>
  list.length <= count
    ? list
    : Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]!);

/** The largest number of each class, so that no more than `most` are taken of classes that have `counts`. */
function evenShare(counts: readonly number[], most: number): number {
  const total = (each: number) => counts.reduce((sum, count) => sum + Math.min(count, each), 0);
  let [low, high] = [1, counts.reduce((most, count) => Math.max(most, count), 1)];
  if (total(high) <= most) return high;
  while (low < high - 1) {
    const middle = (low + high) >> 1;
    if (total(middle) <= most) low = middle;
    else high = middle;
  }
  return low;
}
