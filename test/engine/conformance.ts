import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildArchitecture } from '../../src/core/architecture/build.ts';
import type { Architecture, NodeId } from '../../src/core/architecture/types.ts';
import { hasSecondHead, layoutOf, type Weights } from '../../src/core/architecture/weights.ts';
import { seeded } from '../../src/core/random.ts';
import { pixelTable, plainImages } from '../../src/engine/batches.ts';
import { batchNormEpsilon, type Engine, type TrainingSchedule } from '../../src/engine/engine.ts';
import { scoreLogits } from '../../src/engine/evaluate.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { selfTestArchitecture, selfTestImages, selfTestWeights } from '../../src/engine/self-test.ts';
import { architectures, randomWeights } from '../support/architectures.ts';
import { referencePass } from '../support/reference-network.ts';
import { scalarForward, scalarReestimate, scalarTrain } from '../support/scalar-training.ts';
import { imagesFor, relativeError } from './start.ts';

/** What differs between engines: how they start, and how many random graphs are worth their time. */
export interface Conforming {
  readonly start: () => Promise<Engine>;
  readonly graphs: number;
}

/** What every engine does, whatever it runs on: held against the scalar oracle and against Engine's own words. */
export function conforms(name: string, { start, graphs }: Conforming): void {
  describe(name, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine.dispose());

    const data = selfTestImages();
    const schedule: TrainingSchedule = {
      ...{ images: 20, batch: 4, rate: 0.2, warmup: 8, momentum: 0.9, weightDecay: 0.01 },
      ...{ augment: 'shift-flip' as const, randomName: 'training-test' },
    };

    async function trained(weights: Weights, changes: Partial<TrainingSchedule> = {}): Promise<Weights> {
      const network = engine.network(selfTestArchitecture, weights);
      const result = await network.train(data, { ...schedule, ...changes });
      if (!result.ok) throw new Error(JSON.stringify(result.reason));
      const after = await network.weights();
      network.dispose();
      return after;
    }

    const small = architectures({ maxSize: 6, maxFilters: 6, maxSteps: 7 });
    const blocksOf = (architecture: Architecture): readonly NodeId[] =>
      architecture.nodes.filter(({ kind }) => kind === 'conv' || kind === 'sepConv').map(({ id }) => id);

    describe('random graphs in inference mode', () => {
      test('logits of every head and statistics before BN agree with the scalar reference', async () => {
        const checked = (numRuns: number) =>
          fc.assert(
            fc.asyncProperty(small, fc.nat(1000), async (architecture, seed) => {
              const weights = randomWeights(architecture, seed);
              const data = imagesFor(architecture, 4, 3, seed);
              const images = plainImages(data, pixelTable(data), 1, 3);
              const expected = referencePass(architecture, weights, images, batchNormEpsilon);
              const network = engine.network(architecture, weights);
              for (const [task, logits] of expected.logits) {
                expect(relativeError(await network.logits(data, 1, 3, task), logits)).toBeLessThan(1e-5);
              }
              const all = plainImages(data, pixelTable(data), 0, 4);
              for (const task of expected.logits.keys()) {
                const { statistics } = referencePass(architecture, weights, all, batchNormEpsilon, task);
                const found = await network.preactivationStatistics(data, 4, blocksOf(architecture), task);
                for (const [block, { mean, variance }] of statistics) {
                  expect(relativeError(found.get(block)!.mean, mean)).toBeLessThan(1e-4);
                  expect(relativeError(found.get(block)!.variance, variance)).toBeLessThan(1e-4);
                }
              }
              network.dispose();
            }),
            { numRuns, seed: 3 },
          );
        await checked(graphs);
        // What an engine keeps of data sets it has seen (the plan: the last eight) does not grow.
        const kept = engine.memory().tensors;
        await checked(Math.min(8, graphs));
        expect(engine.memory().tensors).toBe(kept);
      });

      test('re-estimation gives each head the batch statistics of training mode, of its own images', async () => {
        await fc.assert(
          fc.asyncProperty(small, fc.nat(1000), async (architecture, seed) => {
            const weights = randomWeights(architecture, seed);
            const network = engine.network(architecture, weights);
            const expected = Float64Array.from(weights);
            for (const task of hasSecondHead(architecture) ? [0, 1] : [0]) {
              const data = imagesFor(architecture, 5, 3, seed + task);
              await network.reestimate(data, 5, task);
              scalarReestimate(architecture, expected, plainImages(data, pixelTable(data), 0, 5), 5, task);
            }
            const found = await network.weights();
            for (const slot of layoutOf(architecture).slots) {
              const range = [slot.offset, slot.offset + slot.length] as const;
              const error = relativeError(found.subarray(...range), expected.subarray(...range));
              expect(error, `${slot.node}/${slot.name}`).toBeLessThan(1e-4);
            }
            network.dispose();
          }),
          { numRuns: Math.ceil(graphs / 2), seed: 4 },
        );
      });

      test('evaluation counts wrong answers over more than one batch', async () => {
        const [architecture] = fc.sample(small, { numRuns: 1, seed: 6 }) as [Architecture];
        const weights = randomWeights(architecture, 1);
        const data = imagesFor(architecture, 300, 3, 1);
        const network = engine.network(architecture, weights);
        const images = plainImages(data, pixelTable(data), 0, 300);
        const { logits } = scalarForward(architecture, weights, images, 300, () => 'inference');
        const expected = scoreLogits(Float32Array.from(logits), data.labels, 3);
        const { error, loss } = await network.evaluate(data);
        expect(error).toBeCloseTo(expected.error, 10);
        expect(loss).toBeCloseTo(expected.loss, 4);
        network.dispose();
      });
    });

    describe('training', () => {
      test('follows the scalar oracle: momentum, decay, cosine, warm-up, augmentation', async () => {
        const found = await trained(selfTestWeights());
        const expected = scalarTrain(selfTestArchitecture, selfTestWeights(), data, schedule);
        expect(relativeError(found, expected)).toBeLessThan(1e-4);
      });

      test.each([
        ['rate', { rate: 0.1 }],
        ['warmup', { warmup: 0 }],
        ['momentum', { momentum: 0.5 }],
        ['weightDecay', { weightDecay: 0 }],
        ['augment', { augment: 'none' as const }],
        ['randomName', { randomName: 'another' }],
      ])('%s makes a difference', async (_, changes) => {
        const [one, other] = [await trained(selfTestWeights()), await trained(selfTestWeights(), changes)];
        expect(relativeError(one, other)).toBeGreaterThan(1e-3);
      });

      test('keeps the running average of all steps so far, going on from an earlier one', async () => {
        // A constant rate, so that a training of t steps is the beginning of a longer one.
        const constant = { rate: 0.05, lastRate: 0.05, decay: 'linear', warmup: 0 } as const;
        const power = 3;
        const after = await Promise.all(
          [1, 2, 3, 4, 5].map((steps) => trained(selfTestWeights(), { ...constant, images: 4 * steps })),
        );
        const averageFrom = async (from: Weights | null, imagesBefore: number) => {
          const network = engine.network(selfTestArchitecture, selfTestWeights());
          const averaging = { power, imagesBefore, from };
          await network.train(data, { ...schedule, ...constant, images: 20, averaging });
          const average = await network.average();
          network.dispose();
          return average;
        };
        for (const [from, before] of [
          [null, 0],
          [selfTestWeights().map((weight) => weight + 0.1), 40],
        ] as const) {
          const expected = Float64Array.from(from ?? selfTestWeights());
          after.forEach((weights, step) => {
            const share = (power + 1) / (before / 4 + step + 1 + power);
            weights.forEach((weight, i) => (expected[i]! += share * (weight - expected[i]!)));
          });
          const { trainableLength } = layoutOf(selfTestArchitecture);
          const found = await averageFrom(from, before);
          for (let i = 0; i < trainableLength; i++) expect(found[i]).toBeCloseTo(expected[i]!, 5);
          expect(relativeError(found, after[4]!)).toBeGreaterThan(1e-3);
        }
      });

      test('has no other average than its weights, where none is kept', async () => {
        const network = engine.network(selfTestArchitecture, selfTestWeights());
        await network.train(data, { ...schedule, averaging: { power: 2, imagesBefore: 0, from: null } });
        await network.train(data, schedule);
        expect(await network.average()).toEqual(await network.weights());
        network.dispose();
      });

      test('clips lambda to [0, 1]', async () => {
        const slot = layoutOf(selfTestArchitecture).slots.find(({ name }) => name === 'lambda')!;
        const weights = selfTestWeights();
        weights[slot.offset] = 0.999;
        const lambdas = await Promise.all(
          ['a', 'b', 'c', 'd'].map(async (randomName) => {
            return (await trained(weights, { randomName, rate: 1e4, images: 4, warmup: 0 }))[slot.offset]!;
          }),
        );
        for (const lambda of lambdas) expect(lambda === 0 || lambda === 1).toBe(true);
      });

      test('the same seed gives the same weights bit for bit', async () => {
        expect(await trained(selfTestWeights())).toEqual(await trained(selfTestWeights()));
      });

      test('learns, reports progress, leaves no tensor behind', async () => {
        const graph = buildArchitecture({ height: 8, width: 8, channels: 1 });
        graph.head(graph.conv(graph.maxPool(graph.conv(graph.input, 4)), 6), 3);
        const architecture = graph.build();
        const set = imagesFor(architecture, 90, 3, 1);
        const base = engine.memory().tensors;
        const network = engine.network(architecture, initialWeights(architecture, seeded('w')));
        const images: number[] = [];
        const result = await network.train(
          set,
          { ...schedule, images: 900, batch: 10, augment: 'none', warmup: 50 },
          { onProgress: (point) => images.push(point.images) },
        );
        expect(images).toEqual([250, 500, 750, 900]);
        expect(result).toMatchObject({ ok: true, value: { images: 900 } });
        await network.reestimate(set, 90);
        const { error, loss } = await network.evaluate(set);
        expect(error).toBeLessThan(0.05);
        expect(loss).toBeLessThan(0.3);
        network.dispose();
        expect(engine.memory().tensors).toBe(base);
      });

      test("a child's training leaves the weights it was given alone", async () => {
        const parent = selfTestWeights();
        await trained(parent);
        expect(parent).toEqual(selfTestWeights());
        const network = engine.network(selfTestArchitecture, parent);
        const copy = await network.weights();
        copy.fill(0);
        expect(await network.weights()).toEqual(parent);
        network.dispose();
      });

      test('two heads learn in turn, each from its own images', async () => {
        const graph = buildArchitecture({ height: 6, width: 6, channels: 1 });
        const last = graph.conv(graph.input, 6);
        graph.head(last, 3);
        graph.head(last, 2, 1);
        const architecture = graph.build();
        const [first, second] = [imagesFor(architecture, 60, 3, 1), imagesFor(architecture, 60, 2, 2)];
        const network = engine.network(architecture, initialWeights(architecture, seeded('w')));
        const long = { ...schedule, images: 2000, batch: 10, augment: 'none' as const };
        await network.train(first, long, {}, second);
        await network.reestimate(first, 60);
        await network.reestimate(second, 60, 1);
        expect((await network.evaluate(first)).error).toBeLessThan(0.1);
        expect((await network.evaluate(second, 1)).error).toBeLessThan(0.1);
        network.dispose();
      });
    });

    describe('what can go wrong', () => {
      test('an abort ends the training as a value and leaves no tensor behind', async () => {
        const base = engine.memory().tensors;
        const network = engine.network(selfTestArchitecture, selfTestWeights());
        const controller = new AbortController();
        const gate = () => (controller.abort(), null);
        const long = { ...schedule, images: 400_000 };
        const result = await network.train(data, long, { signal: controller.signal, gate });
        expect(result).toEqual({ ok: false, reason: { code: 'aborted' } });
        network.dispose();
        expect(engine.memory().tensors).toBe(base);
      });

      test('a loss that is not finite is reported as divergence', async () => {
        const base = engine.memory().tensors;
        const network = engine.network(selfTestArchitecture, selfTestWeights());
        const result = await network.train(data, { ...schedule, rate: 1e30, images: 400, warmup: 0 });
        expect(result).toEqual({ ok: false, reason: { code: 'diverged' } });
        network.dispose();
        expect(engine.memory().tensors).toBe(base);
      });

      test('the gate pauses, and lets on', async () => {
        const network = engine.network(selfTestArchitecture, selfTestWeights());
        const controller = new AbortController();
        let [open, asked] = [() => {}, 0];
        const paused = new Promise<void>((resolve) => (open = resolve));
        const gate = () => {
          if (asked++ === 0) return paused;
          controller.abort();
          return null;
        };
        const long = { ...schedule, images: 40_000 };
        const result = network.train(data, long, { gate, signal: controller.signal });
        const first = await Promise.race([
          result,
          new Promise((resolve) => setTimeout(resolve, 1000, 'paused')),
        ]);
        expect(first).toBe('paused');
        open();
        expect(await result).toEqual({ ok: false, reason: { code: 'aborted' } });
        expect(asked).toBe(2);
        network.dispose();
      });

      test('weights of another network are misuse', () => {
        expect(() => engine.network(selfTestArchitecture, new Float32Array(3))).toThrow(RangeError);
      });
    });
  });
}
