import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { buildArchitecture } from '../../../../src/core/architecture/build.ts';
import { layoutOf } from '../../../../src/core/architecture/weights.ts';
import { Calibration } from '../../../../src/core/export/int8/calibrate.ts';
import { devicePlan } from '../../../../src/core/export/int8/device-plan.ts';
import { fixedFactor, scaled } from '../../../../src/core/export/int8/fixed-point.ts';
import { floatPass } from '../../../../src/core/export/int8/float-pass.ts';
import { foldedGraph } from '../../../../src/core/export/int8/folded.ts';
import { highest, int8Pass } from '../../../../src/core/export/int8/int8-pass.ts';
import { equalised } from '../../../../src/core/export/int8/ranges.ts';
import type { Int8Network } from '../../../../src/core/export/int8/types.ts';
import { everyKind, exported, referenceProbabilities } from '../sample.ts';
import { quantised, sampleNetworks } from './sample.ts';

/** gemmlowp's definitions, in whole numbers of any size. */
function exactlyScaled(x: number, multiplier: number, shift: number): number {
  const product = BigInt(x) * (1n << BigInt(Math.max(0, shift))) * BigInt(multiplier);
  const nudge = product >= 0n ? 1n << 30n : 1n - (1n << 30n);
  const high = (product + nudge) / (1n << 31n);
  const right = BigInt(Math.max(0, -shift));
  const mask = (1n << right) - 1n;
  const remainder = high & mask;
  const threshold = (mask >> 1n) + (high < 0n ? 1n : 0n);
  return Number((high >> right) + (remainder > threshold ? 1n : 0n));
}

const samples = sampleNetworks(20).map(quantised);

describe('fixed-point factors', () => {
  it('scale whole numbers as TensorFlow Lite defines it, to the last bit', () => {
    const factor = fc.double({ min: 1e-9, max: 8, noNaN: true });
    const number = fc.oneof(
      fc.integer({ min: -(2 ** 27), max: 2 ** 27 }),
      fc.integer({ min: -300, max: 300 }),
    );
    fc.assert(
      fc.property(factor, number, (real, x) => {
        const fixed = fixedFactor(real);
        expect(scaled(x, fixed) + 0).toBe(exactlyScaled(x, fixed.multiplier, fixed.shift));
      }),
      { numRuns: 3000 },
    );
  });
  it('round halves of the product upwards, and halves of the shift away from zero', () => {
    expect(fixedFactor(0.5)).toEqual({ multiplier: 2 ** 30, shift: 0 });
    expect([3, -3, 5, -5].map((x) => scaled(x, fixedFactor(0.5)) + 0)).toEqual([2, -1, 3, -2]);
    expect([6, -6, 10, -10].map((x) => scaled(x, fixedFactor(0.25)))).toEqual([2, -2, 3, -3]);
  });
  it('lie within 2^-31 of the real number, and refuse what is none', () => {
    for (const real of [1, 0.999999999999, 1 / 3, 2 ** -20, 255.5, 1e-8])
      expect((fixedFactor(real).multiplier / 2 ** 31) * 2 ** fixedFactor(real).shift).toBeCloseTo(real, 9);
    expect(fixedFactor(0)).toEqual({ multiplier: 0, shift: 0 });
    for (const wrong of [-1, NaN, Infinity]) expect(() => fixedFactor(wrong)).toThrow(RangeError);
  });
});

describe('a folded network', () => {
  it('answers as the network does', () => {
    for (const { network, images } of samples) {
      const graph = foldedGraph(network);
      const expected = referenceProbabilities(network, images[0]!);
      const logits = floatPass(graph, images[0]!).at(-1)!;
      const top = Math.max(...logits);
      const powers = Array.from(logits, (value) => Math.exp(value - top));
      const sum = powers.reduce((a, b) => a + b, 0);
      powers.forEach((power, k) => expect(power / sum).toBeCloseTo(expected[0]![k]!, 4));
    }
  });
  it('is the same function with its separable blocks equalised', () => {
    for (const { network, images } of samples) {
      const graph = foldedGraph(network);
      const calibration = new Calibration(graph);
      calibration.see(images[0]!);
      const equal = equalised(graph, calibration.ranges()).graph;
      const [before, after] = [graph, equal].map((one) => floatPass(one, images[1]!).at(-1)!);
      const scale = before!.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      before!.forEach((value, k) => expect(after![k]! / scale).toBeCloseTo(value / scale, 3));
    }
  });
});

describe('a network in integers', () => {
  it('stays near the network it came from', () => {
    for (const { network, int8, images } of samples) {
      const graph = foldedGraph(network);
      const last = int8.values.at(-1)!;
      const dense = int8.steps.at(-1)!;
      const unit = dense.kind === 'dense' ? int8.values[dense.input]!.scale * dense.weightScales[0]! : NaN;
      for (const image of images.slice(0, 16)) {
        const logits = floatPass(graph, image).at(-1)!;
        const answer = int8Pass(int8, image);
        const spread = 255 * last.scale;
        logits.forEach((logit, k) => {
          expect(Math.abs(answer.scores[k]! * unit - logit) / spread).toBeLessThan(0.08);
          // Of what lies outside the range seen, the end of the range is passed on.
          if (answer.logits[k]! === 127 || answer.logits[k]! === -128) return;
          const passed = (answer.logits[k]! - last.zeroPoint) * last.scale;
          expect(Math.abs(passed - answer.scores[k]! * unit)).toBeLessThan(0.53 * last.scale + 1e-9 * spread);
        });
      }
    }
  });
  it('has weights from -127 to 127, and zero points that int8 holds', () => {
    for (const { int8 } of samples) {
      for (const { zeroPoint, scale } of int8.values) {
        expect(Number.isInteger(zeroPoint) && zeroPoint >= -128 && zeroPoint <= 127).toBe(true);
        expect(scale).toBe(Math.fround(scale));
        expect(scale).toBeGreaterThan(0);
      }
      for (const step of int8.steps)
        if ('weights' in step) expect(step.weights.every((weight) => weight >= -127)).toBe(true);
    }
  });
  it('uses the whole range of every filter', () => {
    const { int8 } = quantised(exported(everyKind()));
    for (const step of int8.steps)
      if (step.kind === 'conv') {
        const length = step.weights.length / step.bias.length;
        for (let o = 0; o < step.bias.length; o++) {
          const own = step.weights.subarray(o * length, (o + 1) * length);
          expect(Math.max(...own.map(Math.abs))).toBe(127);
        }
      }
  });
  it('never overflows, whatever the weights: dead, constant and huge filters', () => {
    const graph = buildArchitecture({ height: 6, width: 6, channels: 1 });
    const one = graph.conv(graph.input, 3, 5);
    const two = graph.sepConv(one, 3, 3);
    graph.head(graph.add(two, one), 3);
    const architecture = graph.build();
    for (const [gamma, beta, kernel] of [
      [0, 0, 1],
      [0, -1, 1],
      [1e-12, 3, 1],
      [1e6, 1e6, 1e3],
      [1, 0, 0],
    ] as const) {
      const network = exported(architecture);
      const weights = network.weights.slice();
      for (const { name, offset, length } of layoutOf(architecture).slots)
        if (name === 'gamma' || name === 'beta' || name === 'kernel' || name === 'pointwise')
          for (let i = offset; i < offset + length; i++)
            weights[i] = name === 'gamma' ? gamma : name === 'beta' ? beta : weights[i]! * kernel;
      const { int8, images } = quantised({ ...network, weights, classes: ['a', 'b', 'c'] });
      for (const step of int8.steps)
        if (step.kind === 'conv' || step.kind === 'dense') checkBounds(int8, step);
      expect(Array.from(int8Pass(int8, images[20]!).scores).every(Number.isInteger)).toBe(true);
    }
  });
  it('is refused where the numbers of the network are not finite, or no image was seen', () => {
    const network = exported(everyKind());
    const graph = foldedGraph({ ...network, weights: network.weights.map(() => NaN) });
    const calibration = new Calibration(graph);
    expect(() => calibration.ranges()).toThrow(RangeError);
    calibration.see(new Float32Array(9 * 7 * 3));
    expect(() => calibration.ranges()).toThrow(RangeError);
  });
  it('rescales nothing that only a concatenation reads', () => {
    const graph = buildArchitecture({ height: 8, width: 8, channels: 1 });
    const stem = graph.conv(graph.input, 4);
    const pooled = graph.maxPool(stem);
    const [a, b] = [graph.conv(pooled, 3), graph.sepConv(pooled, 3)];
    graph.head(graph.concat([a, b]), 3);
    const { int8 } = quantised({ ...exported(graph.build()), classes: ['a', 'b', 'c'] });
    expect(int8.steps.map(({ kind }) => kind)).not.toContain('requantise');
  });
  it('answers with the first of equal highest numbers', () => {
    expect(highest([1, 4, 4, 2])).toBe(1);
  });
});

/** No image can push an accumulator of this step, or what its factor makes of it, past int32. */
function checkBounds(
  { values }: Int8Network,
  step: Extract<Int8Network['steps'][number], { bias: unknown }>,
) {
  const length = step.weights.length / step.bias.length;
  const { zeroPoint } = values[step.input]!;
  const reach = Math.max(127 - zeroPoint, 128 + zeroPoint);
  step.bias.forEach((bias, o) => {
    const own = step.weights.subarray(o * length, (o + 1) * length);
    const worst = Math.abs(bias) + own.reduce((sum, weight) => sum + Math.abs(weight) * reach, 0);
    expect(worst * 2 ** Math.max(0, step.factors[o]!.shift)).toBeLessThan(2 ** 31);
  });
}

describe('the arena', () => {
  it('holds every value until its last reader, and no two at one place', () => {
    for (const { int8 } of samples) {
      const { steps, offsets, lineOffsets, arenaBytes } = devicePlan(int8);
      const size = (index: number) => {
        const { height, width, channels } = int8.values[index]!.shape;
        return height * width * channels;
      };
      const reads = steps.map((step) => ('inputs' in step ? step.inputs : [step.input]));
      // Who wrote each byte last: a value, or a line.
      const arena = new Array<string>(arenaBytes).fill('nobody');
      const write = (who: string, from: number, bytes: number) => {
        expect(from + bytes).toBeLessThanOrEqual(arenaBytes);
        arena.fill(who, from, from + bytes);
      };
      const holds = (index: number) => {
        const from = offsets.get(index)!;
        expect(new Set(arena.slice(from, from + size(index)))).toEqual(new Set([`value ${index}`]));
      };
      write('value 0', offsets.get(0)!, size(0));
      steps.forEach((step, at) => {
        reads[at]!.forEach(holds);
        if (step.kind === 'dense') return;
        const line = lineOffsets.get(step.output);
        const channels = int8.values[reads[at]![0]!]!.shape.channels;
        if (line !== undefined) write('line', line, channels);
        const inPlace = reads[at]!.some((index) => offsets.get(index) === offsets.get(step.output));
        if (!inPlace) {
          write(`value ${step.output}`, offsets.get(step.output)!, size(step.output));
          // Kernels read while they write.
          reads[at]!.forEach(holds);
          if (line !== undefined) {
            write('line', line, channels);
            holds(step.output);
          }
        } else write(`value ${step.output}`, offsets.get(step.output)!, size(step.output));
      });
    }
  });
});
