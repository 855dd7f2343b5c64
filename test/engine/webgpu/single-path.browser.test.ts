import { afterAll, beforeAll, expect, test } from 'vitest';
import { pathOf } from '../../../src/core/architecture/supernet.ts';
import { supernet } from '../../../src/core/architecture/supernets.ts';
import { layoutOf } from '../../../src/core/architecture/weights.ts';
import { seeded } from '../../../src/core/random.ts';
import type { Engine, TrainingSchedule } from '../../../src/engine/engine.ts';
import { supernetWeights, uniformPaths } from '../../../src/engine/single-path.ts';
import type { PlanEngine } from '../../../src/engine/webgpu/plan-engine.ts';
import { imagesFor, relativeError } from '../start.ts';
import { plansAndPortable } from './agreement.ts';

let plans: readonly PlanEngine[];
let portable: Engine;
beforeAll(async () => {
  ({ plans, portable } = await plansAndPortable());
});
afterAll(() => {
  for (const plan of plans) plan.dispose();
  portable.dispose();
});

const net = supernet({ height: 6, width: 6, channels: 1 }, 3, 3, { secondClasses: 2 });
const first = imagesFor(net, 24, 3, 5);
const second = imagesFor(net, 16, 2, 6);

test.each([1, 2])(
  'a supernet with %i head(s) is trained along paths as by the portable trainer',
  async (heads) => {
    const weights = supernetWeights(net, seeded('start'));
    const schedule: TrainingSchedule = {
      ...{ images: 8 * 16, batch: 8, rate: 0.02, lastRate: 0.01, decay: 'linear', warmup: 0, momentum: 0.9 },
      // Of weights that no path of a step has, momentum and decay go on.
      ...{ weightDecay: 0.02, augment: 'shift', randomName: 'along' },
      averaging: { power: 8, imagesBefore: 0, from: null },
      pathOf: uniformPaths(net, 'along'),
    };
    const train = async (engine: Engine) => {
      const network = engine.network(net, weights);
      const before = engine.memory();
      const trained = await network.train(first, schedule, {}, heads === 2 ? second : undefined);
      if (!trained.ok) throw new Error(JSON.stringify(trained.reason));
      const [after, average] = [await network.weights(), await network.average()];
      network.dispose();
      return { loss: trained.value.loss, after, average, kept: engine.memory().bytes - before.bytes };
    };
    const expected = await train(portable);
    expect(relativeError(expected.after, weights)).toBeGreaterThan(0.01);
    for (const plan of plans) {
      const found = await train(plan);
      expect(found.loss).toBeCloseTo(expected.loss, 3);
      expect(relativeError(found.after, expected.after)).toBeLessThan(1e-4);
      expect(relativeError(found.average, expected.average)).toBeLessThan(1e-4);
      // The paths' plans and what they share are gone with the training.
      expect(found.kept).toBeLessThanOrEqual(0);
    }
  },
);

test('each path learns as the stand-alone network does, and leaves all other weights alone', async () => {
  const weights = supernetWeights(net, seeded('one'));
  const schedule: TrainingSchedule = {
    ...{ images: 32, batch: 8, rate: 0.1, lastRate: 0.1, decay: 'linear', warmup: 0, momentum: 0.9 },
    ...{ weightDecay: 0, augment: 'none', randomName: 'one' },
  };
  const layout = layoutOf(net);
  for (const path of [0, 27, 198, 255]) {
    const architecture = pathOf(net, path).network;
    const own = layoutOf(architecture);
    const place = (node: string, name: string) =>
      layout.slots.find((slot) => slot.node === node && slot.name === name)!;
    const cut = (whole: Float32Array) => {
      const kept = new Float32Array(own.length);
      for (const { node, name, offset, length } of own.slots) {
        const from = place(node, name).offset;
        kept.set(whole.subarray(from, from + length), offset);
      }
      return kept;
    };
    const whole = plans.at(-1)!.network(net, weights);
    const alone = plans.at(-1)!.network(architecture, cut(weights));
    await whole.train(first, { ...schedule, pathOf: () => architecture });
    await alone.train(first, schedule);
    const after = await whole.weights();
    expect(relativeError(cut(after), await alone.weights())).toBeLessThan(1e-5);
    const has = new Set(own.slots.map(({ node, name }) => `${node}/${name}`));
    for (const { node, name, offset, length } of layout.slots)
      if (!has.has(`${node}/${name}`))
        expect(after.subarray(offset, offset + length)).toEqual(weights.subarray(offset, offset + length));
    whole.dispose();
    alone.dispose();
  }
});
