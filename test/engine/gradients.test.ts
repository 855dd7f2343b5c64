import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { hasSecondHead, layoutOf, tensorKey } from '../../src/core/architecture/weights.ts';
import type { NodeId } from '../../src/core/architecture/types.ts';
import { pixelTable, plainImages } from '../../src/engine/batches.ts';
import { Parameters } from '../../src/engine/tfjs/parameters.ts';
import { forwardBackward } from '../../src/engine/tfjs/step.ts';
import { architectures, randomWeights } from '../support/architectures.ts';
import { scalarForward, scalarGradient, scalarLoss } from '../support/scalar-training.ts';
import { imagesFor, relativeError, startEngine } from './start.ts';

const tiny = architectures({ maxSize: 5, maxFilters: 5, maxSteps: 6 });
const batch = 3;

describe.each(['wasm', 'cpu'] as const)('on %s', (kind) => {
  test('loss and gradients of random graphs, some nodes frozen, agree with finite differences', async () => {
    await startEngine(kind, 'portable');
    const runs = kind === 'wasm' ? 25 : 8;
    fc.assert(
      fc.property(tiny, fc.nat(1000), fc.boolean(), (architecture, seed, freezes) => {
        const weights = randomWeights(architecture, seed);
        const data = imagesFor(architecture, batch, 3, seed);
        const images = plainImages(data, pixelTable(data), 0, batch);
        const task = hasSecondHead(architecture) && seed % 2 === 1 ? 1 : 0;
        const classes = task === 0 ? 3 : 2;
        const targets = Float32Array.from(
          task === 0 ? [0.7, 0.2, 0.1, 0, 1, 0, 0.3, 0.3, 0.4] : [0.7, 0.3, 0, 1, 0.4, 0.6],
        );
        const frozen = (id: NodeId) => freezes && id.length % 2 === 1;
        const trained = freezes
          ? new Set(architecture.nodes.map((node) => node.id).filter((id) => !frozen(id)))
          : null;

        const expected = scalarGradient(
          architecture,
          Float64Array.from(weights),
          images,
          targets,
          batch,
          trained,
          task,
        );
        const parameters = new Parameters(architecture, weights);
        const { height, width, channels } = data;
        const input = tf.tensor4d(images, [batch, height, width, channels]);
        const wanted = tf.tensor2d(targets, [batch, classes]);
        const result = forwardBackward(architecture, parameters.tensors, input, wanted, task, trained);
        const found = new Float32Array(expected.length);
        for (const slot of layoutOf(architecture).slots) {
          const gradient = result.gradients.get(tensorKey(slot));
          if (gradient) found.set(gradient.dataSync(), slot.offset);
        }
        const mode = (id: NodeId) => (frozen(id) ? ('inference' as const) : ('training' as const));
        const { logits } = scalarForward(architecture, weights, images, batch, mode, task);
        expect(result.loss.dataSync()[0]).toBeCloseTo(scalarLoss(logits, targets, classes), 3);
        expect(relativeError(found, expected)).toBeLessThan(2e-3);
        tf.dispose([input, wanted, result.loss, ...result.gradients.values()]);
        parameters.dispose();
      }),
      { numRuns: runs, seed: 7 },
    );
    expect(tf.memory().numTensors).toBe(0);
  });
});
