import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../../src/core/random.ts';
import { encodeRows, measureRows, type Row, type Shape } from '../../src/datasets/encode.ts';

/** What is measured of a packed set; written to src/datasets/measured.ts. */
export interface Measured {
  readonly trainCount: number;
  readonly testCount: number;
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  readonly files: readonly {
    readonly path: string;
    readonly part: 'train' | 'test';
    readonly images: number;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

/** The rows of each class in a seeded order; at most `perClass` of each. */
export function sampleByClass(rows: readonly Row[], perClass: number, name: string): Row[][] {
  const classes: Row[][] = [];
  for (const row of rows) (classes[row.label] ??= []).push(row);
  return classes.map((members, label) => seeded(`data/${name}/${label}`).shuffle(members).slice(0, perClass));
}

/** Writes the shards of a set under `folder` and returns its facts. `shards` are image counts of the training files. */
export function writeSet(
  id: string,
  folder: string,
  shape: Shape,
  parts: { readonly train: readonly Row[]; readonly test: readonly Row[] },
  shards: readonly number[],
): Measured {
  const grouped = parts.train[0]?.group !== undefined;
  const files: Measured['files'][number][] = [];
  const write = (path: string, part: 'train' | 'test', rows: readonly Row[]) => {
    const bytes = encodeRows(rows, shape, grouped);
    writeFileSync(join(folder, path), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.push({ path, part, images: rows.length, bytes: bytes.length, sha256 });
  };
  let start = 0;
  shards.forEach((size, i) => {
    write(`${id}-train-${i}.bin`, 'train', parts.train.slice(start, start + size));
    start += size;
  });
  if (start !== parts.train.length)
    throw new Error(`${id}: shards hold ${start} of ${parts.train.length} images`);
  write(`${id}-test.bin`, 'test', parts.test);
  return {
    trainCount: parts.train.length,
    testCount: parts.test.length,
    ...measureRows(parts.train, shape.channels),
    files,
  };
}
