import { describe, expect, it } from 'vitest';
import { choose, countsOf } from '../../../src/datasets/own/choose.ts';
import { collect, type Collection } from '../../../src/datasets/own/collect.ts';
import { preparedImage } from '../../../src/datasets/own/prepare.ts';
import {
  cifarBinary,
  cifarMeta,
  cifarPickle,
  entry,
  gzip,
  idx,
  imageBytes,
  npy,
  npz,
  pixelAt,
  tarGz,
} from '../../support/archives.ts';
import { summary } from '../../support/collected.ts';

const format = (size: number, channels: 1 | 3) =>
  ({ width: size, channels, bits: 8, preparation: { fit: 'crop', gain: 1 } }) as const;

const pixelsOf = ({ items, natural }: Collection, i: number) => {
  const { source } = items[i]!;
  if (source.kind !== 'array') throw new Error('a file');
  return preparedImage(source.array, source.index, format(natural!.size, natural!.channels));
};

const labels = [3, 1, 3, 0];
const grey = (count: number) => imageBytes(count, 64);

describe('published archives', () => {
  it('IDX, gzipped or not, with the official division', async () => {
    const found = await collect([
      entry('mnist/train-images-idx3-ubyte.gz', gzip(idx([4, 8, 8], grey(4)))),
      entry('mnist/train-labels-idx1-ubyte.gz', gzip(idx([4], labels))),
      entry('mnist/t10k-images.idx3-ubyte', idx([2, 8, 8], grey(2))),
      entry('mnist/t10k-labels.idx1-ubyte', idx([2], [1, 9])),
    ]);
    expect(summary(found)).toEqual({
      title: 'mnist',
      classes: ['0:1', '1:2', '3:2', '9:1'],
      parts: { train: 4, test: 2 },
      natural: { size: 8, channels: 1 },
      unread: [],
      classless: 0,
    });
    expect([...pixelsOf(found, 2)]).toEqual([...grey(4).slice(0, 64)]);
  });

  it('EMNIST stands upright and has letters for classes', async () => {
    const found = await collect([
      entry('emnist-letters-train-images-idx3-ubyte', idx([2, 8, 8], grey(2))),
      entry('emnist-letters-train-labels-idx1-ubyte', idx([2], [1, 26])),
    ]);
    expect(countsOf(found.items).map(({ name }) => name)).toEqual(['A', 'Z']);
    const upright = pixelsOf(found, 0);
    expect(upright[1 * 8 + 0]).toBe(pixelAt(0, 1));
    expect(upright[0 * 8 + 1]).toBe(pixelAt(0, 8));
  });

  it('CIFAR-10, binary: planes become pixels, classes have their names', async () => {
    const found = await collect([
      entry('cifar-10-batches-bin/data_batch_1.bin', cifarBinary([6, 9, 9])),
      entry('cifar-10-batches-bin/data_batch_2.bin', cifarBinary([0])),
      entry('cifar-10-batches-bin/test_batch.bin', cifarBinary([3])),
      entry('cifar-10-batches-bin/readme.html'),
    ]);
    expect(summary(found)).toEqual({
      title: 'cifar-10-batches-bin',
      classes: ['airplane:1', 'cat:1', 'frog:1', 'truck:2'],
      parts: { train: 4, test: 1 },
      natural: { size: 32, channels: 3 },
      unread: [],
      classless: 0,
    });
    const pixels = pixelsOf(found, 1);
    expect([...pixels.slice(3 * 33, 3 * 33 + 3)]).toEqual([0, 1, 2].map((c) => pixelAt(1, 33, c)));
  });

  it('CIFAR-100, binary: the fine label counts', async () => {
    const found = await collect([
      entry('cifar-100-binary/train.bin', cifarBinary([19, 29], [11, 15])),
      entry('cifar-100-binary/test.bin', cifarBinary([0], [4])),
      entry(
        'cifar-100-binary/fine_label_names.txt',
        new TextEncoder().encode(Array.from({ length: 100 }, (_, i) => `fine ${i}`).join('\n')),
      ),
    ]);
    expect(summary(found).classes).toEqual(['fine 0:1', 'fine 19:1', 'fine 29:1']);
    expect(summary(found).parts).toEqual({ train: 2, test: 1 });
  });

  it('CIFAR for Python, in the tar.gz it is published in', async () => {
    const names = ['airplane', 'automobile', 'bird', 'cat'];
    const found = await collect([
      entry(
        'cifar-10-python.tar.gz',
        await tarGz({
          'cifar-10-batches-py/batches.meta': cifarMeta('label_names', names),
          'cifar-10-batches-py/data_batch_1': cifarPickle([3, 2, 2]),
          'cifar-10-batches-py/test_batch': cifarPickle([0]),
        }),
      ),
    ]);
    expect(summary(found)).toEqual({
      title: 'cifar-10-python',
      classes: ['airplane:1', 'bird:2', 'cat:1'],
      parts: { train: 3, test: 1 },
      natural: { size: 32, channels: 3 },
      unread: [],
      classless: 0,
    });
    expect(pixelsOf(found, 0)[3 * 40 + 1]).toBe(pixelAt(0, 40, 1));
    const hundred = await collect([entry('cifar-100-python/train', cifarPickle([41, 5], 'fine_labels'))]);
    expect(summary(hundred).classes).toEqual(['5:1', '41:1']);
  });

  it.each([
    ['Keras', { x_train: npy('|u1', [4, 8, 8], grey(4)), y_train: npy('|u1', [4], labels) }],
    [
      'MedMNIST',
      { train_images: npy('|u1', [4, 8, 8, 1], grey(4)), train_labels: npy('|u1', [4, 1], labels) },
    ],
    ['channels first', { images: npy('|u1', [4, 1, 8, 8], grey(4)), labels: npy('|u1', [4], labels) }],
    ['flat rows', { X: npy('|u1', [4, 64], grey(4)), y: npy('|u1', [4], labels) }],
    [
      'floats and one-hot labels',
      {
        images: npy('<f4', [4, 8, 8], new Uint8Array(Float32Array.from(grey(4), (v) => v / 255).buffer)),
        labels: npy(
          '<f8',
          [4, 4],
          new Uint8Array(
            Float64Array.from(labels.flatMap((l) => [0, 1, 2, 3].map((c) => +(c === l)))).buffer,
          ),
        ),
      },
    ],
  ])('NPZ as %s keeps it', async (_, arrays) => {
    const found = await collect([entry('set.npz', npz(arrays))]);
    expect(summary(found)).toMatchObject({
      classes: ['0:1', '1:1', '3:2'],
      natural: { size: 8, channels: 1 },
      unread: [],
    });
    expect([...pixelsOf(found, 3)]).toEqual([...grey(4).slice(192)]);
  });

  it('NPZ of images and of labels apart, and NPY pairs with 64-bit labels', async () => {
    const wide = new Uint8Array(BigInt64Array.from(labels, BigInt).buffer);
    const found = await collect([
      entry('kmnist-train-imgs.npz', npz({ arr_0: npy('|u1', [4, 8, 8], grey(4)) })),
      entry('kmnist-train-labels.npz', npz({ arr_0: npy('<i8', [4], wide) })),
      entry('kmnist-test-imgs.npz', npz({ arr_0: npy('|u1', [4, 8, 8], grey(4)) })),
      entry('kmnist-test-labels.npz', npz({ arr_0: npy('|u1', [4], [5, 5, 5, 5]) })),
    ]);
    expect(summary(found).classes).toEqual(['0:1', '1:1', '3:2', '5:4']);
    expect(summary(found).parts).toEqual({ train: 4, test: 4 });
  });

  it('CSV of pixels, with names or without', async () => {
    const line = (label: number, i: number) => [label, ...grey(4).slice(i * 64, i * 64 + 64)].join(',');
    const head = ['label', ...Array.from({ length: 64 }, (_, i) => `pixel${i}`)].join(',');
    const text = (...lines: string[]) => new TextEncoder().encode(`${lines.join('\r\n')}\r\n`);
    const found = await collect([entry('train.csv', text(head, ...labels.map(line)))]);
    expect(summary(found)).toMatchObject({
      classes: ['0:1', '1:1', '3:2'],
      natural: { size: 8, channels: 1 },
    });
    expect([...pixelsOf(found, 1)]).toEqual([...grey(4).slice(64, 128)]);
    const bare = await collect([entry('digits/train.csv', text(...labels.map(line)))]);
    expect(countsOf(bare.items)).toEqual(countsOf(found.items));
    const unlabelled = await collect([
      entry('test.csv', text(head.replace('label,', ''), '0,'.repeat(63) + '0')),
    ]);
    expect(summary(unlabelled).unread).toEqual(['test.csv no-labels']);
    const other = await collect([entry('titanic.csv', text('name,age', 'a,2'))]);
    expect(summary(other).unread).toEqual(['titanic.csv not-pixels']);
  });

  it('images whose labels are missing, and files cut short, are named', async () => {
    const found = await collect([
      entry('train-images-idx3-ubyte', idx([4, 8, 8], grey(4))),
      entry('t10k-images-idx3-ubyte', idx([4, 8, 8], grey(3))),
    ]);
    expect(summary(found).unread).toEqual([
      't10k-images-idx3-ubyte damaged',
      'train-images-idx3-ubyte no-labels',
    ]);
  });
});

describe('choose', () => {
  const items = Array.from({ length: 30 }, (_, i) => ({
    path: `${i}`,
    className: i < 24 ? 'a' : i < 28 ? 'b' : 'c',
    part: i % 2 === 0 ? ('test' as const) : ('train' as const),
    source: { kind: 'file' as const, read: () => Promise.resolve(new Blob()) },
  }));
  const sizes = (names: readonly (readonly [string, string | null])[], each: number, most: number) => {
    const { classes, chosen } = choose(items, new Map(names), each, most);
    return classes.map((name, label) => `${name}:${chosen.filter((one) => one.label === label).length}`);
  };
  it('renames, merges and leaves out', () => {
    expect(sizes([], Infinity, Infinity)).toEqual(['a:24', 'b:4', 'c:2']);
    expect(
      sizes(
        [
          ['a', 'z'],
          ['b', null],
        ],
        Infinity,
        Infinity,
      ),
    ).toEqual(['c:2', 'z:24']);
    expect(sizes([['c', 'b']], Infinity, Infinity)).toEqual(['a:24', 'b:6']);
  });
  it('takes evenly where not all fit, of every part its share', () => {
    expect(sizes([], Infinity, 12)).toEqual(['a:6', 'b:4', 'c:2']);
    expect(sizes([], 4, Infinity)).toEqual(['a:4', 'b:4', 'c:2']);
    const { chosen } = choose(items, new Map(), 8, Infinity);
    const parts = chosen.filter(({ label }) => label === 0).map(({ item }) => item.part);
    expect(parts.filter((part) => part === 'train').length).toBeGreaterThan(0);
  });
});

it('70,000 images and 70,000 folders need no deep stack', async () => {
  const found = await collect([
    entry('train-images-idx3-ubyte', idx([70_000, 2, 2], new Uint8Array(280_000))),
    entry('train-labels-idx1-ubyte', idx([70_000], new Uint8Array(70_000))),
  ]);
  expect(found.items.length).toBe(70_000);
  const folders = await collect(Array.from({ length: 70_000 }, (_, i) => entry(`all/${i}/a.png`)));
  const { classes, chosen } = choose(folders.items, new Map(), Infinity, 1000);
  expect([classes.length, chosen.length]).toEqual([70_000, 70_000]);
  const loose = await collect(Array.from({ length: 200_000 }, (_, i) => entry(`${i}.png`)));
  expect(loose.classless.length).toBe(200_000);
});
