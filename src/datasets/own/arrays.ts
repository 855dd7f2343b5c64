import type { Part } from './class-folders.ts';

/** Images of one size: uint8 [count, height, width, channels]. */
export interface ImageArray {
  readonly path: string;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

/** A whole number per image. */
export interface LabelArray {
  readonly path: string;
  readonly labels: ArrayLike<number>;
}

/** Images with their labels. */
export interface LabelledArray extends ImageArray {
  readonly labels: ArrayLike<number>;
  readonly part: Part | null;
}

/** The part that a published file's name tells: train, t10k, test, val. */
export function partOfName(path: string): Part | null {
  const name = path.toLowerCase();
  if (/(^|[^a-z])(t10k|test|testing|te)([^a-z]|$)/.test(name)) return 'test';
  if (/(^|[^a-z])(val|valid|validation)([^a-z]|$)/.test(name)) return 'validation';
  return /(^|[^a-z])(train|training|tr|data_batch)([^a-z]|$)/.test(name) ? 'train' : null;
}

/** What is left of a path when the words for images and labels are taken out: the same for both files of a pair. */
const stem = (path: string) =>
  path
    .toLowerCase()
    .replace(/\.(gz|npy|npz|csv)\b/g, '')
    .replace(/idx[13]|ubyte|images?|imgs?|labels?|lbls?|targets?|data/g, '')
    .replace(/(^|[^a-z])[xy](?![a-z])/g, '$1')
    .replace(/arr_\d/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/**
 * Each array of images with the labels that belong to it: of the same name, else of the same part, else the only ones of
 * that many; and those without.
 */
export function paired(
  images: readonly ImageArray[],
  labels: readonly LabelArray[],
): { readonly pairs: readonly LabelledArray[]; readonly alone: readonly ImageArray[] } {
  const pairs: LabelledArray[] = [];
  const alone: ImageArray[] = [];
  for (const array of images) {
    const fitting = labels.filter((one) => one.labels.length === array.count);
    const part = partOfName(array.path);
    const found =
      fitting.find((one) => stem(one.path) === stem(array.path)) ??
      fitting.find((one) => part !== null && partOfName(one.path) === part) ??
      (fitting.length === 1 ? fitting[0] : undefined);
    if (found) pairs.push({ ...array, labels: found.labels, part: part ?? partOfName(found.path) });
    else alone.push(array);
  }
  return { pairs, alone };
}
