import { addAll } from '../../core/add-all.ts';
/** Which part of a published division an image belongs to. */
export type Part = 'train' | 'validation' | 'test';

export interface Placed {
  readonly className: string;
  /** Null where the folders name no parts. */
  readonly part: Part | null;
}

export interface Placing<T> {
  /** The folder that holds the classes, or '' where there are several. */
  readonly title: string;
  readonly placed: readonly (T & Placed)[];
  /** What lies in no folder of a class. */
  readonly classless: readonly T[];
}

/** Folders that systems and tools leave behind; what lies in them is no picture of the user's. */
const systemFolders = new Set(['__macosx', '@eadir', '$recycle.bin', 'system volume information']);

/** Whether a path leads through a system's own folder or a hidden one (thumbnails, file managers' notes). */
export const isHidden = (path: string): boolean =>
  path.split('/').some((part) => part.startsWith('.') || systemFolders.has(part.toLowerCase()));

const partNames: Readonly<Record<string, Part>> = {
  ...{ train: 'train', training: 'train', trainset: 'train' },
  ...{ val: 'validation', valid: 'validation', validation: 'validation', dev: 'validation' },
  ...{ test: 'test', testing: 'test', testset: 'test', eval: 'test' },
};

const partNamed = (name: string): Part | null => partNames[name.toLowerCase()] ?? null;

/** Names that look the same are the same class: Unicode form, case and spaces aside. */
export const classKey = (name: string): string => tidy(name).toLowerCase();

/** A class's name as it is shown. */
export const tidy = (name: string): string => name.normalize('NFC').replace(/\s+/g, ' ').trim();

/** Order of class names: numbers by their value. */
export const byName = (a: string, b: string): number =>
  a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : a > b ? 1 : 0);

interface Directory<T> {
  readonly name: string;
  readonly inner: Map<string, Directory<T>>;
  readonly items: T[];
}

const directory = <T>(name: string): Directory<T> => ({ name, inner: new Map(), items: [] });

function treeOf<T extends { readonly path: string }>(items: readonly T[]): Directory<T> {
  const root = directory<T>('');
  for (const item of items) {
    let at = root;
    for (const name of item.path.split('/').slice(0, -1)) {
      const next = at.inner.get(name) ?? directory<T>(name);
      at.inner.set(name, next);
      at = next;
    }
    at.items.push(item);
  }
  return root;
}

function* below<T>({ items, inner }: Directory<T>): Generator<T> {
  yield* items;
  for (const one of inner.values()) yield* below(one);
}

/** Down through folders that only wrap another one. */
function unwrapped<T>(from: Directory<T>, loose: T[]): Directory<T> {
  let at = from;
  for (;;) {
    const [only, ...others] = at.inner.values();
    if (!only || others.length > 0) return at;
    // Pictures beside a single folder: that folder holds the classes only if it has folders itself.
    if (at.items.length > 0 && unwrapped(only, []).inner.size < 2) return at;
    addAll(loose, at.items);
    at = only;
  }
}

/** The folder of a part that holds the classes, as names from the part on: others may wrap it. */
function wayToClasses<T>(part: Directory<T>): readonly string[] {
  const way: string[] = [];
  let at = part;
  for (;;) {
    const [only, ...others] = at.inner.values();
    // The last folder is a class itself.
    if (!only || others.length > 0 || only.inner.size === 0) return way;
    way.push(only.name);
    at = only;
  }
}

/** The folder `way` below `part`, as far as there is one. */
function inside<T>(part: Directory<T>, way: readonly string[], loose: T[]): Directory<T> {
  let at = part;
  for (const name of way) {
    const next = at.inner.get(name);
    if (!next) return at;
    addAll(loose, at.items);
    at = next;
  }
  return at;
}

/** The folders of `at` as parts, where that is what they are: one to learn from, with folders of classes in it. */
function partsOf<T>(at: Directory<T>): ReadonlyMap<Directory<T>, Part> | null {
  const named = [...at.inner.values()].flatMap((one) => {
    const part = partNamed(one.name);
    return part && [...one.inner.keys()].every((name) => !partNamed(name)) ? [[one, part] as const] : [];
  });
  const learns = named.find(([, part]) => part === 'train');
  return learns && learns[0].inner.size > 0 ? new Map(named) : null;
}

/**
 * The class of each item by its path: the folder below the one that holds them all, whatever lies deeper. Folders named
 * train, val and test, above the classes or in each of them, are parts. Order: by path.
 */
export function placeByFolder<T extends { readonly path: string }>(items: readonly T[]): Placing<T> {
  const sorted = [...items].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const classless: T[] = [];
  const root = unwrapped(treeOf(sorted), classless);
  const placed: (T & Placed)[] = [];
  const names = new Map<string, string>();
  const put = (item: T, className: string, part: Part | null) => {
    const key = classKey(className);
    if (!names.has(key)) names.set(key, tidy(className));
    placed.push({ ...item, className: names.get(key)!, part });
  };
  /** Folders of classes below `at`. */
  const putClasses = (at: Directory<T>, part: Part | null) => {
    addAll(classless, at.items);
    for (const one of at.inner.values()) {
      const within = [...one.inner.values()];
      const divided =
        part === null &&
        one.items.length === 0 &&
        within.some(({ name }) => partNamed(name) === 'train') &&
        within.every(({ name }) => partNamed(name));
      if (divided)
        for (const inner of within)
          for (const item of below(inner)) put(item, one.name, partNamed(inner.name));
      else for (const item of below(one)) put(item, one.name, part);
    }
  };
  const parts = partsOf(root);
  if (parts) {
    addAll(classless, root.items);
    const learns = [...parts].find(([, part]) => part === 'train')!;
    const way = wayToClasses(learns[0]);
    for (const one of root.inner.values()) {
      const part = parts.get(one);
      if (part) putClasses(inside(one, way, classless), part);
      else addAll(classless, below(one));
    }
  } else if (root.inner.size === 0 && root.name !== '') {
    // A single folder of pictures: one class of several still to come.
    for (const item of root.items) put(item, root.name, null);
  } else putClasses(root, null);
  return { title: root.inner.size === 0 || root.name === '' ? '' : titleOf(root, sorted), placed, classless };
}

/** The outermost folder that all items share: what the user chose. */
function titleOf<T extends { readonly path: string }>(root: Directory<T>, items: readonly T[]): string {
  const first = items[0]?.path.split('/')[0] ?? '';
  return tidy(items.every(({ path }) => path.startsWith(`${first}/`)) ? first : root.name);
}
