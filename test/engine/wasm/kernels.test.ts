import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { batchNormEpsilon } from '../../../src/engine/engine.ts';
import * as reference from '../../../src/engine/tfjs/kernels.ts';
import * as normalise from '../../../src/engine/tfjs/normalise.ts';
import { paddedLength } from '../../../src/engine/wasm/convolutions.ts';
import type { WasmKernels } from '../../../src/engine/wasm/kernels.ts';
import { close, heap, kernelsBesideTfjs, put, random, room } from './tensors.ts';

let kernels: WasmKernels;

beforeAll(async () => {
  kernels = await kernelsBesideTfjs();
});

const batch = 3;

describe.each<[size: number, channels: number, filters: number, height: number, width: number]>([
  [3, 1, 8, 6, 5],
  [3, 4, 12, 7, 7],
  [3, 6, 7, 4, 5],
  [3, 3, 4, 2, 2],
  [3, 8, 16, 8, 8],
  [3, 9, 3, 1, 9],
  [3, 16, 33, 5, 4],
  [3, 2, 1, 3, 3],
  [3, 13, 13, 1, 1],
  [5, 5, 9, 6, 3],
  [5, 8, 16, 3, 3],
  [5, 1, 2, 9, 11],
  [1, 9, 10, 3, 4],
  [1, 16, 4, 1, 1],
  [1, 5, 24, 14, 14],
  [1, 1, 1, 1, 1],
])('convolution k=%i, %i -> %i channels, %i x %i', (size, channels, filters, height, width) => {
  const x = () => random('x', [batch, height, width, channels]);
  const dy = () => random('dy', [batch, height, width, filters]);
  const filter = () => random('filter', [size, size, channels, filters]);
  const padded = (inputs: number) => room(paddedLength({ height, width, channels: inputs }, size)).address;

  test('forward', () => {
    const packed = room(kernels.packedLength(size * size, channels, filters));
    kernels.packFilter(put(filter()), packed.address, size * size, channels, filters);
    packed.read();
    const y = room(batch * height * width * filters);
    const sizes = [batch, height, width, channels, filters, size] as const;
    kernels.convolve(put(x()), packed.address, y.address, padded(channels), ...sizes);
    close(y.read(), reference.convolve(x(), filter()));
  });

  test('gradient of the input', () => {
    const packed = room(kernels.packedLength(size * size, filters, channels));
    kernels.packTurnedFilter(put(filter()), packed.address, size * size, channels, filters);
    packed.read();
    const dx = room(batch * height * width * channels);
    const sizes = [batch, height, width, filters, channels, size] as const;
    kernels.convolve(put(dy()), packed.address, dx.address, padded(filters), ...sizes);
    close(dx.read(), reference.convolveBackInput(dy(), filter(), [batch, height, width, channels]));
  });

  test('gradient of the filter', () => {
    const dw = room(size * size * channels * filters);
    const sizes = [batch, height, width, channels, filters, size] as const;
    kernels.convBackFilter(put(x()), put(dy()), dw.address, padded(channels), ...sizes);
    close(dw.read(), reference.convolveBackFilter(x(), dy(), [size, size, channels, filters]));
  });

  test('depthwise, and its gradients', () => {
    const deep = () => random('deep', [size, size, channels, 1]);
    const gradient = () => random('deep dy', [batch, height, width, channels]);
    const sizes = [batch, height, width, channels, size] as const;
    const [y, dx] = [room(x().size), room(x().size)];
    kernels.depthwise(put(x()), put(deep()), y.address, padded(channels), ...sizes);
    close(y.read(), reference.depthwise(x(), deep()));
    const turned = room(size * size * channels);
    kernels.turnFilter(put(deep()), turned.address, size, channels);
    kernels.depthwise(put(gradient()), turned.address, dx.address, padded(channels), ...sizes);
    turned.read();
    close(dx.read(), reference.depthwiseBackInput(gradient(), deep(), x().shape));
    const dw = room(size * size * channels);
    kernels.depthwiseBackFilter(put(x()), put(gradient()), dw.address, ...sizes);
    close(dw.read(), reference.depthwiseBackFilter(x(), gradient(), [size, size, channels, 1]));
  });
});

describe.each([
  [4, 6, 5],
  [6, 7, 8],
  [3, 2, 9],
])('max pooling %i x %i, %i channels', (height, width, channels) => {
  test('and its gradient, which goes to the first maximum', () => {
    // Rounded, so that maxima are often equal.
    const x = tf.round(random('x', [batch, height, width, channels]));
    const expected = reference.maxPool(x);
    const dy = random('dy', expected.shape);
    const sizes = [batch, height, width, channels] as const;
    const [y, dx, from] = [room(expected.size), room(x.size), put(x)];
    kernels.maxPool(from, y.address, ...sizes);
    close(y.read(), expected);
    kernels.maxPoolBack(put(dy), from, y.address, dx.address, ...sizes);
    close(dx.read(), reference.maxPoolBack(dy, x, expected));
  });
});

describe.each([4, 7, 16, 1])('%i channels', (channels) => {
  const shape = [batch, 5, 6, channels];
  const [rows, area] = [batch * 30, 30];
  const vector = (name: string) => random(name, [channels]);
  const wide = () => room(rows * channels);
  const narrow = () => room(channels);

  test('moments far from 0', () => {
    const z = tf.add(random('z', shape), 30);
    const [mean, variance] = [narrow(), narrow()];
    kernels.moments(put(z), mean.address, variance.address, rows, channels);
    const expected = normalise.batchStatistics(z);
    close(mean.read(), expected.mean);
    close(variance.read(), expected.variance, 1e-4);
  });

  test('BN in training and ReLU, and their gradients, also in the place of dy', () => {
    const [z, gamma, beta, dy] = [random('z', shape), vector('gamma'), vector('beta'), random('dy', shape)];
    const [y, mean, inverse] = [wide(), narrow(), narrow()];
    const places = [y.address, mean.address, inverse.address] as const;
    const scratch = room(3 * channels).address;
    const [at, g] = [put(z), put(gamma)];
    kernels.normaliseRelu(at, g, put(beta), ...places, scratch, rows, channels, batchNormEpsilon);
    const expected = normalise.normaliseRelu(z, gamma, beta);
    close(y.read(), expected.y);
    close(mean.read(), expected.mean);
    close(inverse.read(), expected.inverse);
    const back = normalise.normaliseReluBack(dy, z, gamma, expected);
    for (const inPlace of [false, true]) {
      const [from, dgamma, dbeta] = [put(dy), narrow(), narrow()];
      const dz = inPlace ? null : wide();
      const to = [dz?.address ?? from, dgamma.address, dbeta.address, scratch] as const;
      const statistics = [g, mean.address, inverse.address] as const;
      kernels.normaliseReluBack(from, at, y.address, ...statistics, ...to, rows, channels);
      const region = { address: from, length: rows * channels };
      close(dz?.read() ?? heap.numbers(region).slice(), back.dz);
      close(dgamma.read(), back.dgamma);
      close(dbeta.read(), back.dbeta);
    }
  });

  test('BN by running statistics and ReLU, and their gradient', () => {
    const [z, dy, gamma, beta, mean] = [
      ...[random('z', shape), random('dy', shape)],
      ...[vector('gamma'), vector('beta'), vector('mean')],
    ] as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const variance = tf.square(vector('variance'));
    const [scale, shift, y, dz] = [narrow(), narrow(), wide(), wide()];
    const vectors = [gamma, beta, mean, variance].map(put) as [number, number, number, number];
    kernels.runningScale(...vectors, scale.address, shift.address, channels, batchNormEpsilon);
    const expectedScale = tf.div(gamma, tf.sqrt(tf.add(variance, batchNormEpsilon)));
    const expectedShift = tf.sub(beta, tf.mul(mean, expectedScale));
    close(scale.read(), expectedScale);
    close(shift.read(), expectedShift);
    kernels.scaleRelu(put(z), scale.address, shift.address, y.address, rows, channels);
    const expected = normalise.scaleRelu(z, expectedScale, expectedShift);
    close(y.read(), expected);
    kernels.scaleReluBack(put(dy), y.address, scale.address, dz.address, rows, channels);
    close(dz.read(), normalise.scaleReluBack(dy, expected, expectedScale));
  });

  test('global average and its gradient', () => {
    const x = random('x', shape);
    const [average, dx] = [room(batch * channels), wide()];
    kernels.globalAverage(put(x), average.address, batch, area, channels);
    const expected = reference.globalAverage(x);
    close(average.read(), expected);
    kernels.globalAverageBack(average.address, dx.address, batch, area, channels);
    close(dx.read(), reference.globalAverageBack(expected, 5, 6));
  });

  test('additions with lambda and their gradients', () => {
    const [main, skip, dy] = [random('main', shape), random('skip', shape), random('dy', shape)];
    const lambda = tf.scalar(0.3);
    const [out, dlambda] = [wide(), room(1)];
    const count = rows * channels;
    const [l, m, s, d] = [lambda, main, skip, dy].map(put) as [number, number, number, number];
    kernels.mix(l, m, s, out.address, count);
    close(out.read(), reference.mix(lambda, main, skip));
    kernels.mixBackLambda(d, m, s, dlambda.address, count);
    close(dlambda.read(), reference.mixBackLambda(dy, main, skip));
    for (const [isRest, share] of [
      [false, 0.3],
      [true, 0.7],
    ] as const) {
      const dx = wide();
      kernels.scaleByLambda(l, d, dx.address, count, isRest);
      close(dx.read(), tf.mul(dy, share));
      kernels.addTo(dx.address, m, count);
      close(dx.read(), tf.add(tf.mul(dy, share), main));
    }
  });

  test('columns are copied into a wider tensor and out of it', () => {
    const [narrowRows, wideRows] = [random('narrow', [rows, channels]), random('wide', [rows, channels + 5])];
    const into = room(rows * (channels + 5));
    kernels.copyColumns(put(wideRows), channels + 5, into.address, channels + 5, rows, channels + 5);
    kernels.copyColumns(put(narrowRows), channels, into.address + 12, channels + 5, rows, channels);
    const [left, right] = [
      tf.slice(wideRows, [0, 0], [rows, 3]),
      tf.slice(wideRows, [0, channels + 3], [rows, 2]),
    ];
    close(into.read(), tf.concat([left, narrowRows, right], 1), 1e-9);
    const out = wide();
    kernels.copyColumns(into.address + 12, channels + 5, out.address, channels, rows, channels);
    close(out.read(), narrowRows, 1e-9);
  });

  test.each([2, 10, 33])('dense layer, loss and gradients with %i classes', (classes) => {
    const pooled = random('pooled', [batch, channels]) as tf.Tensor2D;
    const kernel = random('kernel', [channels, classes]) as tf.Tensor2D;
    const bias = random('bias', [classes]);
    const targets = tf.softmax(random('targets', [batch, classes]) as tf.Tensor2D);
    const logits = room(batch * classes);
    const [p, k] = [put(pooled), put(kernel)];
    kernels.dense(p, k, put(bias), logits.address, batch, channels, classes);
    const expected = tf.add(tf.matMul(pooled, kernel), bias) as tf.Tensor2D;
    close(logits.read(), expected);
    const loss = kernels.softmaxLoss(logits.address, put(targets), batch, classes);
    const expectedLoss = tf.div(tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(expected)))), batch);
    expect(loss).toBeCloseTo(expectedLoss.dataSync()[0]!, 5);
    const dlogits = tf.div(tf.sub(tf.softmax(expected), targets), batch) as tf.Tensor2D;
    // Of the difference of two numbers that may be close.
    close(logits.read(), dlogits, 1e-4);
    const [dpooled, dkernel, dbias] = [room(batch * channels), room(channels * classes), room(classes)];
    const outputs = [dpooled.address, dkernel.address, dbias.address] as const;
    kernels.denseBack(p, k, logits.address, ...outputs, batch, channels, classes);
    close(dpooled.read(), tf.matMul(dlogits, kernel, false, true), 1e-4);
    close(dkernel.read(), tf.matMul(pooled, dlogits, true), 1e-4);
    close(dbias.read(), tf.sum(dlogits, 0), 1e-4);
  });
});

test('the loss stays finite for logits that are far apart, and counts what is wrong', () => {
  for (const far of [10, 80, 1000, 1e6]) {
    const logits = tf.tensor2d([[far, 0, -far]]);
    const address = put(logits);
    const wrong = kernels.softmaxLoss(address, put(tf.tensor2d([[0, 1, 0]])), 1, 3);
    expect(wrong / far).toBeCloseTo(1, 4);
    const gradient = heap.numbers({ address, length: 16 }, 3);
    expect([...gradient].every(Number.isFinite)).toBe(true);
    const right = kernels.softmaxLoss(put(logits), put(tf.tensor2d([[1, 0, 0]])), 1, 3);
    expect(right).toBeCloseTo(0, 4);
  }
});

test('the optimiser: momentum, decay, limits and the running average, over any length', () => {
  for (const count of [1, 4, 11]) {
    const vectors = ['w', 'g', 'v', 'decay', 'average'].map((name) => random(name, [count]));
    const [w, g, v, decay, average] = vectors as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const [low, high] = [tf.fill([count], -0.4), tf.fill([count], 0.6)];
    const [rate, momentum, share] = [0.1, 0.9, 0.25];
    const addresses = [w, g, v, decay, low, high, average].map(put) as Parameters<
      WasmKernels['momentumStep']
    > extends [...infer Addresses, number, number, number, number, number]
      ? Addresses
      : never;
    const out = room(count);
    kernels.momentumStep(...addresses, out.address, count, rate, momentum, share);
    const velocity = tf.add(tf.mul(v, momentum), tf.add(g, tf.mul(decay, w)));
    const next = tf.maximum(tf.minimum(tf.sub(w, tf.mul(velocity, rate)), high), low);
    close(out.read(), next);
    const at = (index: number) => heap.numbers({ address: addresses[index]!, length: 16 }, count);
    close(at(2), velocity);
    close(at(6), tf.add(average, tf.mul(share, tf.sub(next, average))));
  }
});
