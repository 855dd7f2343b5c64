import { ByteBuffer } from 'flatbuffers';
import { describe, expect, it } from 'vitest';
import { int8Pass } from '../../../../src/core/export/int8/int8-pass.ts';
import { floatTflite, int8Tflite } from '../../../../src/core/export/int8/tflite.ts';
import { referenceProbabilities } from '../sample.ts';
import { litertModel } from './litert.ts';
import { quantised, sampleNetworks } from './sample.ts';

const samples = sampleNetworks(21).map(quantised);

describe('a TFLite file, in LiteRT', () => {
  it('of float32 gives the probabilities of the network', async () => {
    for (const { network, images } of samples) {
      const model = await litertModel(floatTflite(network));
      const { height, width, channels } = quantisedInput(network);
      expect([model.input.name, model.input.dtype, ...model.input.shape]).toEqual([
        ...['images', 'float32', 1],
        ...[height, width, channels],
      ]);
      expect([model.output.name, ...model.output.shape]).toEqual([
        'probabilities',
        1,
        network.classes.length,
      ]);
      for (const image of images.slice(0, 4)) {
        const expected = referenceProbabilities(network, image)[0]!;
        (await model.answer(image)).forEach((value, k) => expect(value).toBeCloseTo(expected[k]!, 4));
      }
      model.dispose();
    }
  });
  it('of int8 takes pixels as uint8, and gives the logits of our integers but for rounding', async () => {
    const apart: number[] = [];
    for (const { network, int8, images } of samples) {
      const model = await litertModel(int8Tflite(network, int8));
      expect(model.input.dtype).toBe('uint8');
      const { scale } = int8.values.at(-1)!;
      for (const image of images) {
        const probabilities = await model.answer(image);
        const { logits } = int8Pass(int8, image);
        // Logarithms of probabilities are logits but for a constant, which the differences to the first do away with.
        probabilities.forEach((value, k) => {
          if (value < 1e-30 || probabilities[0]! < 1e-30) return;
          const steps = Math.log(value / probabilities[0]!) / scale;
          apart.push(Math.abs(steps - (logits[k]! - logits[0]!)));
        });
      }
      model.dispose();
    }
    // XNNPACK rounds once, in floating point, where the reference kernels and ours round twice: networks of a few
    // filters carry a unit of difference far.
    expect(apart.length).toBeGreaterThan(1000);
    expect(apart.reduce((a, b) => a + b, 0) / apart.length).toBeLessThan(1);
    expect(Math.max(...apart)).toBeLessThan(12);
  });
});

describe('a TFLite file', () => {
  it('says what it is, and holds the description of the network', () => {
    const { network, int8 } = samples[0]!;
    for (const bytes of [floatTflite(network), int8Tflite(network, int8)]) {
      const text = new TextDecoder().decode(bytes);
      expect(new ByteBuffer(bytes).readInt32(0)).toBeLessThan(bytes.length);
      expect(text.slice(4, 8)).toBe('TFL3');
      expect(text).toContain('"format":"lemonade-description"');
      expect(text).toContain(`${network.name}, `);
    }
  });
  it('of int8 takes about a quarter of the bytes that weights of float32 take', () => {
    const { network, int8 } = samples[2]!;
    const weights = int8.steps.reduce((sum, step) => sum + ('weights' in step ? step.weights.length : 0), 0);
    const saved = floatTflite(network).length - int8Tflite(network, int8).length;
    expect(weights).toBeGreaterThan(0);
    expect(saved).toBeLessThan(3 * weights);
  });
});

function quantisedInput(network: (typeof samples)[number]['network']) {
  const input = network.architecture.nodes[0]!;
  if (input.kind !== 'input') throw new Error('no input');
  return input;
}
