import { BufferReader, NameRegistry, Parser } from 'pickleparser';
import { partOfName, type LabelledArray } from './arrays.ts';

const side = 32;
const plane = side * side;
const bytesEach = 3 * plane;

/** CIFAR-10's classes in the order of their labels (Krizhevsky 2009); its binary files do not say them. */
export const cifar10Classes = [
  ...['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
] as const;

/** Red, green and blue planes after one another, as bytes of each pixel. */
function pixelsOf(records: Uint8Array, count: number, stride: number, skipped: number): Uint8Array {
  const pixels = new Uint8Array(count * bytesEach);
  for (let i = 0; i < count; i++)
    for (let c = 0; c < 3; c++)
      for (let p = 0; p < plane; p++)
        pixels[(i * plane + p) * 3 + c] = records[i * stride + skipped + c * plane + p]!;
  return pixels;
}

/**
 * CIFAR's binary files: a byte of label (CIFAR-100: two, the fine one last) and 3072 bytes of pixels an image. They
 * have no head, so their names and lengths are all there is to know them by; null where these do not fit.
 */
export function readCifarBinary(path: string, bytes: Uint8Array): LabelledArray | null {
  const name = path.split('/').at(-1)!.toLowerCase();
  const labelBytes = /^(data_batch_\d+|test_batch)\.bin$/.test(name)
    ? 1
    : /^(train|test)\.bin$/.test(name)
      ? 2
      : 0;
  const stride = labelBytes + bytesEach;
  if (labelBytes === 0 || bytes.length === 0 || bytes.length % stride !== 0) return null;
  const count = bytes.length / stride;
  const labels = Array.from({ length: count }, (_, i) => bytes[i * stride + labelBytes - 1]!);
  if (labels.some((label) => label >= (labelBytes === 1 ? 10 : 100))) return null;
  const pixels = pixelsOf(bytes, count, stride, labelBytes);
  return { path, part: partOfName(name), labels, count, height: side, width: side, channels: 3, pixels };
}

/** Python 2 wrote bytes as text: one character a byte. */
class BytesAsText extends BufferReader {
  override string(size: number, encoding: 'ascii' | 'utf-8'): string {
    if (encoding !== 'ascii') return super.string(size, encoding);
    const bytes = this.bytes(size);
    const pieces: string[] = [];
    for (let at = 0; at < bytes.length; at += 8192)
      pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
    return pieces.join('');
  }
}

/** What `numpy.ndarray` leaves in a pickle: (version, shape, type, order, bytes). */
class PickledArray {
  bytes: Uint8Array = new Uint8Array();
  // Called by the parser with the state that Python kept.
  __setstate__(state: readonly unknown[]): void {
    const content = state[4];
    this.bytes =
      typeof content === 'string'
        ? Uint8Array.from(content, (one) => one.charCodeAt(0))
        : (content as Uint8Array);
  }
}
/** A type description whose state does not matter: CIFAR's arrays are of bytes. */
const ignored = () => ({ __setstate__: () => {} });

/** Only what CIFAR's pickles name is ever made; nothing of a file is run. */
const names = () =>
  new NameRegistry()
    .register('numpy.core.multiarray', '_reconstruct', () => new PickledArray())
    .register('numpy._core.multiarray', '_reconstruct', () => new PickledArray())
    .register('numpy', 'ndarray', PickledArray)
    .register('numpy', 'dtype', ignored)
    .register('_codecs', 'encode', (text: string) => Uint8Array.from(text, (one) => one.charCodeAt(0)));

export const isPickle = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5 && bytes.at(-1) === 46;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * A file of CIFAR's python version: a pickled dictionary of data [n, 3072] and labels (CIFAR-100: fine_labels), or, for
 * the file of names, the classes in the order of their labels. Null where it is neither.
 */
export function readCifarPickle(path: string, bytes: Uint8Array): LabelledArray | readonly string[] | null {
  let found: Record<string, unknown>;
  try {
    const registry = names();
    found = new Parser({ nameResolver: registry, unpicklingTypeOfDictionary: 'object' }).read(
      new BytesAsText(bytes),
    ) as Record<string, unknown>;
  } catch {
    return null;
  }
  const classes = list(found['fine_label_names'] ?? found['label_names']);
  if (classes.length > 0) return classes.map(String);
  const data = found['data'];
  const labels = list(found['fine_labels'] ?? found['labels']).map(Number);
  if (!(data instanceof PickledArray) || labels.length === 0) return null;
  if (data.bytes.length !== labels.length * bytesEach) return null;
  return {
    ...{ path, part: partOfName(path.split('/').at(-1)!), labels, count: labels.length },
    ...{ height: side, width: side, channels: 3 },
    pixels: pixelsOf(data.bytes, labels.length, bytesEach, 0),
  };
}
