import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine, Network } from '../../../src/engine/engine.ts';
import type { PlanEngine } from '../../../src/engine/webgpu/plan-engine.ts';
import { runSelfTest } from '../../../src/engine/self-test.ts';
import type { LearningPoint } from '../../../src/core/search/events.ts';
import {
  differences,
  livelyWeights,
  outcome,
  plansAndPortable,
  randomArchitecture,
  randomImages,
  randomTeacher,
  smallSchedule,
  someNodes,
} from './agreement.ts';

/** Adding up as GPUs do, and as adapters emulated on the processor do. */
let plans: readonly PlanEngine[];
let portable: Engine;
beforeAll(async () => {
  ({ plans, portable } = await plansAndPortable());
});
afterAll(() => {
  for (const plan of plans) plan.dispose();
});

test('the plan computes the numbers of the scalar oracle', async () => {
  for (const plan of plans) expect(await runSelfTest(plan)).toBeLessThan(1e-5);
});

type Train = (
  network: Network,
  onProgress: (point: LearningPoint) => void,
) => Promise<{ readonly ok: boolean }>;

const cases = Array.from({ length: 9 }, (_, seed) => randomArchitecture(seed));

test.each(cases.map((architecture, seed) => ({ architecture, seed })))(
  '50 steps, then statistics and logits, as the portable trainer: network $seed',
  async ({ architecture, seed }) => {
    const data = randomImages(architecture, 24, seed);
    const hasTwoHeads = architecture.nodes.some((node) => node.kind === 'head' && node.task === 1);
    const second = hasTwoHeads && seed % 2 === 0 ? randomImages(architecture, 16, seed, 1) : undefined;
    const teacher = randomTeacher(data, seed);
    const secondTeacher = second && { data: second, teacher: randomTeacher(second, seed + 1) };
    const affected = someNodes(architecture, seed);
    const train: Train = (network, onProgress) =>
      seed % 3 === 2
        ? network.distill(data, teacher, affected, smallSchedule, { onProgress }, secondTeacher)
        : network.train(data, smallSchedule, { onProgress }, second);
    const start = livelyWeights(architecture, seed);
    const oracle = await outcome(portable, architecture, start, data, train, second);
    for (const plan of plans) {
      const own = await outcome(plan, architecture, start, data, train, second);
      expect(own.curve.map(({ images }) => images)).toEqual([100, 200]);
      const found = differences(architecture, own, oracle);
      expect(found.loss).toBeLessThan(1e-4);
      expect(found.weights).toBeLessThan(1e-3);
      expect(found.statistics).toBeLessThan(5e-4);
      expect(found.logits).toBeLessThan(1e-3);
      expect(own.weights).not.toEqual(start);
    }
  },
);

test('statistics before BN are those of the portable engine', async () => {
  for (const [seed, architecture] of cases.slice(0, 6).entries()) {
    const data = randomImages(architecture, 130, seed);
    const start = livelyWeights(architecture, seed);
    const blocks = someNodes(architecture, seed).filter((id) =>
      architecture.nodes.some((node) => node.id === id && (node.kind === 'conv' || node.kind === 'sepConv')),
    );
    const oracle = portable.network(architecture, start);
    const expected = await oracle.preactivationStatistics(data, 130, blocks);
    for (const plan of plans) {
      const own = plan.network(architecture, start);
      const found = await own.preactivationStatistics(data, 130, blocks);
      expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [id, { mean, variance }] of expected) {
        mean.forEach((value, c) => expect(found.get(id)!.mean[c]).toBeCloseTo(value, 4));
        variance.forEach((value, c) => expect(found.get(id)!.variance[c]).toBeCloseTo(value, 3));
      }
      own.dispose();
    }
    oracle.dispose();
  }
});
