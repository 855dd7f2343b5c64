import { countsOf } from '../../src/datasets/own/choose.ts';
import type { Collection } from '../../src/datasets/own/collect.ts';

/** Classes with their counts, parts, and the pixels of the first image of the first file. */
export function summary({ items, natural, unread, classless, title }: Collection) {
  const parts: Record<string, number> = {};
  for (const { part } of items) parts[part ?? 'none'] = (parts[part ?? 'none'] ?? 0) + 1;
  return {
    title,
    classes: countsOf(items).map(({ name, count }) => `${name}:${count}`),
    parts,
    natural,
    unread: unread.map(({ path, reason }) => `${path} ${reason}`),
    classless: classless.length,
  };
}
