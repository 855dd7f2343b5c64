import { encode } from 'fast-png';
import * as v from 'valibot';
import type { Rows } from '../decode.ts';
import type { OwnFacts } from './own-set.ts';

/** The file that tells a set's ZIP from any other. */
export const setFileName = 'lemonade-set.json';

const format = 'lemonade-set';
const side = v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(96));

const schema = v.object({
  format: v.literal(format),
  version: v.literal(1),
  title: v.pipe(v.string(), v.maxLength(200)),
  size: side,
  channels: v.picklist([1, 3]),
  preparation: v.object({
    fit: v.picklist(['crop', 'border']),
    gain: v.pipe(v.number(), v.minValue(1), v.maxValue(255)),
  }),
  drawable: v.boolean(),
  /** Folder of each class, and what it is called. */
  classes: v.pipe(v.array(v.tuple([v.string(), v.string()])), v.minLength(2), v.maxLength(100)),
});

/** What a set's ZIP says of it besides the pictures. */
export type SetDescription = v.InferOutput<typeof schema>;

/** Null where the text is no such description. */
export function readDescription(text: string): SetDescription | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** A folder's name that every system allows, other than those in `taken`. */
function folderName(name: string, taken: ReadonlySet<string>): string {
  const safe = name.replace(/[\\/:*?"<>|.]/g, '_').trim() || 'class';
  for (let i = 1; ; i++) {
    const tried = i === 1 ? safe : `${safe} ${i}`;
    if (!taken.has(tried.toLowerCase())) return tried;
  }
}

const numbered = (index: number) => `${String(index).padStart(6, '0')}.png`;

/** Where in its part a picture stood, by the name it was packed under. */
export const orderOf = (path: string): number => Number(/(\d{6})\.png$/.exec(path)?.[1] ?? Number.NaN);

/**
 * A set's files for a ZIP that opens as the same set: a PNG of each prepared picture under its part and class, numbered
 * by its place, and the description.
 */
export function* setFiles(
  facts: OwnFacts,
  parts: { readonly train: Rows; readonly test: Rows },
): Generator<readonly [path: string, bytes: Uint8Array]> {
  const { title, width: size, channels, drawable, validationCount = 0 } = facts;
  const preparation = facts.preparation ?? { fit: 'crop', gain: 1 };
  const folders: string[] = [];
  for (const name of facts.classes)
    folders.push(folderName(name, new Set(folders.map((one) => one.toLowerCase()))));
  const classes = facts.classes.map((name, label): [string, string] => [folders[label]!, name]);
  const description: SetDescription = {
    ...{ format, version: 1, title, size, channels, preparation, drawable },
    classes,
  };
  yield [setFileName, new TextEncoder().encode(JSON.stringify(description, null, 2))];
  const each = size * size * channels;
  for (const part of ['train', 'test'] as const) {
    const { count, images, labels } = parts[part];
    for (let i = 0; i < count; i++) {
      const data = images.subarray(i * each, (i + 1) * each);
      const folder = part === 'train' && i >= count - validationCount ? 'val' : part;
      const png = encode({ width: size, height: size, data, channels, depth: 8 });
      yield [`${folder}/${folders[labels[i]!]!}/${numbered(i)}`, png];
    }
  }
}
