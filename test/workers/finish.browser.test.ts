import { afterAll, expect, test } from 'vitest';
import { trivialNetworks } from '../../src/core/architecture/starting-networks.ts';
import { seeded } from '../../src/core/random.ts';
import { factsOf } from '../../src/datasets/catalog.ts';
import type { FinishOrder } from '../../src/engine/finish.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { startFinish } from '../../src/workers/finish-client.ts';
import type { Result } from '../../src/core/result.ts';

const facts = factsOf('shapes');
const { height, width, channels } = facts;
const architecture = trivialNetworks({ height, width, channels }, facts.classes.length)[0]!;
const order: FinishOrder = {
  ...{ architecture, found: initialWeights(architecture, seeded('found')) },
  imagesBefore: 0,
  ...{ start: 'found', augment: 'none', randomName: '1/retrain/1', testErrorBefore: null },
  budget: { kind: 'images', images: 1600 },
  recipe: { batch: 16, rate: 0.05, weightDecay: 0 },
};
function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.reason));
  return result.value;
}

const worker = startFinish();
afterAll(() => worker.dispose());

test('a worker finishes a network on the whole training part, waits while paused, and tests it once', async () => {
  expect(
    await worker.finish(
      order,
      () => {},
      () => {},
    ),
  ).toEqual({
    ok: false,
    reason: { code: 'not-prepared' },
  });
  const ready = await worker.prepare('shapes', 'wasm');
  expect(ready).toMatchObject({ ok: true, value: { selfTest: { passed: true } } });
  const planned: number[] = [];
  const seen: number[] = [];
  const first = Promise.withResolvers<void>();
  const finishing = worker.finish(
    order,
    (images) => planned.push(images),
    ({ images }) => {
      seen.push(images);
      if (seen.length === 1) void worker.pause().then(() => first.resolve());
    },
  );
  await first.promise;
  await worker.resume();
  const finished = unwrap(await finishing);
  expect(planned).toEqual([1600]);
  expect(seen).toEqual([400, 800, 1200, 1600]);
  expect(finished).toMatchObject({ trainImages: facts.trainCount, testImages: facts.testCount });
  expect(finished.testError).toBeLessThan(finished.testErrorBefore);
  expect(finished.weights).toHaveLength(order.found.length);
});
