import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportedHeads } from '../../../src/core/export/per-head.ts';
import { exportEpsilon, identifiersOf, tensorsByNode } from '../../../src/core/export/portable.ts';
import { tfjsCode } from '../../../src/core/export/tfjs-code.ts';
import { writeTfjsLayers } from '../../../src/core/export/tfjs-layers.ts';
import { batchNormEpsilon } from '../../../src/engine/engine.ts';
import { everyKind, exported, randomPixels, referenceProbabilities, secondHead } from './sample.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function largestDifference(a: tf.Tensor, b: readonly (readonly number[])[]): number {
  const values = a.arraySync() as number[][];
  return Math.max(...values.flatMap((row, n) => row.map((value, c) => Math.abs(value - b[n]![c]!))));
}

/** Loads as a page would: model.json and weights.bin, no custom layers. */
function load(model: { json: string; weights: Uint8Array<ArrayBuffer> }): Promise<tf.LayersModel> {
  const parsed = JSON.parse(model.json) as {
    modelTopology: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: parsed.modelTopology,
      weightSpecs: parsed.weightsManifest[0]!.weights,
      weightData: model.weights.buffer,
    }),
  );
}

describe('the LayersModel', () => {
  test('answers as the network does, from raw pixels, in stock tfjs', async () => {
    const network = exported(everyKind());
    const pixels = randomPixels(network.architecture, 3);
    const model = await load(writeTfjsLayers(network));
    const answer = model.predict(tf.tensor4d(pixels, [3, 9, 7, 3])) as tf.Tensor;
    expect(largestDifference(answer, referenceProbabilities(network, pixels))).toBeLessThan(1e-5);
    expect(model.inputs[0]!.shape).toEqual([null, 9, 7, 3]);
  });

  test('of each head answers as that head does, normalised by its own set', async () => {
    const network = exported(everyKind(2));
    const pixels = randomPixels(network.architecture, 2);
    const heads = exportedHeads(network, secondHead);
    for (const [task, head] of heads.entries()) {
      const model = await load(writeTfjsLayers(head));
      const answer = model.predict(tf.tensor4d(pixels, [2, 9, 7, 3])) as tf.Tensor;
      const facts = task === 0 ? network : secondHead;
      const expected = referenceProbabilities({ ...network, ...facts }, pixels, task);
      expect(largestDifference(answer, expected)).toBeLessThan(1e-5);
    }
    expect(heads).toHaveLength(2);
  });

  test('clips a lambda outside [0, 1]: the addition is its first input', () => {
    const network = exported(everyKind());
    const changed = { ...network, weights: network.weights.slice() };
    const lambda = [...tensorsByNode(changed).values()].find((tensors) => tensors.has('lambda'))!;
    lambda.get('lambda')!.values[0] = 1.7;
    const { json } = writeTfjsLayers(changed);
    expect(json).not.toContain('Rescaling');
    expect(json).not.toContain('"add1"');
    expect(writeTfjsLayers(network).json).toContain('"name":"add1_skip"');
  });

  test('uses the epsilon of the engine', () => {
    expect(exportEpsilon).toBe(batchNormEpsilon);
  });
});

describe('the TensorFlow.js code', () => {
  /** Runs the generated module with the weights put in layer by layer. */
  function run(architecture: ReturnType<typeof everyKind>) {
    const network = exported(architecture);
    const source = tfjsCode(network)
      .replace(/^import .*$/m, '')
      .replace(/^export /gm, '');
    const make = new Function('tf', `${source}; return { build, normalise, classes };`) as (
      library: typeof tf,
    ) => {
      build(): tf.LayersModel;
      normalise(pixels: tf.Tensor): tf.Tensor;
      classes: readonly string[];
    };
    const code = make(tf);
    const model = code.build();
    const names = identifiersOf(architecture);
    for (const [node, tensors] of tensorsByNode(network)) {
      const name = names.get(node)!;
      const put = (layer: string, ...parts: readonly ('kernel' | 'gamma' | 'lambda')[] | readonly string[]) =>
        model.getLayer(layer).setWeights(
          parts.map((part) => {
            const { values, shape } = tensors.get(part as 'kernel')!;
            return tf.tensor(values, [...shape]);
          }),
        );
      if (tensors.has('gamma')) {
        put(`${name}_conv`, ...(tensors.has('kernel') ? ['kernel'] : ['depthwise', 'pointwise']));
        put(`${name}_bn`, 'gamma', 'beta', 'mean', 'variance');
      } else if (tensors.has('lambda')) put(name, 'lambda');
      else put(name, 'kernel', 'bias');
    }
    return { network, code, model };
  }

  test('builds the network it describes', () => {
    const { network, code, model } = run(everyKind());
    const pixels = randomPixels(network.architecture, 2);
    const answer = model.predict(code.normalise(tf.tensor4d(pixels, [2, 9, 7, 3]))) as tf.Tensor;
    expect(largestDifference(answer, referenceProbabilities(network, pixels))).toBeLessThan(1e-5);
    expect(code.classes).toEqual(network.classes);
  });
});
