import type { ImageArray, LabelArray } from './arrays.ts';

interface Npy {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

const readers: Readonly<
  Record<string, readonly [number, (view: DataView, at: number, little: boolean) => number]>
> = {
  u1: [1, (view, at) => view.getUint8(at)],
  b1: [1, (view, at) => view.getUint8(at)],
  i1: [1, (view, at) => view.getInt8(at)],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  u8: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
  i8: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
};

export const isNpy = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x93 && String.fromCharCode(...bytes.subarray(1, 6)) === 'NUMPY';

/** An array in NumPy's format 1 to 3 (numpy.lib.format), C order; null where it is another kind of array. */
function parse(bytes: Uint8Array): Npy | null {
  if (!isNpy(bytes)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [start, length] = bytes[6] === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  const type = /'descr'\s*:\s*'([<>|=]?)([a-z]\d)'/.exec(header);
  const sizes = /'shape'\s*:\s*\(([^)]*)\)/.exec(header);
  const reader = readers[type?.[2] ?? ''];
  if (!reader || !sizes || /'fortran_order'\s*:\s*True/.test(header)) return null;
  const shape = sizes[1]!.split(',').flatMap((text) => (text.trim() ? [Number(text)] : []));
  const count = shape.reduce((product, size) => product * size, 1);
  const [each, read] = reader;
  const content = start + length;
  if (bytes.length < content + count * each) return null;
  if (each === 1 && type![2] !== 'i1') return { shape, values: bytes.subarray(content, content + count) };
  const little = type![1] !== '>';
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = read(view, content + i * each, little);
  return { shape, values };
}

/** Values as bytes: those of 0 to 1 (some above 0, none above 1) stand for 0 to 255. */
function bytesOf(values: ArrayLike<number>): Uint8Array {
  if (values instanceof Uint8Array) return values;
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]!);
  const scale = most <= 1 ? 255 : 1;
  return Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round(value * scale))));
}

/** Height, width, channels and whether channels come first; null where the shape is none of images. */
function layout([, ...sizes]: readonly number[]): readonly [number, number, 1 | 3, boolean] | null {
  const [a = 0, b = 0, c = 0] = sizes;
  const known = (channels: number): channels is 1 | 3 => channels === 1 || channels === 3;
  if (sizes.length === 2) return [a, b, 1, false];
  if (sizes.length === 3 && known(c)) return [a, b, c, false];
  if (sizes.length === 3 && known(a)) return [b, c, a, true];
  const side = Math.sqrt(a);
  return sizes.length === 1 && a >= 64 && Number.isInteger(side) ? [side, side, 1, false] : null;
}

function channelsLast(from: Uint8Array, count: number, plane: number, channels: number): Uint8Array {
  const to = new Uint8Array(from.length);
  for (let i = 0; i < count; i++)
    for (let c = 0; c < channels; c++)
      for (let p = 0; p < plane; p++)
        to[(i * plane + p) * channels + c] = from[(i * channels + c) * plane + p]!;
  return to;
}

/**
 * A NumPy array as images ([n, h, w], [n, h, w, c], [n, c, h, w] or [n, side * side]; floats of 0 to 1 become bytes) or
 * as labels ([n], [n, 1], or one-hot [n, classes]); null where it is neither.
 */
export function readNpy(path: string, bytes: Uint8Array): ImageArray | LabelArray | null {
  const array = parse(bytes);
  const count = array?.shape[0] ?? 0;
  if (!array || count < 1) return null;
  const { shape, values } = array;
  if (shape.length === 1 || (shape.length === 2 && shape[1] === 1)) return { path, labels: values };
  const found = layout(shape);
  if (found) {
    const [height, width, channels, first] = found;
    const pixels = bytesOf(values);
    return {
      ...{ path, count, height, width, channels },
      pixels: first ? channelsLast(pixels, count, height * width, channels) : pixels,
    };
  }
  if (shape.length !== 2) return null;
  const classes = shape[1]!;
  const labels = Array.from({ length: count }, (_, i) => {
    let label = 0;
    for (let c = 1; c < classes; c++) if (values[i * classes + c]! > values[i * classes + label]!) label = c;
    return label;
  });
  return { path, labels };
}
