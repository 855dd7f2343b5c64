import { beforeAll, describe, expect, it } from 'vitest';
import { buildArchitecture } from '../../src/core/architecture/build.ts';
import { seeded } from '../../src/core/random.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { finishNetwork, imagesIn, type FinishOrder } from '../../src/engine/finish.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import {
  finishSettings,
  retrain,
  retrainWarmupShare,
  type RetrainSettings,
} from '../../src/engine/retrain.ts';
import { unwrap } from '../datasets/files.ts';
import { imagesFor, startEngine } from './start.ts';

const graph = buildArchitecture({ height: 8, width: 8, channels: 1 });
graph.head(graph.conv(graph.input, 4), 3);
const architecture = graph.build();
const data = { train: imagesFor(architecture, 96, 3, 1), test: imagesFor(architecture, 60, 3, 2) };
const found = initialWeights(architecture, seeded('found'));
const order: FinishOrder = {
  imagesBefore: 100,
  ...{ architecture, found, start: 'scratch', augment: 'shift', randomName: '7/retrain/5' },
  budget: { kind: 'images', images: 400 },
  recipe: { batch: 8, rate: 0.1, weightDecay: 0.0005 },
  testErrorBefore: null,
};
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine('cpu');
});

describe('a network that is finished', () => {
  it('from scratch has the numbers of the study’s retraining', async () => {
    const finished = unwrap(await finishNetwork(engine, order, data));
    const study: RetrainSettings = {
      ...{ images: 400, batch: 8, rate: 0.1, weightDecay: 0.0005 },
      augment: 'shift',
      warmupShare: retrainWarmupShare,
    };
    const trained = unwrap(await retrain(engine, architecture, data, study, '7/retrain/5'));
    expect(finished.settings).toEqual(study);
    expect(finished.weights).toEqual(trained.weights);
    expect(finished.testError).toBe(trained.evaluation.error);
    expect(finished.testError).toBeLessThan(finished.testErrorBefore);
  });

  it('goes on from the weights that were found, and leaves them as they are', async () => {
    const before = found.slice();
    const [onFound, onOther, scratch] = [
      unwrap(await finishNetwork(engine, { ...order, start: 'found' }, data)),
      unwrap(
        await finishNetwork(
          engine,
          { ...order, start: 'found', found: initialWeights(architecture, seeded('other')) },
          data,
        ),
      ),
      unwrap(await finishNetwork(engine, order, data)),
    ];
    expect(found).toEqual(before);
    expect(onFound.weights).not.toEqual(onOther.weights);
    expect(onFound.weights).not.toEqual(scratch.weights);
    expect(unwrap(await finishNetwork(engine, { ...order, start: 'found' }, data)).weights).toEqual(
      onFound.weights,
    );
  });

  it('has a lower rate on found weights where the training is short for what they have seen', () => {
    const rateOf = (images: number, before: number) =>
      finishSettings(order.recipe, images, 'none', before).rate;
    expect(rateOf(299, 100)).toBeCloseTo(0.03, 12);
    expect(rateOf(300, 100)).toBe(0.1);
    expect(rateOf(1, 0)).toBe(0.1);
  });

  it('does not measure an error again that is known, and says the images of both parts', async () => {
    const finished = unwrap(await finishNetwork(engine, { ...order, testErrorBefore: 0.125 }, data));
    expect(finished).toMatchObject({ testErrorBefore: 0.125, trainImages: 96, testImages: 60 });
    expect(finished.learning.images).toBe(400);
  });

  it('within a time sees as many images as were planned before its first step', async () => {
    const planned: number[] = [];
    const seen: number[] = [];
    const finished = unwrap(
      await finishNetwork(engine, { ...order, budget: { kind: 'seconds', seconds: 1 } }, data, {
        onPlanned: (images) => planned.push(images),
        onProgress: ({ images }) => seen.push(images),
      }),
    );
    expect(planned).toHaveLength(1);
    expect(finished.settings.images).toBe(planned[0]);
    expect(finished.learning.images).toBe(8 * Math.ceil(planned[0]! / 8));
    expect(seen.at(-1)).toBe(finished.learning.images);
    const again = unwrap(
      await finishNetwork(engine, { ...order, budget: { kind: 'images', images: planned[0]! } }, data),
    );
    expect(again.weights).toEqual(finished.weights);
  });

  it('gets more images in more time, and stops where it is told to', async () => {
    const settings = finishSettings(order.recipe, 1, 'none', 0);
    const of = (seconds: number) => imagesIn(engine, architecture, found, data.train, settings, seconds);
    expect(unwrap(await of(40))).toBeGreaterThan(4 * unwrap(await of(2)));
    const signal = AbortSignal.abort();
    expect(await imagesIn(engine, architecture, found, data.train, settings, 2, { signal })).toMatchObject({
      ok: false,
      reason: { code: 'aborted' },
    });
  });
});
