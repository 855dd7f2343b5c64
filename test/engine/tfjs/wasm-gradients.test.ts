import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import * as kernels from '../../../src/engine/tfjs/kernels.ts';
import * as composed from '../../../src/engine/tfjs/wasm/conv-gradients.ts';
import { seeded } from '../../../src/core/random.ts';
import { relativeError, startEngine } from '../start.ts';

beforeAll(async () => {
  await startEngine('cpu');
  await startEngine('wasm', 'portable');
});

const numbers = (name: string, shape: readonly number[]): tf.Tensor => {
  const random = seeded(name);
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random.normal()),
    [...shape],
  );
};

/** What `compute` gives on a backend, as plain numbers. */
async function on(backend: 'cpu' | 'wasm', compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const results = tf.tidy(() => compute().map((tensor) => tensor.dataSync() as Float32Array));
  expect(tf.memory().numTensors).toBe(before);
  return results;
}

/** The same operation on the cpu backend (tfjs' own loops, or our composition of its operations) and on wasm. */
async function expectSame(compute: () => tf.Tensor[], tolerance = 2e-5): Promise<void> {
  const [expected, found] = [await on('cpu', compute), await on('wasm', compute)];
  expect(found.length).toBe(expected.length);
  found.forEach((values, i) => expect(relativeError(values, expected[i]!)).toBeLessThan(tolerance));
}

const layers: [size: number, channels: number, filters: number, height: number, width: number][] = [
  [3, 1, 8, 6, 5],
  [3, 4, 12, 7, 7],
  [3, 6, 7, 4, 5],
  [3, 3, 4, 2, 2],
  [5, 5, 9, 6, 3],
  [5, 8, 16, 3, 3],
  [1, 9, 10, 3, 4],
  [1, 16, 4, 1, 1],
];

describe.each(layers)(
  'convolution k=%i, %i -> %i channels, %i x %i',
  (k, channels, filters, height, width) => {
    const x = () => numbers('x', [3, height, width, channels]) as tf.Tensor4D;
    const dy = () => numbers('dy', [3, height, width, filters]) as tf.Tensor4D;
    const filter = () => numbers('filter', [k, k, channels, filters]) as tf.Tensor4D;
    const same = {
      strides: 1,
      pad: 'same' as const,
      filterShape: [k, k, channels, filters] as [number, number, number, number],
      inputShape: [3, height, width, channels] as [number, number, number, number],
    };

    test('dW', () => expectSame(() => [kernels.convolveBackFilter(x(), dy(), same.filterShape)]));
    test('dX', () => expectSame(() => [kernels.convolveBackInput(dy(), filter(), same.inputShape)]));
    test('the composed dW and dX, for machines without SIMD', async () => {
      const plain = () => [
        kernels.convolveBackFilter(x(), dy(), same.filterShape),
        kernels.convolveBackInput(dy(), filter(), same.inputShape),
      ];
      const expected = await on('cpu', plain);
      const found = await on('wasm', () => [
        composed.convBackpropFilter(x(), dy(), same),
        composed.convBackpropInput(dy(), filter(), same),
      ]);
      found.forEach((values, i) => expect(relativeError(values, expected[i]!)).toBeLessThan(2e-5));
    });

    const deepDy = () => numbers('deep', [3, height, width, channels]) as tf.Tensor4D;
    const deepFilter = () => numbers('deepFilter', [k, k, channels, 1]) as tf.Tensor4D;
    const deepShape: [number, number, number, number] = [k, k, channels, 1];
    const depthwise = () => [
      kernels.depthwiseBackFilter(x(), deepDy(), deepShape),
      kernels.depthwiseBackInput(deepDy(), deepFilter(), same.inputShape),
    ];
    test('depthwise dW and dX', () => expectSame(depthwise));
    test('the composed depthwise dW and dX', async () => {
      const expected = await on('cpu', depthwise);
      const found = await on('wasm', () => [
        composed.depthwiseBackpropFilter(x(), deepDy(), { ...same, filterShape: deepShape }),
        composed.depthwiseBackpropInput(deepDy(), deepFilter(), same),
      ]);
      found.forEach((values, i) => expect(relativeError(values, expected[i]!)).toBeLessThan(2e-5));
    });
  },
);

describe("tfjs' own gradients run on wasm", () => {
  test.each(['valid', 'same'] as const)('conv2d, padding %s, through the tape', async (pad) => {
    await import('@tensorflow/tfjs-core/dist/register_all_gradients.js');
    await expectSame(() => {
      const x = numbers('x', [2, 6, 5, 3]) as tf.Tensor4D;
      const filter = numbers('f', [3, 3, 3, 4]) as tf.Tensor4D;
      return tf.grads((a: tf.Tensor, b: tf.Tensor) =>
        tf.sum(tf.square(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, pad))),
      )([x, filter]);
    });
  });

  test('gather, by UnsortedSegmentSum', () =>
    expectSame(() => {
      const rows = tf.tensor1d([2, 0, 2, 1, 2], 'int32');
      return [tf.grad((x) => tf.sum(tf.square(tf.gather(x, rows))))(numbers('x', [4, 3]))];
    }));
});

describe.each([
  [4, 6, 5],
  [6, 7, 8],
  [3, 2, 9],
])('max pooling %i x %i, %i channels', (height, width, channels) => {
  test('the gradient goes to the first maximum', () =>
    expectSame(() => {
      // Rounded, so that maxima are often equal.
      const x = tf.round(numbers('x', [2, height, width, channels]));
      const y = kernels.maxPool(x);
      return [kernels.maxPoolBack(numbers('dy', y.shape), x, y)];
    }));
});
