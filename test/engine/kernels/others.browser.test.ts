import { afterAll, beforeAll, expect, test } from 'vitest';
import { add, addBackward } from '../../../src/engine/kernels/add.ts';
import { bnRelu, bnReluBackward, bnSums } from '../../../src/engine/kernels/bn-relu.ts';
import { copy } from '../../../src/engine/kernels/copy.ts';
import { gather, packIndices } from '../../../src/engine/kernels/gather.ts';
import { headLogits, headTraining } from '../../../src/engine/kernels/head.ts';
import type { FixedName, View } from '../../../src/engine/kernels/kernel.ts';
import { maxPool, maxPoolBackward } from '../../../src/engine/kernels/max-pool.ts';
import { optimise, optimiserBlocks } from '../../../src/engine/kernels/optimise.ts';
import { batchPlan, pixelTable, stepImages } from '../../../src/engine/batches.ts';
import type { Gpu } from '../../../src/engine/plan/gpu.ts';
import { at, openGpu, randomNumbers, runDispatch, view, worst } from './run-dispatch.ts';
import { moments } from './scalar.ts';

let gpu: Gpu;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.dispose());

type Entry = readonly [FixedName | View, Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>];
const contents = (...entries: Entry[]) =>
  new Map(entries.map(([key, data]) => [typeof key === 'string' ? key : key.tensor.id, data] as const));
const fill = (name: string, { tensor }: View) => randomNumbers(name, tensor.floats);
const total = (parts: Float32Array, length: number) =>
  Float64Array.from({ length }, (_, i) => {
    let sum = 0;
    for (let from = i; from < parts.length; from += length) sum += parts[from]!;
    return sum;
  });

const columnShapes = [
  { rows: 37, columns: 5 },
  { rows: 700, columns: 40 },
  { rows: 9000, columns: 3 },
];

test.each(columnShapes)('BN and ReLU forward, and both passes backward: %o', async ({ rows, columns }) => {
  const z = randomNumbers('z', rows * columns).map((value) => 100 + 3 * value);
  const { mean, variance } = moments(z, columns);
  const [gamma, beta] = [randomNumbers('gamma', columns), randomNumbers('beta', columns)];
  const parameters = new Float32Array([...gamma, ...beta]);
  const normalisation = { gamma: 0, beta: columns, mean: 0, variance: 0, statistics: 2 };
  const zs = view(rows, columns);
  const y = view(rows, columns, columns + 3, 1);
  // Partials of 16 rows each, as a convolution would have left them.
  const parts = Math.ceil(rows / 16);
  const partials = view(parts, 2 * columns);
  const numbers = new Float32Array(partials.tensor.floats);
  for (let part = 0; part < parts; part++) {
    const slice = z.subarray(part * 16 * columns, (part + 1) * 16 * columns);
    const own = moments(slice, columns);
    own.mean.forEach((m, c) => {
      numbers[2 * (part * columns + c)] = m;
      numbers[2 * (part * columns + c) + 1] = (own.variance[c]! * slice.length) / columns;
    });
  }
  const forward = await runDispatch(
    gpu,
    bnRelu({
      rows,
      z: zs.tensor,
      partials: partials.tensor,
      parts,
      rowsPerPart: 16,
      result: y,
      normalisation,
      isRunning: false,
      isRaw: false,
    }),
    contents(
      [zs, z],
      [partials, numbers],
      ['parameters', parameters],
      ['statistics', new Float32Array(2 * columns + 4)],
    ),
  );
  const standard = z.map((value, i) => {
    const c = i % columns;
    return (value - mean[c]!) / Math.sqrt(variance[c]! + 1e-3);
  });
  const normal = standard.map((value, i) => value * gamma[i % columns]! + beta[i % columns]!);
  const out = forward.get(y.tensor.id)!;
  const found = normal.map((_, i) => at(out, y, Math.floor(i / columns), i % columns));
  expect(
    worst(
      found,
      normal.map((value) => Math.max(0, value)),
    ),
  ).toBeLessThan(2e-4);
  const statistics = forward.get('statistics')!;
  const expectedPairs = mean.flatMap((m, c) => [m, 1 / Math.sqrt(variance[c]! + 1e-3)]);
  expect(worst(statistics.subarray(4), expectedPairs)).toBeLessThan(1e-5);

  const dy = view(rows, columns, columns + 2, 2);
  const slopes = fill('dy', dy);
  const sums = view(1, 1);
  const made = bnSums({
    rows,
    gradient: dy,
    z: zs.tensor,
    normalisation,
    partials: (count) => ({ ...sums.tensor, floats: 2 * count * columns }),
  });
  const backwardContents = [
    [dy, slopes],
    [zs, z],
    ['parameters', parameters],
    ['statistics', statistics],
  ] as const satisfies Entry[];
  const summed = await runDispatch(gpu, made, contents(...backwardContents));
  const g = normal.map((value, i) => (value > 0 ? at(slopes, dy, Math.floor(i / columns), i % columns) : 0));
  const wanted = new Float64Array(2 * columns);
  g.forEach((slope, i) => {
    wanted[2 * (i % columns)]! += slope;
    wanted[2 * (i % columns) + 1]! += slope * standard[i]!;
  });
  expect(worst(total(summed.get(sums.tensor.id)!, 2 * columns), wanted)).toBeLessThan(1e-3);

  const dz = view(rows, columns);
  const applied = await runDispatch(
    gpu,
    bnReluBackward({
      rows,
      gradient: dy,
      preactivation: { ...zs },
      result: dz.tensor,
      normalisation,
      sums: made,
      unused: 'statistics',
      dgamma: 0,
      dbeta: columns,
    }),
    contents(
      ...backwardContents,
      [sums, summed.get(sums.tensor.id)!],
      ['gradients', new Float32Array(2 * columns)],
    ),
  );
  const expected = g.map((slope, i) => {
    const c = i % columns;
    const inverse = expectedPairs[2 * c + 1]!;
    const centred = slope - wanted[2 * c]! / rows - (standard[i]! * wanted[2 * c + 1]!) / rows;
    return gamma[c]! * inverse * centred;
  });
  expect(worst(applied.get(dz.tensor.id)!, expected)).toBeLessThan(2e-4);
  const gradients = applied.get('gradients')!;
  const dgamma = wanted.filter((_, i) => i % 2 === 1);
  const dbeta = wanted.filter((_, i) => i % 2 === 0);
  expect(worst(gradients, [...dgamma, ...dbeta])).toBeLessThan(1e-3);
});

test('BN frozen: gradient through the running statistics', async () => {
  const [rows, columns] = [50, 6];
  const [dy, y, dz] = [view(rows, columns), view(rows, columns, 8, 1), view(rows, columns)];
  const [slopes, outputs] = [fill('dy', dy), fill('y', y)];
  const parameters = randomNumbers('parameters', 3 * columns).map(Math.abs);
  const results = await runDispatch(
    gpu,
    bnReluBackward({
      rows,
      gradient: dy,
      preactivation: y,
      result: dz.tensor,
      normalisation: { gamma: 0, beta: columns, mean: 0, variance: 2 * columns, statistics: 0 },
      sums: null,
      unused: 'statistics',
      dgamma: 0,
      dbeta: 0,
    }),
    contents([dy, slopes], [y, outputs], ['parameters', parameters]),
  );
  const expected = slopes.map((slope, i) => {
    const c = i % columns;
    const passes = at(outputs, y, Math.floor(i / columns), c) > 0;
    return passes ? (slope * parameters[c]!) / Math.sqrt(parameters[2 * columns + c]! + 1e-3) : 0;
  });
  expect(worst(results.get(dz.tensor.id)!, expected)).toBeLessThan(1e-5);
});

test('max pooling of odd sizes, and its gradient to the first of equals', async () => {
  const [batch, height, width, channels] = [2, 5, 7, 3];
  const x = view(batch * height * width, channels, 5, 1);
  const y = view(batch * 2 * 3, channels, 4, 1);
  const data = fill('x', x).map((value) => Math.max(0, Math.round(2 * value)));
  const pooled = await runDispatch(
    gpu,
    maxPool({ batch, height, width, source: x, result: y }),
    contents([x, data]),
  );
  const dx = view(batch * height * width, channels);
  const slopes = fill('dy', y);
  const before = fill('before', dx);
  const back = await runDispatch(
    gpu,
    maxPoolBackward({ batch, height, width, gradient: y, source: x, result: dx, accumulate: true }),
    contents([x, data], [y, slopes], [dx, before]),
  );
  const expected = Float64Array.from(before);
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 3; j++)
        for (let c = 0; c < channels; c++) {
          const rows = [0, 1, 2, 3].map((k) => (n * height + 2 * i + (k >> 1)) * width + 2 * j + (k & 1));
          const values = rows.map((row) => at(data, x, row, c));
          const largest = Math.max(...values);
          const out = (n * 2 + i) * 3 + j;
          expect(at(pooled.get(y.tensor.id)!, y, out, c)).toBe(largest);
          expected[rows[values.indexOf(largest)]! * channels + c]! += at(slopes, y, out, c);
        }
  expect(worst(back.get(dx.tensor.id)!, expected)).toBeLessThan(1e-6);
});

test('add with lambda, its gradients written and added, and that of lambda', async () => {
  const [rows, channels] = [700, 5];
  const [main, skip, y] = [view(rows, channels, 6, 1), view(rows, channels), view(rows, channels, 7, 2)];
  const [a, b] = [fill('main', main), fill('skip', skip)];
  const parameters = Float32Array.of(0, 0, 0.3);
  const forward = await runDispatch(
    gpu,
    add({ rows, main, skip, result: y, lambda: 2 }),
    contents([main, a], [skip, b], ['parameters', parameters]),
  );
  const cell = (data: Float32Array, of: View, i: number) =>
    at(data, of, Math.floor(i / channels), i % channels);
  const indices = Array.from({ length: rows * channels }, (_, i) => i);
  const found = indices.map((i) => cell(forward.get(y.tensor.id)!, y, i));
  expect(
    worst(
      found,
      indices.map((i) => 0.3 * cell(a, main, i) + 0.7 * cell(b, skip, i)),
    ),
  ).toBeLessThan(1e-6);

  const [toMain, toSkip] = [view(rows, channels), view(rows, channels)];
  const [slopes, before] = [fill('dy', y), fill('before', toSkip)];
  let splits = 0;
  const made = addBackward({
    rows,
    gradient: y,
    main,
    skip,
    toMain: { view: toMain, mode: 'write' },
    toSkip: { view: toSkip, mode: 'accumulate' },
    lambda: 2,
    reserve: (count) => {
      splits = count;
      return 0;
    },
  });
  const back = await runDispatch(
    gpu,
    made,
    contents(
      [y, slopes],
      [main, a],
      [skip, b],
      [toSkip, before],
      ['parameters', parameters],
      ['gradients', new Float32Array(splits)],
    ),
  );
  const slope = (i: number) => cell(slopes, y, i);
  expect(
    worst(
      back.get(toMain.tensor.id)!,
      indices.map((i) => 0.3 * slope(i)),
    ),
  ).toBeLessThan(1e-6);
  const added = indices.map((i) => before[i]! + 0.7 * slope(i));
  expect(worst(back.get(toSkip.tensor.id)!, added)).toBeLessThan(1e-6);
  const dlambda = indices.reduce((sum, i) => sum + slope(i) * (cell(a, main, i) - cell(b, skip, i)), 0);
  expect(splits).toBeGreaterThan(1);
  const parts = back.get('gradients')!.subarray(0, splits);
  expect(worst(total(parts, 1), [dlambda])).toBeLessThan(1e-4);
});

test('copy between strides, and added', async () => {
  const [x, y] = [view(9, 3, 5, 2), view(9, 3, 4, 0)];
  const [data, before] = [fill('x', x), fill('y', y)];
  for (const accumulate of [false, true]) {
    const results = await runDispatch(gpu, copy(9, x, y, accumulate), contents([x, data], [y, before]));
    const expected = before.map((value, i) => {
      const [row, channel] = [Math.floor(i / 4), i % 4];
      return channel === 3 ? value : at(data, x, row, channel) + (accumulate ? value : 0);
    });
    expect(worst(results.get(y.tensor.id)!, expected)).toBeLessThan(1e-6);
  }
});

test('gather: the same augmented batches as the portable trainer, bit for bit', async () => {
  const images = Uint8Array.from({ length: 10 * 5 * 4 * 3 }, (_, i) => (i * 37) % 256);
  const data = {
    height: 5,
    width: 4,
    channels: 3,
    classes: 2,
    count: 10,
    images,
    labels: new Uint8Array(10),
    mean: [0.2, 0.4, 0.6],
    deviation: [0.3, 0.2, 0.1],
  };
  const plan = batchPlan('gather', 10, 18, 6, 'shift-flip');
  const table = pixelTable(data);
  const result = view(6 * 20, 3);
  const made = gather(6, 5, 4, result);
  for (const step of [0, 2]) {
    const found = await runDispatch(
      gpu,
      made,
      contents(
        ['images', new Uint32Array(images.buffer)],
        ['table', Float32Array.from(table)],
        ['indices', packIndices(plan.indices, plan.shifts, plan.flips)],
        ['state', Uint32Array.of(step, 99)],
      ),
    );
    expect(found.get(result.tensor.id)!).toEqual(stepImages(data, table, plan, step));
    expect(new Uint32Array(found.get('state')!.buffer)[1]).toBe(step + 1);
  }
});

test.each([
  { channels: 6, isSoft: false },
  { channels: 300, isSoft: true },
])('head: loss, gradients of everything, logits: %o', async ({ channels, isSoft }) => {
  const [batch, pixels, classes] = [3, 5, 4];
  const x = view(batch * pixels, channels, channels + 2, 1);
  const dx = view(batch * pixels, channels);
  const [data, before] = [fill('x', x), fill('before', dx)];
  const parameters = randomNumbers('dense', channels * classes + classes).map((w) => w / 4);
  const labels = [2, 0, 3, 1];
  const indices = Uint32Array.of(9, 9, 9, 1, 3, 2);
  const rows = randomNumbers('teacher', 4 * classes).map(Math.abs);
  const targets = isSoft ? new Uint32Array(rows.buffer) : Uint32Array.of(0x01030002);
  const head = { batch, pixels, classes, source: x, kernel: 0, bias: channels * classes };
  const given = [
    [x, data],
    ['parameters', parameters],
    ['state', Uint32Array.of(1, 2)],
  ] as const satisfies Entry[];
  const made = headTraining({
    ...head,
    result: dx,
    wanted: true,
    accumulate: true,
    isSoft,
    ring: 64,
    reserveKernel: () => 0,
    reserveBias: (splits) => splits * channels * classes,
  });
  const results = await runDispatch(
    gpu,
    made,
    contents(
      ...given,
      [dx, before],
      ['targets', targets],
      ['indices', packIndices(indices, null, null)],
      ['losses', new Float32Array(64 * batch)],
      ['gradients', new Float32Array(batch * (channels + 1) * classes)],
    ),
  );
  const weight = (c: number, k: number) => parameters[c * classes + k]!;
  const expected = { losses: [] as number[], logits: [] as number[] };
  const dkernel = new Float64Array(channels * classes);
  const dbias = new Float64Array(classes);
  const dinput = Float64Array.from(before);
  for (let n = 0; n < batch; n++) {
    const pooled = Array.from({ length: channels }, (_, c) => {
      let sum = 0;
      for (let p = 0; p < pixels; p++) sum += at(data, x, n * pixels + p, c);
      return sum / pixels;
    });
    const logits = Array.from({ length: classes }, (_, k) =>
      pooled.reduce((sum, value, c) => sum + value * weight(c, k), parameters[channels * classes + k]!),
    );
    expected.logits.push(...logits);
    const logSum = Math.log(logits.reduce((sum, value) => sum + Math.exp(value), 0));
    const image = indices[batch + n]!;
    const target = logits.map((_, k) => (isSoft ? rows[image * classes + k]! : labels[image] === k ? 1 : 0));
    expected.losses.push(logits.reduce((sum, value, k) => sum - target[k]! * (value - logSum), 0));
    logits.forEach((value, k) => {
      const slope = (Math.exp(value - logSum) - target[k]!) / batch;
      dbias[k]! += slope;
      pooled.forEach((p, c) => {
        dkernel[c * classes + k]! += p * slope;
        for (let i = 0; i < pixels; i++) {
          dinput[(n * pixels + i) * channels + c]! += (slope * weight(c, k)) / pixels;
        }
      });
    });
  }
  expect(worst(results.get('losses')!.subarray(batch, 2 * batch), expected.losses)).toBeLessThan(1e-5);
  expect(worst(results.get(dx.tensor.id)!, dinput)).toBeLessThan(1e-5);
  const gradients = results.get('gradients')!;
  const kernels = gradients.subarray(0, batch * channels * classes);
  expect(worst(total(kernels, channels * classes), dkernel)).toBeLessThan(1e-5);
  const biases = gradients.subarray(batch * channels * classes, batch * (channels + 1) * classes);
  expect(worst(total(biases, classes), dbias)).toBeLessThan(1e-5);

  const inferred = await runDispatch(
    gpu,
    headLogits(head),
    contents(...given, ['logits', new Float32Array(2 * batch * classes)]),
  );
  const logits = inferred.get('logits')!.subarray(batch * classes);
  expect(worst(logits, expected.logits)).toBeLessThan(1e-5);
});

test('optimiser: splits added up, momentum, decay, clipping, and nothing else touched', async () => {
  const tensors = [
    { parameters: 4, length: 300, gradients: 0, splits: 3, isDecayed: true, isClipped: false },
    { parameters: 304, length: 1, gradients: 900, splits: 70, isDecayed: false, isClipped: true },
    { parameters: 308, length: 7, gradients: 970, splits: 20, isDecayed: false, isClipped: false },
    { parameters: 316, length: 5, gradients: 0, splits: 0, isDecayed: true, isClipped: false },
  ];
  const [momentum, decay, rate, step] = [0.9, 0.01, 0.5, 3];
  const blocks = optimiserBlocks(tensors);
  const weights = randomNumbers('weights', 324);
  const momenta = randomNumbers('momenta', 324);
  const gradients = randomNumbers('gradients', 970 + 140);
  const results = await runDispatch(
    gpu,
    optimise(blocks, tensors),
    contents(
      ['blocks', blocks],
      ['rates', Float32Array.of(momentum, decay, 0, 0, 9, 9, 9, rate)],
      ['gradients', gradients],
      ['state', Uint32Array.of(0, step + 1)],
      ['momenta', momenta],
      ['parameters', weights],
    ),
  );
  const [velocity, moved] = [Float64Array.from(momenta), Float64Array.from(weights)];
  for (const { parameters, length, gradients: from, splits, isDecayed, isClipped } of tensors) {
    for (let i = 0; i < length; i++) {
      let gradient = isDecayed ? decay * weights[parameters + i]! : 0;
      for (let split = 0; split < splits; split++) gradient += gradients[from + split * length + i]!;
      velocity[parameters + i] = momentum * momenta[parameters + i]! + gradient;
      const next = weights[parameters + i]! - rate * velocity[parameters + i]!;
      moved[parameters + i] = isClipped ? Math.min(1, Math.max(0, next)) : next;
    }
  }
  expect(worst(results.get('momenta')!, velocity)).toBeLessThan(1e-5);
  expect(worst(results.get('parameters')!, moved)).toBeLessThan(1e-5);
  expect(new Uint32Array(results.get('state')!.buffer)[0]).toBe(step + 1);
});
