import type { ImageArray, LabelArray } from './arrays.ts';

/** Whether bytes begin as an IDX file of unsigned bytes does: 0, 0, type 8, dimensions. */
export const isIdx = (bytes: Uint8Array): boolean =>
  bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 8 && bytes[3]! >= 1 && bytes[3]! <= 4 && bytes.length > 8;

/**
 * The IDX files of MNIST and its successors (LeCun et al. 1998): big-endian sizes, then unsigned bytes. One dimension
 * gives labels, three or four give images. EMNIST's images lie on their side (NIST 2017) and are turned upright. Null
 * where the sizes do not fit the bytes.
 */
export function readIdx(path: string, bytes: Uint8Array): ImageArray | LabelArray | null {
  if (!isIdx(bytes)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dimensions = Array.from({ length: bytes[3]! }, (_, i) => view.getUint32(4 + 4 * i));
  const content = bytes.subarray(4 + 4 * dimensions.length);
  if (content.length !== dimensions.reduce((product, size) => product * size, 1)) return null;
  const [count, height, width, channels = 1] = dimensions;
  if (dimensions.length === 1) return { path, labels: content };
  if (dimensions.length === 2 || (channels !== 1 && channels !== 3)) return null;
  const pixels = /emnist/i.test(path) ? transposed(content, count!, height!, width!) : content;
  return { path, count: count!, height: height!, width: width!, channels, pixels };
}

function transposed(from: Uint8Array, count: number, height: number, width: number): Uint8Array {
  const to = new Uint8Array(from.length);
  for (let i = 0; i < count; i++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) to[(i * height + y) * width + x] = from[(i * width + x) * height + y]!;
  return to;
}
