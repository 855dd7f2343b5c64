import { expect, test } from 'vitest';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import { seeded } from '../../../src/core/random.ts';
import { initialWeights } from '../../../src/engine/initial-weights.ts';
import { selfTestArchitecture, selfTestImages, selfTestWeights } from '../../../src/engine/self-test.ts';
import { imagesFor, startEngine } from '../start.ts';

test('a network too large for the memory leaves none of it taken, and the next one trains', async () => {
  const engine = await startEngine('wasm');
  const graph = buildArchitecture({ height: 256, width: 256, channels: 1 });
  graph.head(graph.conv(graph.input, 64), 2);
  const architecture = graph.build();
  const data = imagesFor(architecture, 1, 2, 1);
  const schedule = {
    ...{ images: 200, batch: 200, rate: 0.1, warmup: 0, momentum: 0.9, weightDecay: 0 },
    ...{ augment: 'none' as const, randomName: 'large' },
  };
  const large = engine.network(architecture, initialWeights(architecture, seeded('large')));
  const before = engine.memory();
  await expect(large.train(data, schedule)).rejects.toThrow(RangeError);
  expect(engine.memory()).toEqual(before);
  large.dispose();
  expect(engine.memory()).toEqual({ bytes: 0, tensors: 0 });
  const small = engine.network(selfTestArchitecture, selfTestWeights());
  expect(await small.train(selfTestImages(), { ...schedule, batch: 4 })).toMatchObject({ ok: true });
  small.dispose();
});
