import type { Row } from '../encode.ts';

/** What one should know of a set of own pictures before a search; each has one action that mends it. */
export type SetNote =
  | { readonly code: 'near-empty'; readonly label: number; readonly count: number; readonly others: number }
  | { readonly code: 'imbalanced'; readonly most: number; readonly least: number; readonly each: number }
  | { readonly code: 'tiny'; readonly count: number; readonly side: number }
  | { readonly code: 'dark'; readonly brightest: number; readonly gain: number }
  | { readonly code: 'flat'; readonly count: number; readonly first: number }
  | { readonly code: 'two-classes'; readonly pairs: readonly (readonly [number, number])[] }
  | { readonly code: 'grey' };

/** A prepared picture with what its own file was like. */
export interface PreparedRow extends Row {
  /** Shorter side of the picture as it was read, pixels. */
  readonly side: number;
}

/** Fewer of a class than this, and one validation picture decides. [ours] */
const fewOfClass = 20;
/** A class with so many times the pictures of another biases the answers. [ours] */
const imbalance = 5;
/** Of 255: nothing brighter in the whole set, so that its pictures are all but black. [ours] */
const darkest = 40;

/** A number that the same pixels always give; others hardly ever. FNV-1a, twice, 53 bits. */
export function fingerprint(pixels: Uint8Array): number {
  let [a, b] = [0x811c9dc5, 0x01234567];
  for (let i = 0; i < pixels.length; i++) {
    a = Math.imul(a ^ pixels[i]!, 0x01000193);
    b = Math.imul(b ^ pixels[i]!, 0x5bd1e995) + i;
  }
  return (a >>> 0) * 0x200000 + ((b >>> 0) & 0x1fffff);
}

const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((value, i) => value === b[i]);

/** Pairs of rows with the same pixels, earlier and later, that `matters` says something of. */
export function repeated(
  rows: readonly Row[],
  matters: (earlier: Row, later: Row) => boolean,
): readonly (readonly [number, number])[] {
  const known = new Map<number, number[]>();
  const found: (readonly [number, number])[] = [];
  rows.forEach((row, i) => {
    const key = fingerprint(row.pixels);
    const before = known.get(key);
    const twin = before?.find((j) => matters(rows[j]!, row) && same(rows[j]!.pixels, row.pixels));
    if (twin !== undefined) found.push([twin, i]);
    if (before) before.push(i);
    else known.set(key, [i]);
  });
  return found;
}

export const sameClass = (a: Row, b: Row): boolean => a.label === b.label;

/** Every pixel has the same colour. */
export function isFlat(pixels: Uint8Array, channels: number): boolean {
  for (let i = channels; i < pixels.length; i++) if (pixels[i] !== pixels[i % channels]) return false;
  return true;
}

const isGrey = (pixels: Uint8Array) => {
  for (let i = 0; i < pixels.length; i += 3)
    if (Math.abs(pixels[i]! - pixels[i + 1]!) > 2 || Math.abs(pixels[i]! - pixels[i + 2]!) > 2) return false;
  return true;
};

const medianOf = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Class sizes that call for a note. */
function ofSizes(counts: readonly number[]): SetNote[] {
  const filled = counts.filter((count) => count > 0);
  const small = counts.filter((count) => count > 0 && count < fewOfClass);
  const least = filled.reduce((a, b) => Math.min(a, b), Infinity);
  const most = filled.reduce((a, b) => Math.max(a, b), 0);
  return [
    ...(small.length > 0
      ? [
          {
            ...{ code: 'near-empty' as const, label: counts.indexOf(least) },
            ...{ count: least, others: small.length - 1 },
          },
        ]
      : []),
    ...(most >= imbalance * least
      ? [
          {
            ...{ code: 'imbalanced' as const, most: counts.indexOf(most), least: counts.indexOf(least) },
            each: least,
          },
        ]
      : []),
  ];
}

/** What is to be noted of the prepared pictures of a set with `classes` classes, `size` pixels wide. */
export function notesOn(
  rows: readonly PreparedRow[],
  classes: number,
  { size, channels }: { readonly size: number; readonly channels: 1 | 3 },
): readonly SetNote[] {
  if (rows.length === 0) return [];
  const counts = new Array<number>(classes).fill(0);
  for (const { label } of rows) counts[label]!++;
  const tiny = rows.filter(({ side }) => side < size);
  const flat = rows.flatMap(({ pixels }, i) => (isFlat(pixels, channels) ? [i] : []));
  let brightest = 0;
  for (const { pixels } of rows) for (const value of pixels) if (value > brightest) brightest = value;
  const pairs = repeated(rows, (a, b) => !sameClass(a, b));
  return [
    ...(pairs.length > 0 ? [{ code: 'two-classes' as const, pairs }] : []),
    ...ofSizes(counts),
    ...(flat.length > 0 ? [{ code: 'flat' as const, count: flat.length, first: flat[0]! }] : []),
    ...(brightest > 0 && brightest < darkest
      ? [{ code: 'dark' as const, brightest, gain: Math.floor(255 / brightest) }]
      : []),
    ...(tiny.length > rows.length / 2
      ? [{ code: 'tiny' as const, count: tiny.length, side: medianOf(tiny.map(({ side }) => side)) }]
      : []),
    ...(channels === 3 && rows.every(({ pixels }) => isGrey(pixels)) ? [{ code: 'grey' as const }] : []),
  ];
}
