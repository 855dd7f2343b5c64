import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportCases } from '../../../scripts/exports/networks.ts';
import { networkCost } from '../../../src/core/architecture/cost.ts';
import { fillInput, planInput, statedClasses, type ImageFacts } from '../../../src/core/import/onnx-input.ts';
import { readOnnxModel, type OnnxModel } from '../../../src/core/import/onnx-model.ts';
import { answerImages, areProbabilities, ownNetwork } from '../../../src/core/import/onnx-network.ts';
import { decodeFloats } from '../../../src/core/run-file/base64.ts';
import { describeNetwork, inputOf } from '../../../src/core/export/description.ts';
import { writeOnnx } from '../../../src/core/export/onnx.ts';
import { exportedHeads } from '../../../src/core/export/per-head.ts';
import { plainAnswer } from '../../../src/core/export/plain-answer.ts';
import { plainNetwork } from '../../../src/core/export/plain-network.ts';
import type { ExportedNetwork } from '../../../src/core/export/portable.ts';
import { architectures, randomWeights } from '../../support/architectures.ts';
import { exported, randomPixels, secondHead } from '../export/sample.ts';
import { writeModel } from './torch-like.ts';

function unwrap<T>(result: { ok: true; value: T } | { ok: false; reason: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.reason));
  return result.value;
}

const factsOf = ({ architecture, classes, mean, deviation }: ExportedNetwork): ImageFacts => {
  const { height, width, channels } = inputOf(architecture);
  return { height, width, channels, classes: classes.length, mean, deviation };
};

/** What an export says of `count` images once it is read back, and what is said of its size. */
async function readBack(network: ExportedNetwork, images: Uint8Array, count: number) {
  const facts = factsOf(network);
  const model = unwrap(readOnnxModel(writeOnnx(network)));
  const plan = unwrap(planInput(model, facts));
  const own = unwrap(ownNetwork(model, plan, facts));
  if (!own) throw new Error('none of our own operators');
  const answers = unwrap(await answerImages(own, plan, plan.stated!, facts, images, count));
  return { model, plan, own, answers };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

function plainAnswers(network: ExportedNetwork, images: Uint8Array, count: number): number[] {
  const plain = plainNetwork({ preparation: { steps: [], levels: 256 }, ...network });
  const weights = unwrap(decodeFloats(plain.weights));
  const size = images.length / count;
  return Array.from({ length: count }, (_, i) => [
    ...plainAnswer(plain, weights, images.subarray(i * size, (i + 1) * size)),
  ]).flat();
}

describe('an export of ours, read back', () => {
  test.each(exportCases().map((one) => [one.name, one] as const))(
    '%s answers the same',
    async (_, { network }) => {
      const count = 2;
      const images = Uint8Array.from(randomPixels(network.architecture, count));
      const { plan, answers } = await readBack(network, images, count);
      expect(plan).toMatchObject({ stated: 'bytes', layout: 'channels-first', batch: 1 });
      expect(largestDifference(answers, plainAnswers(network, images, count))).toBeLessThan(1e-5);
      expect(areProbabilities(answers, network.classes.length)).toBe(true);
    },
  );

  test('costs what the network costs, and names its classes', async () => {
    await fc.assert(
      fc.asyncProperty(architectures(), fc.nat(), async (architecture, seed) => {
        const whole = {
          ...exported(architecture),
          classes: ['a', 'b', 'ç'],
          weights: randomWeights(architecture, seed),
        };
        const { mean, deviation } = whole;
        const second = { ...secondHead, classes: ['left', 'right'], mean, deviation };
        for (const head of exportedHeads(whole, second)) {
          const images = Uint8Array.from(randomPixels(head.architecture, 1));
          const { own, model, answers } = await readBack(head, images, 1);
          expect(own.cost).toEqual(networkCost(head.architecture));
          expect(own.cost.parameters).toBe(describeNetwork(head).parameters);
          expect(statedClasses(model)).toEqual(head.classes);
          expect(largestDifference(answers, plainAnswers(head, images, 1))).toBeLessThan(1e-5);
        }
      }),
      { numRuns: 60 },
    );
  });
});

const facts: ImageFacts = {
  ...{ height: 8, width: 8, channels: 1, classes: 3 },
  ...{ mean: [0.4], deviation: [0.2] },
};
const floats = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(1 + i * i));

/** A network that flattens its image and multiplies once: easy to say in other ways. */
const linear = (change: Partial<Parameters<typeof writeModel>[0]> = {}) =>
  writeModel({
    nodes: [
      { type: 'Flatten', inputs: ['input'], output: 'flat' },
      { type: 'Gemm', inputs: ['flat', 'w', 'b'], output: 'output', attributes: { transB: 1 } },
    ],
    constants: [
      { name: 'w', shape: [3, 64], floats: floats(192) },
      { name: 'b', shape: [3], floats: floats(3) },
    ],
    input: ['batch', 1, 8, 8],
    output: ['batch', 3],
    ...change,
  });

const planOf = (bytes: Uint8Array, of: Partial<ImageFacts> = {}) => {
  const model = readOnnxModel(bytes);
  return model.ok ? planInput(model.value, { ...facts, ...of }) : model;
};

describe('what cannot be held against a run', () => {
  test.each([
    ['text', new TextEncoder().encode('a run file, or a picture')],
    ['nothing', new Uint8Array()],
    ['a protocol buffer without a graph', Uint8Array.of(8, 7)],
    ['half a file', linear().subarray(0, 400)],
  ])('%s is not ONNX', (_, bytes) => {
    expect(readOnnxModel(bytes)).toEqual({ ok: false, reason: { code: 'not-onnx' } });
  });

  test('weights in another file are named', () => {
    const bytes = linear({ constants: [{ name: 'w', shape: [3, 64], elsewhere: 'net.onnx.data' }] });
    expect(readOnnxModel(bytes)).toEqual({
      ok: false,
      reason: { code: 'external-data', path: 'net.onnx.data' },
    });
  });

  test.each<[string, Parameters<typeof linear>[0], object]>([
    [
      'another size',
      { input: ['batch', 3, 32, 32] },
      { code: 'input-shape', takes: '3 × 32 × 32', given: '1 × 8 × 8' },
    ],
    [
      'an open size that does not help',
      { input: [1, 3, 'h', 'w'] },
      { code: 'input-shape', takes: '3 × ? × ?' },
    ],
    ['numbers of another type', { inputType: 16 }, { code: 'input-type', type: 16 }],
  ])('%s is said', (_, change, reason) => {
    expect(planOf(linear(change))).toMatchObject({ ok: false, reason });
  });

  test('another number of classes is said', () => {
    const model = unwrap(readOnnxModel(linear()));
    const other = { ...facts, classes: 10 };
    expect(ownNetwork(model, unwrap(planInput(model, other)), other)).toEqual({
      ok: false,
      reason: { code: 'classes', answers: 3, classes: 10 },
    });
  });

  test('an answer that is no number is said', async () => {
    const constants = [
      { name: 'w', shape: [3, 64], floats: floats(192).fill(Infinity, 4, 5) },
      { name: 'b', shape: [3], floats: floats(3) },
    ];
    const model = unwrap(readOnnxModel(linear({ constants })));
    const plan = unwrap(planInput(model, facts));
    const own = unwrap(ownNetwork(model, plan, facts))!;
    expect(await answerImages(own, plan, 'unit', facts, new Uint8Array(64).fill(9), 1)).toEqual({
      ok: false,
      reason: { code: 'not-finite' },
    });
  });

  test('an operator of nobody, another domain or a newer operator set is left to the runtime', () => {
    const own = (change: Parameters<typeof linear>[0]) => {
      const model = unwrap(readOnnxModel(linear(change)));
      return unwrap(ownNetwork(model, unwrap(planInput(model, facts)), facts));
    };
    expect(own({})).not.toBeNull();
    expect(own({ operatorSet: 99 })).toBeNull();
    const erf = { type: 'Erf', inputs: ['input'], output: 'output' };
    expect(own({ nodes: [erf] })).toBeNull();
    expect(own({ nodes: [{ ...erf, type: 'Relu', domain: 'com.example' }] })).toBeNull();
  });
});

describe('an input', () => {
  const answersOf = async (bytes: Uint8Array, images: Uint8Array, scale: 'bytes' | 'unit' | 'normal') => {
    const model = unwrap(readOnnxModel(bytes));
    const plan = unwrap(planInput(model, facts));
    const own = unwrap(ownNetwork(model, plan, facts))!;
    return unwrap(await answerImages(own, plan, scale, facts, images, images.length / 64));
  };
  const images = Uint8Array.from({ length: 3 * 64 }, (_, i) => (i * 37) % 256);
  const expected = (value: (pixel: number) => number) =>
    Array.from({ length: 9 }, (_, i) => {
      const [image, k] = [Math.floor(i / 3), i % 3];
      let sum = floats(3)[k]!;
      for (let p = 0; p < 64; p++) sum += floats(192)[k * 64 + p]! * value(images[image * 64 + p]!);
      return sum;
    });

  test.each([
    ['bytes', (pixel: number) => pixel],
    ['unit', (pixel: number) => pixel / 255],
    ['normal', (pixel: number) => (pixel / 255 - 0.4) / 0.2],
  ] as const)('has its pixels as %s', async (scale, value) => {
    expect(largestDifference(await answersOf(linear(), images, scale), expected(value))).toBeLessThan(1e-3);
  });

  test.each<[string, readonly (number | string)[]]>([
    ['in one row', ['n', 64]],
    ['without channels', ['n', 8, 8]],
    ['channels last', ['n', 8, 8, 1]],
    ['of one image', [1, 1, 8, 8]],
    ['of two images at once, an odd one over', [2, 1, 8, 8]],
    ['whose sizes are open', ['n', 'c', 'h', 'w']],
  ])('%s is filled', async (_, input) => {
    const answers = await answersOf(linear({ input }), images, 'unit');
    expect(
      largestDifference(
        answers,
        expected((pixel) => pixel / 255),
      ),
    ).toBeLessThan(1e-4);
  });

  test('has its channels in front where the network has', () => {
    const colour: ImageFacts = {
      ...facts,
      height: 2,
      width: 1,
      channels: 3,
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    };
    const plan = unwrap(planOf(linear({ input: ['n', 3, 2, 1] }), colour));
    const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6);
    expect([...fillInput(plan, 'bytes', colour, pixels, 0, 1)]).toEqual([1, 4, 2, 5, 3, 6]);
    const last = unwrap(planOf(linear({ input: ['n', 2, 1, 3] }), colour));
    expect([...fillInput(last, 'bytes', colour, pixels, 0, 1)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('says what it takes only where the file is ours', () => {
    expect(unwrap(planOf(linear())).stated).toBeNull();
    expect(unwrap(planOf(linear({ inputType: 2 }))).stated).toBe('bytes');
  });
});

test('batch normalisation folded away is not counted, pixel arithmetic neither', () => {
  const model: OnnxModel = unwrap(
    readOnnxModel(
      writeModel({
        nodes: [
          { type: 'Div', inputs: ['input', 'by'], output: 'unit' },
          { type: 'Conv', inputs: ['unit', 'k', 'kb'], output: 'c', attributes: { pads: [1, 1, 1, 1] } },
          { type: 'Relu', inputs: ['c'], output: 'r' },
          {
            type: 'MaxPool',
            inputs: ['r'],
            output: 'p',
            attributes: { kernel_shape: [2, 2], strides: [2, 2] },
          },
          { type: 'Reshape', inputs: ['p', 'shape'], output: 'flat' },
          { type: 'MatMul', inputs: ['flat', 'w'], output: 'm' },
          { type: 'Add', inputs: ['m', 'b'], output: 'output' },
        ],
        constants: [
          { name: 'by', shape: [], floats: Float32Array.of(255) },
          { name: 'k', shape: [4, 1, 3, 3], floats: floats(36) },
          { name: 'kb', shape: [4], floats: floats(4) },
          { name: 'shape', shape: [2], integers: [-1, 64] },
          { name: 'w', shape: [64, 3], floats: floats(192) },
          { name: 'b', shape: [3], floats: floats(3) },
        ],
        input: [1, 1, 8, 8],
        output: [1, 3],
      }),
    ),
  );
  const plan = unwrap(planInput(model, facts));
  const own = unwrap(ownNetwork(model, plan, facts))!;
  expect(own.cost).toEqual({
    parameters: 36 + 4 + 192 + 3,
    multiplyAdds: 64 * 36 + 192,
    activationBytes: 4 * (64 + 256 + 64 + 3),
  });
});
