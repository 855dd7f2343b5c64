import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packIndices } from '../../../../src/engine/webgpu/kernels/gather.ts';
import { headLogits, headTraining } from '../../../../src/engine/webgpu/kernels/head.ts';
import type { FixedName, View } from '../../../../src/engine/webgpu/kernels/kernel.ts';
import { optimise, optimiserBlocks } from '../../../../src/engine/webgpu/kernels/optimise.ts';
import type { Gpu } from '../../../../src/engine/webgpu/gpu.ts';
import { at, openGpu, randomNumbers, reductions, runDispatch, view, worst } from './run-dispatch.ts';

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

describe.each(reductions)('adding up: %s', (reduction) => {
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
    const head = { reduction, batch, pixels, classes, source: x, kernel: 0, bias: channels * classes };
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
      const target = logits.map((_, k) =>
        isSoft ? rows[image * classes + k]! : labels[image] === k ? 1 : 0,
      );
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

  test('optimiser: splits added up, momentum, decay, clipping, averaging, and nothing else touched', async () => {
    const tensors = [
      { parameters: 4, length: 300, gradients: 0, splits: 3, isDecayed: true, isClipped: false },
      { parameters: 304, length: 1, gradients: 900, splits: 70, isDecayed: false, isClipped: true },
      { parameters: 308, length: 7, gradients: 970, splits: 20, isDecayed: false, isClipped: false },
      { parameters: 316, length: 5, gradients: 0, splits: 0, isDecayed: true, isClipped: false },
    ];
    const [momentum, decay, rate, share, step] = [0.9, 0.01, 0.5, 0.25, 3];
    const blocks = optimiserBlocks(tensors, reduction);
    const weights = randomNumbers('weights', 324);
    const momenta = randomNumbers('momenta', 324);
    const averages = randomNumbers('averages', 324);
    const gradients = randomNumbers('gradients', 970 + 140);
    const results = await runDispatch(
      gpu,
      optimise(blocks, tensors, reduction),
      contents(
        ['blocks', blocks],
        ['rates', Float32Array.of(momentum, decay, 0, 0, 9, 9, 9, 9, 9, 9, rate, share)],
        ['gradients', gradients],
        ['state', Uint32Array.of(0, step + 1)],
        ['momenta', momenta],
        ['parameters', weights],
        ['averages', averages],
      ),
    );
    const [velocity, moved] = [Float64Array.from(momenta), Float64Array.from(weights)];
    const mean = Float64Array.from(averages);
    for (const { parameters, length, gradients: from, splits, isDecayed, isClipped } of tensors) {
      for (let i = 0; i < length; i++) {
        let gradient = isDecayed ? decay * weights[parameters + i]! : 0;
        for (let split = 0; split < splits; split++) gradient += gradients[from + split * length + i]!;
        velocity[parameters + i] = momentum * momenta[parameters + i]! + gradient;
        const next = weights[parameters + i]! - rate * velocity[parameters + i]!;
        moved[parameters + i] = isClipped ? Math.min(1, Math.max(0, next)) : next;
        mean[parameters + i]! += share * (moved[parameters + i]! - averages[parameters + i]!);
      }
    }
    expect(worst(results.get('momenta')!, velocity)).toBeLessThan(1e-5);
    expect(worst(results.get('parameters')!, moved)).toBeLessThan(1e-5);
    expect(worst(results.get('averages')!, mean)).toBeLessThan(1e-5);
    expect(new Uint32Array(results.get('state')!.buffer)[0]).toBe(step + 1);
  });
});
