import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { networkCost } from '../../src/core/architecture/cost.ts';
import type { Architecture, NodeId } from '../../src/core/architecture/types.ts';
import { hasSecondHead, layoutOf } from '../../src/core/architecture/weights.ts';
import { pixelTable, plainImages } from '../../src/engine/batches.ts';
import { batchNormEpsilon, type Engine } from '../../src/engine/engine.ts';
import { answerOf, meanDivergence, probabilities, scoreLogits } from '../../src/engine/evaluate.ts';
import { foldBlocks, inferLogits } from '../../src/engine/tfjs/inference.ts';
import { Parameters } from '../../src/engine/tfjs/parameters.ts';
import { architectures, randomWeights } from '../support/architectures.ts';
import { referencePass } from '../support/reference-network.ts';
import { scalarForward, scalarReestimate } from '../support/scalar-training.ts';
import { imagesFor, relativeError, startEngine } from './start.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine('wasm');
});

const small = architectures({ maxSize: 6, maxFilters: 6, maxSteps: 7 });
const blocksOf = (architecture: Architecture): readonly NodeId[] =>
  architecture.nodes.filter(({ kind }) => kind === 'conv' || kind === 'sepConv').map(({ id }) => id);

describe('random graphs in inference mode', () => {
  test('logits of every head and statistics before BN agree with the scalar reference', async () => {
    await fc.assert(
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
      { numRuns: 60, seed: 3 },
    );
    expect(engine.memory().tensors).toBe(0);
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
      { numRuns: 25, seed: 4 },
    );
  });

  test("the cost is the engine's own count: parameters it holds, multiply-adds its kernels do", async () => {
    await fc.assert(
      fc.asyncProperty(small, async (architecture) => {
        const oneHead = {
          nodes: architecture.nodes.filter((node) => node.kind !== 'head' || node.task === 0),
        };
        const parameters = new Parameters(oneHead, randomWeights(oneHead, 1));
        const data = imagesFor(oneHead, 1, 3, 1);
        const { height, width, channels } = data;
        const profile = await tf.profile(() => {
          tf.tidy(() => {
            const folded = foldBlocks(oneHead, parameters.tensors, 0);
            const images = tf.tensor4d(plainImages(data, pixelTable(data), 0, 1), [
              1,
              height,
              width,
              channels,
            ]);
            inferLogits(oneHead, parameters.tensors, folded, images, 0);
            for (const { filter, bias } of folded.values()) tf.dispose([filter, bias]);
          });
          return tf.scalar(0);
        });
        const counted = profile.kernels.reduce((sum, { name, inputShapes, outputShapes }) => {
          const out = outputShapes[0]!;
          if (name === 'FusedConv2D' || name === 'DepthwiseConv2dNative') {
            const [k = 0, l = 0, inputs = 0] = inputShapes[1]!;
            return sum + tf.util.sizeFromShape(out) * k * l * (name === 'FusedConv2D' ? inputs : 1);
          }
          if (name !== 'BatchMatMul') return sum;
          return sum + tf.util.sizeFromShape(out) * inputShapes[0]!.at(-1)!;
        }, 0);
        const cost = networkCost(oneHead);
        expect(counted).toBe(cost.multiplyAdds);
        expect(parameters.trainable.size).toBe(cost.parameters);
        parameters.dispose();
      }),
      { numRuns: 60, seed: 5 },
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

describe('scores of logits', () => {
  const logits = Float32Array.from([0, Math.log(3), 2, 2, 1000, -1000]);
  test('error, loss and answers, the first of equals', () => {
    expect([0, 1, 2].map((row) => answerOf(logits, row, 2))).toEqual([1, 0, 0]);
    const { error, loss } = scoreLogits(logits, Uint8Array.from([1, 1, 0]), 2);
    expect(error).toBeCloseTo(1 / 3, 12);
    expect(loss).toBeCloseTo((Math.log(4 / 3) + Math.log(2) + 0) / 3, 6);
  });
  test('probabilities and divergence', () => {
    [0.25, 0.75, 0.5, 0.5, 1, 0].forEach((p, i) => expect(probabilities(logits, 2)[i]).toBeCloseTo(p, 6));
    const [p, q] = [Float32Array.from([0, Math.log(3)]), Float32Array.from([0, 0])];
    expect(meanDivergence(p, p, 2)).toBeCloseTo(0, 12);
    expect(meanDivergence(p, q, 2)).toBeCloseTo(0.25 * Math.log(0.5) + 0.75 * Math.log(1.5), 6);
  });
});
