import { seeded } from '../core/random.ts';
import type { Failure } from '../core/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { OwnId } from '../core/search/recipe.ts';
import { encodeRows, measureRows, type Row } from './encode.ts';
import { sha256 } from './fetch.ts';
import { roundRobin } from './split.ts';
import type { DatasetFacts, DatasetFile } from './types.ts';

export interface OwnSetOptions {
  readonly title: string;
  readonly classes: readonly string[];
  /** Height and width of the made images, pixels; even. */
  readonly size: number;
  readonly channels: 1 | 3;
}

export type OwnFacts = DatasetFacts & { readonly id: OwnId };

/** Pictures of the user's own as a data set like the shipped ones: its facts, and its files by their paths. */
export interface OwnSet {
  readonly facts: OwnFacts;
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Pictures that were left out because another of the same class looks the same at this size. */
  readonly duplicates: number;
}

/** Fewer than this of a class could leave a part without an image of it. [ours] */
export const leastPerClass = 5;
export const mostClasses = 100;
/** Share of each class that is kept as test images, which no search sees. [ours] */
const testShare = 1 / 6;

/** Each class without its repeated pictures. */
function distinct(rows: readonly Row[], classes: number): Row[][] {
  const members = Array.from({ length: classes }, () => new Map<string, Row>());
  for (const row of rows) {
    const known = members[row.label];
    if (!known) throw new RangeError(`label ${row.label} names none of ${classes} classes`);
    const key = String.fromCharCode(...row.pixels);
    if (!known.has(key)) known.set(key, row);
  }
  return members.map((known) => [...known.values()]);
}

function problemOf(members: readonly (readonly Row[])[], { classes }: OwnSetOptions): Failure | null {
  if (classes.length < 2 || classes.length > mostClasses)
    return { code: 'class-count', count: classes.length, most: mostClasses };
  const short = members.findIndex((rows) => rows.length < leastPerClass);
  if (short < 0) return null;
  return {
    code: 'class-too-small',
    name: classes[short]!,
    count: members[short]!.length,
    least: leastPerClass,
  };
}

/**
 * A data set of the user's own pictures (`squareOf` of preprocess.ts makes their pixels). Of each class a sixth, at
 * least one, becomes the test part. The same pictures in the same order give the same id. Fails when there are too few
 * classes or pictures; throws RangeError on a label that names no class.
 */
export async function makeOwnSet(rows: readonly Row[], options: OwnSetOptions): Promise<Result<OwnSet>> {
  const { title, classes, size, channels } = options;
  const members = distinct(rows, classes.length);
  const problem = problemOf(members, options);
  if (problem !== null) return fail(problem);
  const shape = { height: size, width: size, channels };
  const mixed = members.map((of, label) => seeded(`own/${label}`).shuffle(of));
  const testCount = (of: readonly Row[]) => Math.max(1, Math.round(of.length * testShare));
  const parts = {
    train: roundRobin(mixed.map((of) => of.slice(testCount(of)))),
    test: roundRobin(mixed.map((of) => of.slice(0, testCount(of)))),
  };
  const names = JSON.stringify([size, channels, classes]);
  const packed = { train: encodeRows(parts.train, shape), test: encodeRows(parts.test, shape) };
  const sums = { train: await sha256(packed.train), test: await sha256(packed.test) };
  const all = await sha256(`${sums.train}${sums.test}${await sha256(names)}`);
  const id = `own-${all.slice(0, 8)}` as const;
  const fileOf = (part: 'train' | 'test'): DatasetFile => ({
    path: `${id}-${part}.bin`,
    part,
    images: parts[part].length,
    bytes: packed[part].length,
    sha256: sums[part],
  });
  const files = [fileOf('train'), fileOf('test')];
  return ok({
    facts: {
      id,
      title,
      classes,
      ...shape,
      trainCount: parts.train.length,
      testCount: parts.test.length,
      source: 'Pictures opened on this computer',
      licence: 'their owner’s',
      attribution: 'Pictures of your own. They are kept in this browser and sent nowhere.',
      drawable: false,
      flips: false,
      ...measureRows(parts.train, channels),
      files,
    },
    files: new Map(files.map(({ path, part }) => [path, packed[part]])),
    duplicates: rows.length - parts.train.length - parts.test.length,
  });
}
