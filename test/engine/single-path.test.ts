import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { choicesOf, pathCount, pathOf } from '../../src/core/architecture/supernet.ts';
import { supernet } from '../../src/core/architecture/supernets.ts';
import { layoutOf, tensorKey, type Weights } from '../../src/core/architecture/weights.ts';
import { applyMorphism } from '../../src/core/morphisms/catalog.ts';
import { inheritWeights } from '../../src/core/morphisms/resolve.ts';
import { seeded } from '../../src/core/random.ts';
import type { Engine, TrainingSchedule } from '../../src/engine/engine.ts';
import { supernetWeights, uniformPaths } from '../../src/engine/single-path.ts';
import { trainChild } from '../../src/engine/train-child.ts';
import { randomWeights } from '../support/architectures.ts';
import { imagesFor, relativeError, startEngine } from './start.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine('wasm');
});
afterAll(() => engine.dispose());

const net = supernet({ height: 8, width: 8, channels: 1 }, 4, 3);
const layout = layoutOf(net);
const data = imagesFor(net, 16, 4, 3);

/** The supernet's weights with its lambdas set so that only what stands on `path` reaches each position's end. */
function gated(weights: Weights, path: number): Weights {
  const set = weights.slice();
  const of = (id: string) => layout.slots.find((slot) => tensorKey(slot) === `${id}/lambda`)!.offset;
  choicesOf(path).forEach((choice, i) => {
    set[of(`p${i + 1}-add1`)] = choice === 'sep3' ? 1 : 0;
    set[of(`p${i + 1}-add2`)] = choice === 'conv5' ? 0 : 1;
    set[of(`p${i + 1}-add3`)] = choice === 'skip' ? 0 : 1;
  });
  return set;
}

function inherited(weights: Weights, path: number): Weights {
  const morphed = applyMorphism(net, { operator: 'remove', variant: 'path', path });
  if (!morphed.ok) throw new Error(morphed.reason);
  return inheritWeights(net, weights, morphed.value.child, morphed.value.map, seeded('none')).weights;
}

const schedule: TrainingSchedule = {
  ...{
    images: 16,
    batch: 16,
    rate: 0.1,
    lastRate: 0.1,
    decay: 'linear',
    warmup: 0,
    momentum: 0.9,
    weightDecay: 0,
  },
  ...{ augment: 'none', randomName: 'single-path' },
};

describe('every path of a supernet', () => {
  test('answers as the stand-alone network with the same weights does', async () => {
    const weights = randomWeights(net, 11);
    const whole = engine.network(net, weights);
    let worst = 0;
    for (let path = 0; path < pathCount; path++) {
      whole.setWeights(gated(weights, path));
      const alone = engine.network(pathOf(net, path).network, inherited(weights, path));
      const [expected, found] = [await whole.logits(data, 0, 4), await alone.logits(data, 0, 4)];
      worst = Math.max(worst, relativeError(found, expected));
      alone.dispose();
    }
    whole.dispose();
    expect(worst).toBeLessThan(1e-4);
  });

  test('learns as the stand-alone network does, and leaves all other weights alone', async () => {
    const weights = randomWeights(net, 12);
    for (const path of [0, 27, 57, 198, 255]) {
      const { network: architecture } = pathOf(net, path);
      const whole = engine.network(net, weights);
      const alone = engine.network(architecture, inherited(weights, path));
      const loss = await whole.train(data, { ...schedule, pathOf: () => architecture });
      const expectedLoss = await alone.train(data, schedule);
      expect(loss.ok && expectedLoss.ok).toBe(true);
      if (loss.ok && expectedLoss.ok) expect(loss.value.loss).toBeCloseTo(expectedLoss.value.loss, 5);
      const after = await whole.weights();
      expect(relativeError(inherited(after, path), await alone.weights())).toBeLessThan(1e-5);
      const own = new Set(layoutOf(architecture).slots.map(tensorKey));
      for (const slot of layout.slots)
        if (!own.has(tensorKey(slot)))
          expect(after.subarray(slot.offset, slot.offset + slot.length)).toEqual(
            weights.subarray(slot.offset, slot.offset + slot.length),
          );
      whole.dispose();
      alone.dispose();
    }
  });
});

describe('a supernet’s training', () => {
  test('goes along paths drawn uniformly, the same for the same name', () => {
    const [a, b] = [uniformPaths(net, 'n'), uniformPaths(net, 'n')];
    const counts = new Map<string, number>();
    for (let step = 0; step < 4000; step++) {
      const path = a(step);
      if (step < 50) expect(b(step)).toEqual(path);
      for (const { id } of path.nodes) if (/^p\d-/.test(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    expect(counts.size).toBe(12);
    // 1000 each; six standard deviations are 165.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(165);
  });

  test('keeps its merges at 1, so that the whole answers as the path of separable blocks', async () => {
    const weights = supernetWeights(net, seeded('start'));
    const network = engine.network(net, weights);
    const along = { ...schedule, images: 320, pathOf: uniformPaths(net, 'along'), weightDecay: 0.01 };
    const trained = await network.train(data, along);
    expect(trained.ok).toBe(true);
    const after = await network.weights();
    for (const { name, offset } of layout.slots) if (name === 'lambda') expect(after[offset]).toBe(1);
    const alone = engine.network(pathOf(net, 0).network, inherited(after, 0));
    expect(relativeError(await alone.logits(data, 0, 8), await network.logits(data, 0, 8))).toBeLessThan(
      1e-5,
    );
    network.dispose();
    alone.dispose();
  });
});

test('a path without images of its own is evaluated with the shared weights, and what that costs is counted', async () => {
  const job = (images: number) => ({
    ...schedule,
    images,
    averaging: { power: 8, imagesBefore: 0, from: null },
  });
  const sets = { train: data, validation: imagesFor(net, 8, 4, 9) };
  const schedules = (images: number) => ({ train: job(images), distill: job(0) });
  const parent = await trainChild(
    engine,
    { architecture: net, inheritance: null, isSupernet: true, schedules: schedules(320), randomName: 's' },
    sets,
  );
  if (!parent.ok) throw new Error('the supernet failed');
  const { weights: parentAverage, rawWeights } = parent.value;
  const architecture = pathOf(net, 57).network;
  const chain = [{ operator: 'remove', variant: 'path', path: 57 }] as const;
  const inheritance = { parent: net, parentWeights: rawWeights!, parentAverage, chain };
  const child = await trainChild(
    engine,
    { architecture, inheritance, schedules: schedules(0), randomName: 'p' },
    sets,
  );
  if (!child.ok) throw new Error('the path failed');
  // 16 images re-estimate BN, 8 validate.
  expect(child.value.forwardEquivalents).toBe(16 + 8);
  const own = layoutOf(architecture);
  const expected = inherited(parentAverage, 57);
  expect(child.value.weights.subarray(0, own.trainableLength)).toEqual(
    expected.subarray(0, own.trainableLength),
  );
  expect(child.value.rawWeights!.subarray(0, own.trainableLength)).toEqual(
    inherited(rawWeights!, 57).subarray(0, own.trainableLength),
  );
  // Statistics of its own: those of the supernet are of other inputs.
  expect(child.value.weights).not.toEqual(expected);
  expect(child.value.learningExponent).toBeUndefined();
});
