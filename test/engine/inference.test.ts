import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { networkCost } from '../../src/core/architecture/cost.ts';
import { pixelTable, plainImages } from '../../src/engine/batches.ts';
import { answerOf, meanDivergence, probabilities, scoreLogits } from '../../src/engine/evaluate.ts';
import { foldBlocks, inferLogits } from '../../src/engine/tfjs/inference.ts';
import { Parameters } from '../../src/engine/tfjs/parameters.ts';
import { architectures, randomWeights } from '../support/architectures.ts';
import { imagesFor, startEngine } from './start.ts';

beforeAll(() => startEngine('wasm', 'portable'));

const small = architectures({ maxSize: 6, maxFilters: 6, maxSteps: 7 });

describe('random graphs', () => {
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
