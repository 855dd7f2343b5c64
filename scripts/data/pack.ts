import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { seeded } from '../../src/core/random.ts';

/** One image on its way into a file: uint8 pixels [height, width, channels]. */
export interface Row {
  readonly label: number;
  readonly pixels: Uint8Array;
  /** Images with the same label and group show the same thing and are never parted by a split. */
  readonly group?: number;
}

export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

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

/** Round-robin over classes: in every prefix the class counts differ by at most one while all classes last. */
export function roundRobin(classes: readonly (readonly Row[])[]): Row[] {
  const longest = Math.max(...classes.map((members) => members.length));
  const order: Row[] = [];
  for (let turn = 0; turn < longest; turn++) {
    for (const members of classes) {
      const row = members[turn];
      if (row !== undefined) order.push(row);
    }
  }
  return order;
}

const toNibble = (value: number) => Math.round(value / 17);

/**
 * The file layout read by src/datasets/decode.ts: gzip of labels [count], then (grouped sets only) groups [count],
 * then per image its channel planes [channels, height, width] at 4 bits per sample, high nibble first.
 */
function encodeShard(rows: readonly Row[], shape: Shape, grouped: boolean): Uint8Array {
  const plane = shape.height * shape.width;
  const samples = plane * shape.channels;
  const head = rows.length * (grouped ? 2 : 1);
  const bytes = new Uint8Array(head + (rows.length * samples) / 2);
  rows.forEach((row, i) => {
    bytes[i] = row.label;
    if (grouped) bytes[rows.length + i] = row.group!;
    const start = head + (i * samples) / 2;
    for (let s = 0; s < samples; s++) {
      const channel = Math.floor(s / plane);
      const value = toNibble(row.pixels[(s - channel * plane) * shape.channels + channel]!);
      bytes[start + (s >> 1)]! |= s % 2 === 0 ? value << 4 : value;
    }
  });
  return gzipSync(bytes, { level: 9, mtime: 0 });
}

/** Mean and standard deviation per channel of the quantised pixels, scaled to [0, 1]. */
function measure(rows: readonly Row[], channels: number): { mean: number[]; deviation: number[] } {
  const sums = new Array<number>(channels).fill(0);
  const squares = new Array<number>(channels).fill(0);
  let count = 0;
  for (const { pixels } of rows) {
    count += pixels.length / channels;
    for (let i = 0; i < pixels.length; i++) {
      const value = toNibble(pixels[i]!) / 15;
      sums[i % channels]! += value;
      squares[i % channels]! += value * value;
    }
  }
  const round = (value: number) => Number(value.toFixed(6));
  const mean = sums.map((sum) => sum / count);
  return {
    mean: mean.map(round),
    deviation: squares.map((square, c) => round(Math.sqrt(square / count - mean[c]! ** 2))),
  };
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
    const bytes = encodeShard(rows, shape, grouped);
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
    ...measure(parts.train, shape.channels),
    files,
  };
}
