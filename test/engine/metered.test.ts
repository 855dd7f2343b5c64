import { expect, it } from 'vitest';
import { seeded } from '../../src/core/random.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { MeteredEngine } from '../../src/engine/metered.ts';
import { selfTestArchitecture, selfTestImages } from '../../src/engine/self-test.ts';
import { startEngine } from './start.ts';

it('counts three passes for an image of training and one for every other, but none for evaluation', async () => {
  const metered = new MeteredEngine(await startEngine('wasm'));
  const data = selfTestImages();
  const network = metered.network(selfTestArchitecture, initialWeights(selfTestArchitecture, seeded('m')));
  const schedule = {
    ...{ images: 12, batch: 4, rate: 0.1, warmup: 0, momentum: 0.9, weightDecay: 0 },
    ...{ augment: 'none' as const, randomName: 'metered' },
  };
  await network.train(data, schedule);
  expect(metered.passes).toBe(36);
  await network.reestimate(data, 1e6);
  expect(metered.passes).toBe(36 + data.count);
  await network.logits(data, 0, 2);
  expect(metered.passes).toBe(38 + data.count);
  await network.evaluate(data);
  expect(metered.passes).toBe(38 + data.count);
  network.dispose();
  metered.purge();
});
