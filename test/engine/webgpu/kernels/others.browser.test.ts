import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { add, addBackward } from '../../../../src/engine/webgpu/kernels/add.ts';
import { bnRelu, bnReluBackward, bnSums } from '../../../../src/engine/webgpu/kernels/bn-relu.ts';
import type { FixedName, View } from '../../../../src/engine/webgpu/kernels/kernel.ts';
import { maxPool, maxPoolBackward } from '../../../../src/engine/webgpu/kernels/max-pool.ts';
import type { Gpu } from '../../../../src/engine/webgpu/gpu.ts';
import { at, openGpu, randomNumbers, reductions, runDispatch, view, worst } from './run-dispatch.ts';
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

describe.each(reductions)('adding up: %s', (reduction) => {
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
        reduction,
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
      reduction,
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
    const g = normal.map((value, i) =>
      value > 0 ? at(slopes, dy, Math.floor(i / columns), i % columns) : 0,
    );
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
        reduction,
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
        reduction,
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
      reduction,
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
});
