/** Tiny archives in the layouts that data sets are published in, byte-true but for their sizes. */
import { gzipSync, zipSync, type Zippable } from 'fflate';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { packTar } from 'modern-tar';
import type { Entry } from '../../src/datasets/own/entries.ts';

const latin = (text: string) => Uint8Array.from(text, (one) => one.charCodeAt(0));

const joined = (...parts: readonly ArrayLike<number>[]) => {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const big = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const little = (value: number, bytes = 4) =>
  Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 255);

/** A pixel that tells its image, place and channel. */
export const pixelAt = (image: number, place: number, channel = 0): number =>
  (image * 31 + place * 7 + channel * 101) % 256;

export const imageBytes = (images: number, pixels: number, channels = 1): Uint8Array =>
  Uint8Array.from({ length: images * pixels * channels }, (_, i) => {
    const [image, rest] = [Math.floor(i / (pixels * channels)), i % (pixels * channels)];
    return pixelAt(image, Math.floor(rest / channels), rest % channels);
  });

/** LeCun's IDX: two zeros, type 8, the sizes, the bytes. */
export const idx = (sizes: readonly number[], bytes: ArrayLike<number>): Uint8Array =>
  joined([0, 0, 8, sizes.length], ...sizes.map(big), bytes);

/** NumPy's format 1.0, the header filled up to a multiple of 64 as NumPy does. */
export function npy(
  descr: string,
  shape: readonly number[],
  bytes: ArrayLike<number>,
  fortran = false,
): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${sizes}), }`;
  const length = Math.ceil((text.length + 11) / 64) * 64 - 10;
  return joined(
    [0x93],
    latin('NUMPY'),
    [1, 0],
    little(length, 2),
    latin(text.padEnd(length - 1)),
    [10],
    bytes,
  );
}

export const npz = (arrays: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, array])));

/** CIFAR's planes of an image: red, green, blue, row by row. */
const planes = (image: number) =>
  Uint8Array.from({ length: 3072 }, (_, i) => pixelAt(image, i % 1024, Math.floor(i / 1024)));

/** CIFAR-10's binary records; with coarse labels those of CIFAR-100. */
export const cifarBinary = (labels: readonly number[], coarse?: readonly number[]): Uint8Array =>
  joined(...labels.flatMap((label, i) => [coarse ? [coarse[i]!, label] : [label], planes(i)]));

const string = (text: string) => [0x55, text.length, ...latin(text)];
const global = (module: string, name: string) => latin(`c${module}\n${name}\n`);

/**
 * A batch of CIFAR's python version, opcode by opcode as Python 2's cPickle wrote it: protocol 2, a dictionary whose
 * strings are bytes and whose data is a pickled numpy.ndarray.
 */
export function cifarPickle(labels: readonly number[], labelsKey = 'labels'): Uint8Array {
  const data = joined(...labels.map((_, i) => planes(i)));
  const count = labels.length;
  return joined(
    [0x80, 2, 0x7d, 0x71, 1, 0x28],
    string('batch_label'),
    string('training batch 1 of 5'),
    string(labelsKey),
    [0x5d, 0x71, 2, 0x28, ...labels.flatMap((label) => [0x4b, label]), 0x65],
    string('data'),
    global('numpy.core.multiarray', '_reconstruct'),
    global('numpy', 'ndarray'),
    [0x4b, 0, 0x85],
    string('b'),
    [0x87, 0x52, 0x28, 0x4b, 1, 0x4b, count, 0x4d, ...little(3072, 2), 0x86],
    global('numpy', 'dtype'),
    string('u1'),
    [0x4b, 0, 0x4b, 1, 0x87, 0x52, 0x28, 0x4b, 3],
    string('|'),
    [0x4e, 0x4e, 0x4e, 0x4a, 255, 255, 255, 255, 0x4a, 255, 255, 255, 255, 0x4b, 0, 0x74, 0x62],
    [0x89, 0x54, ...little(data.length)],
    data,
    [0x74, 0x62, 0x75, 0x2e],
  );
}

/** CIFAR's file of class names. */
export const cifarMeta = (key: string, names: readonly string[]): Uint8Array =>
  joined([0x80, 2, 0x7d, 0x28], string(key), [0x5d, 0x28], ...names.map(string), [0x65, 0x75, 0x2e]);

export const gzip = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { mtime: 0 });

export async function tarGz(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const entries = Object.entries(files).map(([name, body]) => ({
    header: { name, size: body.length, type: 'file' as const },
    body,
  }));
  return gzip(await packTar(entries));
}

/** A ZIP, stored or deflated; `flags` sets bits of every head (1: encrypted). */
export function zip(files: Zippable, flags = 0): Uint8Array {
  const bytes = zipSync(files);
  if (flags === 0) return bytes;
  const view = new DataView(bytes.buffer);
  for (let i = 0; i + 4 < bytes.length; i++) {
    const head = view.getUint32(i, true);
    if (head === 0x04034b50) view.setUint16(i + 6, view.getUint16(i + 6, true) | flags, true);
    if (head === 0x02014b50) view.setUint16(i + 8, view.getUint16(i + 8, true) | flags, true);
  }
  return bytes;
}

/** A ZIP in the 64-bit form that archives above 4 GB need. */
export async function zip64(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { zip64: true, useWebWorkers: false });
  for (const [path, bytes] of Object.entries(files)) await writer.add(path, new Uint8ArrayReader(bytes));
  return writer.close();
}

/** A ZIP whose entry says that it is larger than what is packed, or smaller: a bomb. */
export function lyingZip(path: string, bytes: Uint8Array, said: number): Uint8Array {
  const archive = zip({ [path]: bytes });
  const view = new DataView(archive.buffer);
  for (let i = 0; i + 4 < archive.length; i++) {
    const head = view.getUint32(i, true);
    if (head === 0x04034b50) view.setUint32(i + 22, said, true);
    if (head === 0x02014b50) view.setUint32(i + 24, said, true);
  }
  return archive;
}

/** A file on the disk. */
export const entry = (path: string, bytes: Uint8Array = new Uint8Array([1])): Entry => ({
  path,
  size: bytes.length,
  read: () => Promise.resolve(new Blob([bytes as Uint8Array<ArrayBuffer>])),
});
