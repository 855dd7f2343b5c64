import { afterAll, beforeAll, expect, test } from 'vitest';
import { copy } from '../../../../src/engine/webgpu/kernels/copy.ts';
import { gather, packIndices } from '../../../../src/engine/webgpu/kernels/gather.ts';
import type { FixedName, View } from '../../../../src/engine/webgpu/kernels/kernel.ts';
import { batchPlan, pixelTable, stepImages } from '../../../../src/engine/batches.ts';
import type { Gpu } from '../../../../src/engine/webgpu/gpu.ts';
import { at, openGpu, randomNumbers, runDispatch, view, worst } from './run-dispatch.ts';

let gpu: Gpu;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.dispose());

type Entry = readonly [FixedName | View, Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>];
const contents = (...entries: Entry[]) =>
  new Map(entries.map(([key, data]) => [typeof key === 'string' ? key : key.tensor.id, data] as const));
const fill = (name: string, { tensor }: View) => randomNumbers(name, tensor.floats);
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
