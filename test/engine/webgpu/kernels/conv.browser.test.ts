import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convWeights } from '../../../../src/engine/webgpu/kernels/conv-weights.ts';
import { convolution, convolutionGrid } from '../../../../src/engine/webgpu/kernels/conv.ts';
import type { View } from '../../../../src/engine/webgpu/kernels/kernel.ts';
import type { Gpu } from '../../../../src/engine/webgpu/gpu.ts';
import { at, openGpu, randomNumbers, reductions, runDispatch, view, worst } from './run-dispatch.ts';
import { convolve, convolveBackFilter, convolveBackInput, moments } from './scalar.ts';

let gpu: Gpu;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.dispose());

interface Shape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly kernelSize: number;
  readonly channels: number;
  readonly filters: number;
  /** Numbers beside the view in every row. */
  readonly margin: number;
}

const shapes: readonly Shape[] = [
  { batch: 2, height: 5, width: 4, kernelSize: 3, channels: 3, filters: 5, margin: 2 },
  { batch: 3, height: 3, width: 7, kernelSize: 5, channels: 1, filters: 17, margin: 0 },
  { batch: 2, height: 6, width: 5, kernelSize: 3, channels: 8, filters: 12, margin: 4 },
  { batch: 1, height: 2, width: 1, kernelSize: 5, channels: 4, filters: 4, margin: 0 },
  { batch: 5, height: 4, width: 3, kernelSize: 1, channels: 12, filters: 72, margin: 0 },
];
/** More than 512 row tiles: a workgroup goes through several. */
const tall: Shape = { batch: 2, height: 65, width: 64, kernelSize: 1, channels: 4, filters: 64, margin: 0 };

const rowsOf = ({ batch, height, width }: Shape) => batch * height * width;
const source = (shape: Shape, channels: number): View =>
  view(rowsOf(shape), channels, channels + shape.margin, shape.margin);
const dataOf = (name: string, { tensor }: View) => randomNumbers(name, tensor.floats);
const dense = (data: Float32Array, of: View, rows: number) =>
  Array.from({ length: rows * of.channels }, (_, i) =>
    at(data, of, Math.floor(i / of.channels), i % of.channels),
  );

describe.each(reductions)('adding up: %s', (reduction) => {
  test.each([...shapes, tall])('forward and its statistics: %o', async (shape) => {
    const { kernelSize, channels, filters } = shape;
    const rows = rowsOf(shape);
    const [x, z] = [source(shape, channels), view(rows, filters)];
    const data = dataOf('x', x);
    const weights = randomNumbers('w', kernelSize ** 2 * channels * filters);
    const { parts, rowsPerPart } = convolutionGrid(rows, filters, reduction);
    const partials = view(parts, 2 * filters);
    const parameters = new Float32Array([0, 0, 0, 0, ...weights]);
    const made = convolution({
      ...shape,
      reduction,
      source: x,
      result: z,
      weights: 4,
      epilogue: 'statistics',
      partials: () => partials.tensor,
    });
    const results = await runDispatch(
      gpu,
      made,
      new Map<number | 'parameters', Float32Array<ArrayBuffer>>([
        [x.tensor.id, data],
        ['parameters', parameters],
      ]),
    );
    const expected = convolve(shape, kernelSize, x, data, weights, filters);
    expect(worst(results.get(z.tensor.id)!, expected)).toBeLessThan(2e-5);
    if (shape === tall) expect(made.sizes['tiles']).toBeGreaterThan(1);
    const wanted: number[] = [];
    for (let part = 0; part < parts; part++) {
      const slice = expected.subarray(part * rowsPerPart * filters, (part + 1) * rowsPerPart * filters);
      const { mean, variance } = moments(slice, filters);
      mean.forEach((m, f) => wanted.push(m, (variance[f]! * slice.length) / filters));
    }
    expect(worst(results.get(partials.tensor.id)!, wanted)).toBeLessThan(1e-4);
  });

  test.each(shapes)('inference BN and ReLU on the way out: %o', async (shape) => {
    const { kernelSize, channels, filters } = shape;
    const rows = rowsOf(shape);
    const [x, y] = [source(shape, channels), view(rows, filters)];
    const data = dataOf('x', x);
    const weights = randomNumbers('w', kernelSize ** 2 * channels * filters);
    const room = Math.ceil(filters / 4) * 4;
    const parameters = new Float32Array(4 * room + weights.length);
    const named = ['gamma', 'beta', 'mean', 'variance'].map((name) => randomNumbers(name, filters));
    const [gamma, beta, mean, variance] = named.map((values, i) => (i === 3 ? values.map(Math.abs) : values));
    [gamma!, beta!, mean!, variance!].forEach((values, i) => parameters.set(values, i * room));
    parameters.set(weights, 4 * room);
    const normalisation = { gamma: 0, beta: room, mean: 2 * room, variance: 3 * room, statistics: 0 };
    const made = convolution({
      ...shape,
      reduction,
      source: x,
      result: y,
      weights: 4 * room,
      epilogue: 'affine',
      normalisation,
    });
    const results = await runDispatch(
      gpu,
      made,
      new Map<number | 'parameters', Float32Array<ArrayBuffer>>([
        [x.tensor.id, data],
        ['parameters', parameters],
      ]),
    );
    const expected = convolve(shape, kernelSize, x, data, weights, filters).map((z, i) => {
      const f = i % filters;
      return Math.max(0, (gamma![f]! * (z - mean![f]!)) / Math.sqrt(variance![f]! + 1e-3) + beta![f]!);
    });
    expect(worst(results.get(y.tensor.id)!, expected)).toBeLessThan(5e-5);
  });

  test.each(shapes)(
    'gradient of the input, added to what is there, with the sums of BN: %o',
    async (shape) => {
      const { kernelSize, channels, filters } = shape;
      const rows = rowsOf(shape);
      const [dz, dx, z] = [view(rows, filters), source(shape, channels), view(rows, channels)];
      const [slopes, before, zs] = [dataOf('dz', dz), dataOf('dx', dx), dataOf('z', z)];
      const weights = randomNumbers('w', kernelSize ** 2 * channels * filters);
      const room = Math.ceil(channels / 4) * 4;
      const [gamma, beta] = [randomNumbers('gamma', channels), randomNumbers('beta', channels)];
      const parameters = new Float32Array(2 * room + weights.length);
      parameters.set(gamma);
      parameters.set(beta, room);
      parameters.set(weights, 2 * room);
      const pairs = randomNumbers('statistics', 2 * channels);
      const partials = view(convolutionGrid(rows, channels, reduction).parts, 2 * channels);
      const results = await runDispatch(
        gpu,
        convolution({
          ...shape,
          reduction,
          source: dz,
          result: dx,
          weights: 2 * room,
          isTransposed: true,
          accumulate: true,
          epilogue: 'sums',
          normalisation: { gamma: 0, beta: room, mean: 0, variance: 0, statistics: 0 },
          preactivation: z.tensor,
          partials: () => partials.tensor,
        }),
        new Map<number | 'parameters' | 'statistics', Float32Array<ArrayBuffer>>([
          [dz.tensor.id, slopes],
          [dx.tensor.id, before],
          [z.tensor.id, zs],
          ['parameters', parameters],
          ['statistics', pairs],
        ]),
      );
      const expected = convolveBackInput(shape, kernelSize, dz, slopes, weights, channels).map(
        (value, i) => value + at(before, dx, Math.floor(i / channels), i % channels),
      );
      expect(worst(dense(results.get(dx.tensor.id)!, dx, rows), expected)).toBeLessThan(2e-5);
      const sums = new Float64Array(2 * channels);
      expected.forEach((g, i) => {
        const c = i % channels;
        const standard = (zs[i]! - pairs[2 * c]!) * pairs[2 * c + 1]!;
        if (standard * gamma[c]! + beta[c]! <= 0) return;
        sums[2 * c]! += g;
        sums[2 * c + 1]! += g * standard;
      });
      const parts = results.get(partials.tensor.id)!;
      const total = sums.map((_, i) => {
        let sum = 0;
        for (let from = i; from < parts.length; from += 2 * channels) sum += parts[from]!;
        return sum;
      });
      expect(worst(total, sums)).toBeLessThan(1e-4);
    },
  );

  test.each(shapes)('depthwise, and the gradient of its input: %o', async (shape) => {
    const { kernelSize, filters: channels } = shape;
    const rows = rowsOf(shape);
    const [x, y] = [source(shape, channels), view(rows, channels)];
    const data = dataOf('x', x);
    const weights = randomNumbers('w', kernelSize ** 2 * channels);
    const contents = new Map<number | 'parameters', Float32Array<ArrayBuffer>>([
      [x.tensor.id, data],
      ['parameters', weights],
    ]);
    const common = { ...shape, reduction, source: x, result: y, weights: 0, isDepthwise: true };
    const forward = await runDispatch(gpu, convolution(common), contents);
    const expected = convolve(shape, kernelSize, x, data, weights, channels, true);
    expect(worst(forward.get(y.tensor.id)!, expected)).toBeLessThan(2e-5);
    const backward = await runDispatch(gpu, convolution({ ...common, isTransposed: true }), contents);
    const slopes = convolveBackInput(shape, kernelSize, x, data, weights, channels, true);
    expect(worst(backward.get(y.tensor.id)!, slopes)).toBeLessThan(2e-5);
  });

  test.each([...shapes, { ...tall, channels: 3, filters: 2, kernelSize: 3 }])(
    'gradient of the kernel: %o',
    async (shape) => {
      const { kernelSize, channels, filters } = shape;
      const rows = rowsOf(shape);
      for (const isDepthwise of [false, true]) {
        const x = source(shape, isDepthwise ? filters : channels);
        const dz = view(rows, filters);
        const [data, slopes] = [dataOf('x', x), dataOf('dz', dz)];
        let reserved = { splits: 0, length: 0 };
        const made = convWeights({
          ...shape,
          reduction,
          source: x,
          gradient: dz,
          isDepthwise,
          reserve: (splits, length) => {
            reserved = { splits, length };
            return 3;
          },
        });
        const gradients = new Float32Array(3 + reserved.splits * reserved.length);
        const results = await runDispatch(
          gpu,
          made,
          new Map<number | 'gradients', Float32Array<ArrayBuffer>>([
            [x.tensor.id, data],
            [dz.tensor.id, slopes],
            ['gradients', gradients],
          ]),
        );
        const parts = results.get('gradients')!.subarray(3);
        const expected = convolveBackFilter(shape, kernelSize, x, data, dz, slopes, isDepthwise);
        expect(reserved.length).toBe(expected.length);
        const total = expected.map((_, i) => {
          let sum = 0;
          for (let split = 0; split < reserved.splits; split++) sum += parts[split * reserved.length + i]!;
          return sum;
        });
        expect(worst(total, expected)).toBeLessThan(1e-4);
      }
    },
  );
});
