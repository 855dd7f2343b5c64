import type { DecodingProblem } from '../core/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { DatasetFacts, ImageSet } from './types.ts';

/** Decoded rows of one or more files. `groups` is empty for sets without groups. */
export interface Rows {
  readonly count: number;
  /** uint8 [count, height, width, channels]; multiples of 17 where the files keep 4 bits. */
  readonly images: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
  readonly groups: Uint8Array<ArrayBuffer>;
}

async function gunzip(bytes: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** 4-bit samples in channel planes, high nibble first, to interleaved bytes: 0..15 becomes 0, 17, .. 255. */
function unpack(packed: Uint8Array, plane: number, channels: number): Uint8Array<ArrayBuffer> {
  const samples = plane * channels;
  const images = new Uint8Array(packed.length * 2);
  for (let i = 0; i < images.length; i++) {
    const byte = packed[i >> 1]!;
    const value = i % 2 === 0 ? byte >> 4 : byte & 15;
    const [image, sample] = [Math.floor(i / samples), i % samples];
    const channel = Math.floor(sample / plane);
    images[image * samples + (sample - channel * plane) * channels + channel] = value * 17;
  }
  return images;
}

/** Decodes a file of `count` images (layout: encode.ts). Fails on bytes that are no such file. */
export async function decodeFile(
  bytes: ArrayBuffer,
  count: number,
  facts: Pick<DatasetFacts, 'height' | 'width' | 'channels' | 'classes' | 'grouped' | 'bits'>,
): Promise<Result<Rows, DecodingProblem>> {
  let content: Uint8Array<ArrayBuffer>;
  try {
    content = await gunzip(bytes);
  } catch {
    return fail('not-gzip');
  }
  const plane = facts.height * facts.width;
  const head = facts.grouped ? 2 * count : count;
  const samples = count * plane * facts.channels;
  const expected = head + (facts.bits === 8 ? samples : samples / 2);
  if (content.length !== expected) return fail('wrong-length');
  const labels = content.slice(0, count);
  if (labels.some((label) => label >= facts.classes.length)) return fail('unknown-label');
  return ok({
    count,
    images: facts.bits === 8 ? content.slice(head) : unpack(content.subarray(head), plane, facts.channels),
    labels,
    groups: content.slice(count, head),
  });
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Rows of several files, in order. */
export function joinRows(files: readonly Rows[]): Rows {
  return {
    count: files.reduce((sum, file) => sum + file.count, 0),
    images: join(files.map((file) => file.images)),
    labels: join(files.map((file) => file.labels)),
    groups: join(files.map((file) => file.groups)),
  };
}

/** The rows at `indices`, in that order, as an image set. */
export function takeImages(
  rows: Pick<Rows, 'images' | 'labels'>,
  indices: readonly number[],
  facts: Pick<ImageSet, 'height' | 'width' | 'channels' | 'mean' | 'deviation'> & {
    readonly classes: number;
  },
): ImageSet {
  const { height, width, channels, classes, mean, deviation } = facts;
  const size = height * width * channels;
  const images = new Uint8Array(indices.length * size);
  const labels = new Uint8Array(indices.length);
  indices.forEach((from, to) => {
    images.set(rows.images.subarray(from * size, (from + 1) * size), to * size);
    labels[to] = rows.labels[from]!;
  });
  return { height, width, channels, classes, count: indices.length, images, labels, mean, deviation };
}
