import { paired, type ImageArray, type LabelArray, type LabelledArray } from './arrays.ts';
import { cifar10Classes, isPickle, readCifarBinary, readCifarPickle } from './cifar.ts';
import { placeByFolder, type Part } from './class-folders.ts';
import { expand, reasonOf, type Entry, type Unread } from './entries.ts';
import { isIdx, readIdx } from './idx.ts';
import { readNpy } from './npy.ts';
import { readPixelCsv } from './pixel-csv.ts';
import { orderOf, readDescription, setFileName, type SetDescription } from './set-archive.ts';

/** One picture on its way into a data set. */
export interface Item {
  readonly path: string;
  readonly className: string;
  /** Null where no parts are named. */
  readonly part: Part | null;
  /** Place in its part, for pictures of a set that was packed here; they are prepared already. */
  readonly order?: number;
  readonly source:
    | { readonly kind: 'file'; readonly read: Entry['read'] }
    | { readonly kind: 'array'; readonly array: ImageArray; readonly index: number };
}

export interface Collection {
  readonly title: string;
  readonly items: readonly Item[];
  /** Pictures that no class can be told of. */
  readonly classless: readonly string[];
  readonly unread: readonly Unread[];
  /** Size and channels of a published set's images; null for pictures of any size. */
  readonly natural: { readonly size: number; readonly channels: 1 | 3 } | null;
  /** Of a ZIP that a set was packed into. */
  readonly description: SetDescription | null;
}

const pictureEnding = /\.(png|jpe?g|jfif|gif|webp|bmp|avif|ico|heic|heif|tiff?|jxl)$/i;
const rawEnding = /\.(dng|cr2|cr3|nef|arw|orf|rw2|raf|pef|srw)$/i;
const nameOf = (path: string) => path.split('/').at(-1)!;

/** Why the browser could not decode a picture, by its name. */
export function undecodable(path: string): Unread['reason'] {
  if (/\.hei[cf]$/i.test(path)) return 'heic';
  if (/\.tiff?$/i.test(path)) return 'tiff';
  return rawEnding.test(path) ? 'raw' : 'undecodable';
}

const letters = (first: string, count: number) =>
  Array.from({ length: count }, (_, i) => String.fromCharCode(first.charCodeAt(0) + i));
const digits = letters('0', 10);
const capitals = letters('A', 26);

/** EMNIST's classes (Cohen et al. 2017): its IDX files hold numbers only. */
const emnistClasses: readonly (readonly [RegExp, readonly string[]])[] = [
  [/emnist-letters/i, ['?', ...capitals]],
  [/emnist-(balanced|bymerge)/i, [...digits, ...capitals, ...'abdefghnqrt']],
  [/emnist-byclass/i, [...digits, ...capitals, ...letters('a', 26)]],
];

interface Arrays {
  readonly images: ImageArray[];
  readonly labels: LabelArray[];
  readonly labelled: LabelledArray[];
  /** Names of classes, as the set's own file gives them. */
  classes: readonly string[] | null;
}

type Kind = 'picture' | 'raw' | 'npy' | 'csv' | 'bin' | 'names' | 'bare' | 'other';

function kindOf(path: string): Kind {
  const name = nameOf(path).toLowerCase();
  if (pictureEnding.test(name)) return 'picture';
  if (rawEnding.test(name)) return 'raw';
  if (name.endsWith('.npy')) return 'npy';
  if (name.endsWith('.csv')) return 'csv';
  if (name.endsWith('.bin')) return 'bin';
  if (name === 'batches.meta.txt' || name === 'fine_label_names.txt') return 'names';
  if (!name.includes('.') || /idx[1-4]|ubyte|\.meta$/.test(name)) return 'bare';
  return 'other';
}

const isImages = (array: ImageArray | LabelArray): array is ImageArray => 'pixels' in array;

function take(arrays: Arrays, array: ImageArray | LabelArray | null): void {
  if (!array) return;
  if (isImages(array)) arrays.images.push(array);
  else arrays.labels.push(array);
}

/** Reads one file of numbers; why it gives nothing, or null. */
function readArray(kind: Kind, path: string, bytes: Uint8Array, arrays: Arrays): Unread['reason'] | null {
  switch (kind) {
    case 'npy':
      take(arrays, readNpy(path, bytes));
      return null;
    case 'csv': {
      const table = readPixelCsv(path, bytes);
      if (typeof table === 'string') return table === 'no-labels' ? 'no-labels' : 'not-pixels';
      arrays.labelled.push(table);
      return null;
    }
    case 'bin': {
      const read = readCifarBinary(path, bytes);
      if (read) arrays.labelled.push(read);
      return read ? null : 'not-pixels';
    }
    case 'names':
      arrays.classes = new TextDecoder().decode(bytes).split(/\r?\n/).filter(Boolean);
      return null;
    default: {
      if (isIdx(bytes)) {
        const array = readIdx(path, bytes);
        take(arrays, array);
        return array ? null : 'damaged';
      }
      const read = isPickle(bytes) ? readCifarPickle(path, bytes) : null;
      if (read && 'pixels' in read) arrays.labelled.push(read);
      else if (read) arrays.classes = read;
      return null;
    }
  }
}

function namesFor(arrays: Arrays, labelled: readonly LabelledArray[]): (label: number) => string {
  const path = labelled[0]?.path ?? '';
  const isCifar10 = labelled.some((one) => /(data|test)_batch/.test(nameOf(one.path)));
  const known =
    arrays.classes ??
    emnistClasses.find(([name]) => name.test(path))?.[1] ??
    (isCifar10 ? cifar10Classes : null);
  return (label) => known?.[label] ?? String(label);
}

/** Arrays with their labels as items, in the order of their files. */
function itemsOf(arrays: Arrays): readonly Item[] {
  const { pairs } = paired(arrays.images, arrays.labels);
  const all = [...arrays.labelled, ...pairs].sort((a, b) => (a.path < b.path ? -1 : 1));
  const name = namesFor(arrays, all);
  const divided = new Set(all.map(({ part }) => part)).size > 1;
  return all.flatMap((array) =>
    Array.from(array.labels, (label, index) => ({
      path: `${array.path}#${index}`,
      className: name(label),
      part: divided ? (array.part ?? 'train') : null,
      source: { kind: 'array' as const, array, index },
    })),
  );
}

function naturalOf(arrays: Arrays): Collection['natural'] {
  const first = arrays.labelled[0] ?? arrays.images[0];
  if (!first) return null;
  return { size: Math.max(first.height, first.width), channels: first.channels };
}

async function readArrays(entries: readonly Entry[], unread: Unread[]): Promise<Arrays> {
  const arrays: Arrays = { images: [], labels: [], labelled: [], classes: null };
  for (const entry of entries) {
    const kind = kindOf(entry.path);
    if (kind === 'picture' || kind === 'raw' || kind === 'other') continue;
    try {
      const bytes = new Uint8Array(await (await entry.read()).arrayBuffer());
      const reason = readArray(kind, entry.path, bytes, arrays);
      if (reason) unread.push({ path: entry.path, reason });
    } catch (error) {
      unread.push({ path: entry.path, reason: reasonOf(error) });
    }
  }
  for (const { path } of paired(arrays.images, arrays.labels).alone)
    unread.push({ path, reason: 'no-labels' });
  return arrays;
}

/**
 * What the user chose, whatever it is, as pictures with their classes: folders and ZIPs by their folders, published
 * archives (IDX, CIFAR, NPY, NPZ, CSV) by their labels. Archives are opened, pictures not yet decoded. `className`
 * names the class of all where the user did; `mostHeld` bytes may be unpacked at once.
 */
export async function collect(
  files: readonly Entry[],
  className = '',
  mostHeld?: number,
): Promise<Collection> {
  const { entries, unread: closed } = await expand(files, mostHeld);
  const unread = [...closed];
  const arrays = await readArrays(entries, unread);
  const labelled = itemsOf(arrays);
  const pictures = entries.filter(({ path }) => kindOf(path) === 'picture');
  for (const { path } of entries) if (kindOf(path) === 'raw') unread.push({ path, reason: 'raw' });
  if (labelled.length > 0) {
    return {
      title: titleOf(files),
      items: labelled,
      classless: [],
      unread,
      natural: naturalOf(arrays),
      description: null,
    };
  }
  const source = ({ read }: Entry) => ({ kind: 'file' as const, read });
  if (className !== '') {
    const items = pictures.map((entry) => ({
      ...{ path: entry.path, className, part: null },
      source: source(entry),
    }));
    return { title: '', items, classless: [], unread, natural: null, description: null };
  }
  const description = await descriptionIn(entries);
  if (description) return packed(pictures, description, unread);
  const { title, placed, classless } = placeByFolder(pictures);
  return {
    title,
    items: placed.map((entry) => ({
      ...{ path: entry.path, className: entry.className, part: entry.part },
      source: source(entry),
    })),
    classless: classless.map(({ path }) => path),
    unread,
    natural: null,
    description: null,
  };
}

async function descriptionIn(entries: readonly Entry[]): Promise<SetDescription | null> {
  const file = entries.find(({ path }) => nameOf(path) === setFileName);
  return file ? readDescription(await (await file.read()).text()) : null;
}

/** The pictures of a set that was packed here, each at its place. */
function packed(
  pictures: readonly Entry[],
  description: SetDescription,
  unread: readonly Unread[],
): Collection {
  const { title, size, channels, classes } = description;
  const names = new Map(classes);
  const { placed, classless } = placeByFolder(pictures);
  const items = placed.map(({ path, className, part, read }) => ({
    ...{ path, part, order: orderOf(path), className: names.get(className) ?? className },
    source: { kind: 'file' as const, read },
  }));
  return {
    ...{ title, items, unread, description, natural: { size, channels } },
    classless: classless.map(({ path }) => path),
  };
}

/** A published set's name, as far as the names of its files tell. */
function titleOf(files: readonly Entry[]): string {
  const first = files[0]?.path ?? '';
  const [outer = ''] = first.split('/');
  const named = first.includes('/') ? outer : files.length === 1 ? outer : '';
  return named.replace(/(\.(zip|npz|npy|csv|bin|tar|tgz|gz))+$/i, '');
}
