import { seeded } from '../../core/random.ts';
import type { Failure } from '../../core/failure.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { OwnId } from '../../core/search/recipe.ts';
import { encodeBytes, measureRows, type Row } from '../encode.ts';
import { sha256 } from '../fetch.ts';
import { roundRobin, splitRows } from '../split.ts';
import type { DatasetFacts, DatasetFile, Preparation } from '../types.ts';
import { repeated, sameClass } from './checks.ts';
import type { Part } from './class-folders.ts';

export interface OwnSetOptions {
  readonly title: string;
  readonly classes: readonly string[];
  /** Height and width of the made images, pixels. */
  readonly size: number;
  readonly channels: 1 | 3;
  readonly preparation: Preparation;
  /** True where the pictures are drawings, so that one can draw another. */
  readonly drawable: boolean;
}

/** A prepared picture (prepare.ts), with the part that its author put it in. */
export interface OwnRow extends Row {
  readonly part?: Part | null;
}

/** Facts of a set of own pictures, with when it was kept (ISO 8601; sets of older pages do not say), and which version of a set it is that grew. */
export type OwnFacts = DatasetFacts & {
  readonly id: OwnId;
  readonly kept?: string;
  readonly version?: number;
};

/** Pictures of the user's own as a data set like the shipped ones: its facts, and its files by their paths. */
export interface OwnSet {
  readonly facts: OwnFacts;
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Pictures that were left out because another of the same class looks the same at this size. */
  readonly duplicates: number;
  /** Pictures that a search validates on: of each class a fifth, rounded, or what its author chose. */
  readonly validates: number;
}

/** Fewer than this of a class could leave a part without an image of it. [ours] */
export const leastPerClass = 5;
export const mostClasses = 100;
/** Share of each class that is kept as test images, which no search sees. [ours] */
const testShare = 1 / 6;

/** Rows without those that look like an earlier one of their class. */
function distinct(rows: readonly OwnRow[], classes: number): readonly OwnRow[] {
  const wrong = rows.find(({ label }) => !(label < classes));
  if (wrong) throw new RangeError(`label ${wrong.label} names none of ${classes} classes`);
  const left = new Set(repeated(rows, sameClass).map(([, later]) => later));
  return rows.filter((_, i) => !left.has(i));
}

const byClass = (rows: readonly OwnRow[], classes: number): OwnRow[][] => {
  const members: OwnRow[][] = Array.from({ length: classes }, () => []);
  for (const row of rows) members[row.label]!.push(row);
  return members;
};

export interface Parts {
  readonly train: readonly OwnRow[];
  /** Images at the end of `train` that validate, where their author said so. */
  readonly validating: number;
  readonly test: readonly OwnRow[];
}

/** The parts as their author divided them; without a test part a sixth of each class becomes one. */
function divided(rows: readonly OwnRow[], classes: number): Parts {
  const mixed = byClass(rows, classes).map((of, label) => seeded(`own/${label}`).shuffle(of));
  const of = (wanted: (row: OwnRow, i: number, all: readonly OwnRow[]) => boolean) =>
    roundRobin(mixed.map((members) => members.filter(wanted)));
  const isGiven = rows.some(({ part }) => part === 'test');
  const testCount = (all: readonly OwnRow[]) => Math.max(1, Math.round(all.length * testShare));
  const isTest = (row: OwnRow, i: number, all: readonly OwnRow[]) =>
    isGiven ? row.part === 'test' : i < testCount(all);
  const validates = ({ part }: OwnRow) => part === 'validation';
  const learning = of((row, i, all) => !isTest(row, i, all) && !validates(row));
  const validating = of((row, i, all) => !isTest(row, i, all) && validates(row));
  return { train: [...learning, ...validating], validating: validating.length, test: of(isTest) };
}

function problemOf(rows: readonly OwnRow[], { classes }: OwnSetOptions): Failure | null {
  if (classes.length < 2 || classes.length > mostClasses)
    return { code: 'class-count', count: classes.length, most: mostClasses };
  const learning = rows.filter(({ part }) => part !== 'test' && part !== 'validation');
  const members = byClass(learning, classes.length);
  const short = members.findIndex((of) => of.length < leastPerClass);
  if (short < 0) return null;
  return {
    code: 'class-too-small',
    name: classes[short]!,
    count: members[short]!.length,
    least: leastPerClass,
  };
}

/**
 * A data set of the user's own pictures. Where they come without a test part, a sixth of each class, at least one,
 * becomes it. The same pictures in the same order give the same id. Fails when there are too few classes or pictures;
 * throws RangeError on a label that names no class.
 */
export async function makeOwnSet(rows: readonly OwnRow[], options: OwnSetOptions): Promise<Result<OwnSet>> {
  const kept = distinct(rows, options.classes.length);
  const problem = problemOf(kept, options);
  if (problem !== null) return fail(problem);
  const parts = divided(kept, options.classes.length);
  return ok(await setOf(parts, options, rows.length - parts.train.length - parts.test.length));
}

/** The set of parts that are divided and ordered already. */
export async function setOf(
  { validating, ...parts }: Parts,
  options: OwnSetOptions,
  duplicates = 0,
): Promise<OwnSet> {
  const { title, classes, size, channels, preparation, drawable } = options;
  const shape = { height: size, width: size, channels };
  const names = JSON.stringify([size, channels, classes, preparation, validating]);
  const packed = { train: encodeBytes(parts.train, shape), test: encodeBytes(parts.test, shape) };
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
  return {
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
      drawable,
      flips: false,
      bits: 8,
      preparation,
      ...(validating > 0 ? { validationCount: validating } : {}),
      ...measureRows(parts.train, channels, 8),
      files,
    },
    files: new Map(files.map(({ path, part }) => [path, packed[part]])),
    duplicates,
    validates:
      validating > 0
        ? validating
        : splitRows(
            Uint8Array.from(parts.train, ({ label }) => label),
            new Uint8Array(),
            0,
          ).validation.length,
  };
}
