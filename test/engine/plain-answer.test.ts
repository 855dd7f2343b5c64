import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainAnswer } from '../../src/core/export/plain-answer.ts';
import { plainNetwork } from '../../src/core/export/plain-network.ts';
import { exportedHeads } from '../../src/core/export/per-head.ts';
import { decodeFloats } from '../../src/core/run-file/base64.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { probabilities } from '../../src/engine/evaluate.ts';
import { architectures, randomWeights } from '../support/architectures.ts';
import { unwrap } from '../datasets/files.ts';
import { imagesFor, startEngine } from './start.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine('wasm');
});
afterAll(() => engine.dispose());

const count = 3;
const preparation = { steps: [{ do: 'rgb' }], levels: 256 } as const;

test('what an export carries answers as the engine does: 60 random networks, every head', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(architectures(), fc.nat(1000), async (architecture, seed) => {
      const data = imagesFor(architecture, count, 3, seed);
      const { images, mean, deviation } = data;
      const weights = randomWeights(architecture, seed);
      const facts = { classes: ['a', 'b', 'c'], mean, deviation, preparation };
      const network = engine.network(architecture, weights);
      const heads = exportedHeads({ name: 'random', architecture, weights, ...facts }, facts);
      for (const [task, head] of heads.entries()) {
        const classes = task === 0 ? 3 : 2;
        const expected = probabilities(await network.logits(data, 0, count, task), classes);
        const plain = plainNetwork(head);
        const numbers = unwrap(decodeFloats(plain.weights));
        const each = images.length / count;
        for (let n = 0; n < count; n++) {
          const answer = plainAnswer(plain, numbers, images.subarray(n * each, (n + 1) * each));
          answer.forEach((share, c) =>
            expect(Math.abs(share - expected[n * classes + c]!)).toBeLessThan(1e-5),
          );
          compared++;
        }
      }
      network.dispose();
    }),
    { numRuns: 60, seed: 11 },
  );
  expect(compared).toBeGreaterThanOrEqual(60 * count);
});
