import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Architecture } from '../../../src/core/architecture/types.ts';
import { layoutOf } from '../../../src/core/architecture/weights.ts';
import { createPlanEngine, type PlanEngine } from '../../../src/engine/webgpu/plan-engine.ts';
import { chain } from '../../bench/networks.ts';
import { livelyWeights, randomImages, smallSchedule } from './agreement.ts';

const report = {
  kind: 'webgpu',
  trainer: 'plan',
  adapter: 'test',
  software: true,
  selfTest: { passed: true, maxDifference: 0 },
  passedOver: [],
} as const;

async function openPlan(): Promise<PlanEngine> {
  const made = await createPlanEngine(report);
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  return made.value;
}

const tiny = (filters: number): Architecture =>
  chain({ height: 4, width: 4, channels: 1 }, [{ filters }, 'pool', { filters: 4 }], 3);
const long = { ...smallSchedule, images: 40_000 };

// One device for all that do not break it: an emulated GPU takes a second to compile each kernel.
let plan: PlanEngine;
beforeAll(async () => {
  plan = await openPlan();
});
afterAll(() => plan.dispose());

test('two runs give the same bits, however the steps are cut into submissions', async () => {
  const architecture = chain({ height: 6, width: 6, channels: 3 }, [
    { filters: 8, skip: 'concat' },
    { filters: 11, separable: true, skip: 'add' },
    { filters: 8 },
  ]);
  const data = randomImages(architecture, 40, 1);
  const start = livelyWeights(architecture, 1);
  const results: Float32Array[] = [];
  for (const pause of [false, true]) {
    const network = plan.network(architecture, start);
    const gate = () => (pause ? new Promise<void>((resolve) => setTimeout(resolve, 3)) : null);
    expect((await network.train(data, smallSchedule, { gate })).ok).toBe(true);
    results.push(await network.weights());
    network.dispose();
  }
  expect(new Uint32Array(results[0]!.buffer)).toEqual(new Uint32Array(results[1]!.buffer));
});

test('200 architectures in a row leave the memory as it was', async () => {
  const data = randomImages(tiny(4), 8, 1);
  const held: number[] = [];
  for (let i = 0; i < 200; i++) {
    const architecture = tiny(4 * (1 + (i % 7)));
    const network = plan.network(architecture, livelyWeights(architecture, i));
    const trained = await network.train(data, { ...smallSchedule, images: 4 });
    expect(trained.ok).toBe(true);
    if (i % 20 === 0) await network.evaluate(data);
    network.dispose();
    plan.purge();
    held.push(plan.memory().bytes);
  }
  // What stays are data sets.
  expect(new Set(held).size).toBe(1);
  expect(held[0]).toBeLessThan(20_000);
});

test('abort: between steps, with the reason, and the network still works', async () => {
  const data = randomImages(tiny(4), 8, 1);
  const network = plan.network(tiny(4), livelyWeights(tiny(4), 1));
  const controller = new AbortController();
  const training = network.train(data, long, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  expect(await training).toEqual({ ok: false, reason: { code: 'aborted' } });
  expect((await network.evaluate(data)).error).toBeLessThanOrEqual(1);
  network.dispose();
});

test('a loss that is not a number is a divergence', async () => {
  const data = randomImages(tiny(4), 8, 1);
  const weights = livelyWeights(tiny(4), 1);
  const kernel = layoutOf(tiny(4)).slots.find(({ name }) => name === 'kernel')!;
  weights[kernel.offset] = Number.NaN;
  const network = plan.network(tiny(4), weights);
  expect(await network.train(data, smallSchedule)).toEqual({ ok: false, reason: { code: 'diverged' } });
  network.dispose();
});

test('an error that WebGPU reports is fatal for the training that made it, not for the next', async () => {
  const data = randomImages(tiny(4), 8, 1);
  const network = plan.network(tiny(4), livelyWeights(tiny(4), 1));
  let isBroken = false;
  const breakOnce = () => {
    if (isBroken) return null;
    isBroken = true;
    plan.gpu.device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE });
    return null;
  };
  const failed = await network.train(data, long, { gate: breakOnce });
  expect(failed.ok ? '' : failed.reason.code).toBe('gpu-error');
  expect((await network.train(data, smallSchedule)).ok).toBe(true);
  network.dispose();
});

test('a device lost in mid-training ends it with a value, and the engine says so', async () => {
  const plan = await openPlan();
  const data = randomImages(tiny(4), 8, 1);
  const network = plan.network(tiny(4), livelyWeights(tiny(4), 1));
  const training = network.train(data, long, { onProgress: () => plan.gpu.device.destroy() });
  const result = await training;
  expect(result.ok ? '' : result.reason.code).toBe('device-lost');
  expect(typeof (await plan.lost)).toBe('string');
  const again = await network.train(data, smallSchedule);
  expect(again.ok ? '' : again.reason.code).toBe('device-lost');
  await expect(network.weights()).rejects.toThrow();
});

test('a network too large for the device fails with a reason, gives its memory back, and harms no other', async () => {
  const huge = chain({ height: 64, width: 64, channels: 1 }, [{ filters: 2048 }], 3);
  const data = randomImages(huge, 2, 1);
  const small = randomImages(tiny(4), 8, 1);
  const other = plan.network(tiny(4), livelyWeights(tiny(4), 1));
  expect((await other.train(small, smallSchedule)).ok).toBe(true);
  const network = plan.network(huge, livelyWeights(huge, 1));
  const before = plan.memory().bytes;
  const result = await network.train(data, { ...smallSchedule, batch: 512, images: 512 });
  expect(result.ok ? '' : result.reason.code).toMatch(/^(gpu-error|out-of-gpu-memory)$/);
  // What stays is the data set.
  expect(plan.memory().bytes - before).toBeLessThan(100_000);
  network.dispose();
  expect(await other.train(small, smallSchedule)).toMatchObject({ ok: true });
  other.dispose();
});
