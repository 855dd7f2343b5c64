import { describe, expect, test } from 'vitest';
import type { ImageFacts } from '../../src/core/import/onnx-input.ts';
import { planInput } from '../../src/core/import/onnx-input.ts';
import { readOnnxModel } from '../../src/core/import/onnx-model.ts';
import { answerImages, ownNetwork } from '../../src/core/import/onnx-network.ts';
import { runtimeNetwork } from '../../src/engine/onnx-runtime.ts';
import { writeModel, type Written, type WrittenTensor } from '../core/import/torch-like.ts';

const facts: ImageFacts = {
  ...{ height: 9, width: 8, channels: 3, classes: 5 },
  ...{ mean: [0.4, 0.5, 0.6], deviation: [0.2, 0.3, 0.25] },
};
const load = async () => {
  const runtime = await import('onnxruntime-web/wasm');
  runtime.env.wasm.numThreads = 1;
  runtime.env.logLevel = 'fatal';
  return runtime;
};

function unwrap<T>(result: { ok: true; value: T } | { ok: false; reason: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.reason));
  return result.value;
}

/** Values of no order, the same every time. */
const floats = (...shape: readonly number[]) =>
  Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(7 + i * i * 0.37) / 2);
const weights = (name: string, ...shape: readonly number[]): WrittenTensor => ({
  ...{ name, shape },
  floats: floats(...shape),
});
const whole = (name: string, ...integers: readonly number[]): WrittenTensor => ({
  ...{ name, integers },
  shape: [integers.length],
});
const step = (
  type: string,
  inputs: readonly string[],
  output: string,
  attributes: Written['attributes'] = {},
): Written => ({ type, inputs, output, attributes });

/** From images of `channels` channels, named `from`, to the answer. */
const head = (from: string, channels: number): readonly Written[] => [
  step('GlobalAveragePool', [from], `${from}_pool`),
  step('Flatten', [`${from}_pool`], `${from}_flat`),
  step('Gemm', [`${from}_flat`, `dense${channels}`, 'bias'], 'output', { transB: 1 }),
];
const constants = [
  ...[3, 4, 6, 7].map((channels) => weights(`dense${channels}`, 5, channels)),
  ...[weights('bias', 5), weights('k4', 4, 3, 3, 3), weights('b4', 4), weights('k5', 4, 3, 5, 3)],
  ...[weights('grouped', 6, 1, 3, 3), weights('k2', 4, 3, 2, 2), weights('slope', 3, 1, 1)],
  ...[weights('scale', 3), weights('shift', 3), weights('mean', 3), weights('row', 1, 3, 1, 8)],
  { name: 'variance', shape: [3], floats: Float32Array.of(0.5, 1, 2) },
  { name: 'six', shape: [], floats: Float32Array.of(6) },
  { name: 'zero', shape: [], floats: Float32Array.of(0) },
];
const conv = (kernel: string, attributes: Written['attributes']) => [
  step('Conv', ['input', kernel, 'b4'], 'c', attributes),
  ...head('c', 4),
];
const one = (type: string, attributes: Written['attributes'] = {}, more: readonly string[] = []) => [
  step(type, ['input', ...more], 'a', attributes),
  ...head('a', 3),
];
const twice = [3, 3];

/** As PyTorch writes x.view(x.size(0), -1): the batch is read from the shape. */
const viewed = [
  step('MaxPool', ['input'], 'p', { kernel_shape: [2, 2], strides: [2, 2] }),
  step('Shape', ['p'], 'sizes'),
  step('Gather', ['sizes', 'first'], 'size', { axis: 0 }),
  step('Unsqueeze', ['size', 'axes'], 'sized'),
  step('Concat', ['sized', 'rest'], 'wanted', { axis: 0 }),
  step('Reshape', ['p', 'wanted'], 'flat'),
  step('MatMul', ['flat', 'matrix'], 'm'),
  step('Add', ['m', 'bias'], 's'),
  step('LogSoftmax', ['s'], 'output', { axis: 1 }),
];

const graphs: Readonly<Record<string, readonly Written[]>> = {
  'a convolution of stride 2 with padding on one side': conv('k4', { pads: [1, 0, 0, 2], strides: [2, 2] }),
  'an oblong kernel, dilated': conv('k5', { dilations: [1, 2], pads: [2, 2, 2, 2] }),
  'padding as TensorFlow counts it, above': conv('k2', { auto_pad: { text: 'SAME_UPPER' }, strides: [2, 2] }),
  'padding as TensorFlow counts it, below': conv('k2', { auto_pad: { text: 'SAME_LOWER' } }),
  'groups of channels': [
    step('Conv', ['input', 'grouped'], 'c', { group: 3, pads: [1, 1, 1, 1] }),
    ...head('c', 6),
  ],
  'max pooling over the edge': one('MaxPool', {
    kernel_shape: twice,
    strides: [2, 2],
    pads: [1, 1, 1, 1],
    ceil_mode: 1,
  }),
  'average pooling without its padding': one('AveragePool', {
    kernel_shape: twice,
    strides: [2, 2],
    pads: [1, 1, 1, 1],
  }),
  'average pooling with its padding': one('AveragePool', {
    ...{ kernel_shape: twice, strides: [2, 2], pads: [1, 1, 1, 1], count_include_pad: 1 },
  }),
  'average pooling over the edge': one('AveragePool', {
    kernel_shape: [2, 2],
    strides: [2, 2],
    ceil_mode: 1,
  }),
  'batch normalisation': one('BatchNormalization', { epsilon: { float: 1e-3 } }, [
    'scale',
    'shift',
    'mean',
    'variance',
  ]),
  LeakyRelu: one('LeakyRelu', { alpha: { float: 0.2 } }),
  Elu: one('Elu', {}),
  Sigmoid: one('Sigmoid'),
  Tanh: one('Tanh'),
  HardSigmoid: one('HardSigmoid'),
  HardSwish: one('HardSwish'),
  PRelu: one('PRelu', {}, ['slope']),
  Clip: one('Clip', {}, ['zero', 'six']),
  'arithmetic with rows that repeat': [
    step('Mul', ['input', 'row'], 'a1'),
    step('Sub', ['row', 'a1'], 'a2'),
    step('Div', ['a2', 'six'], 'a'),
    ...head('a', 3),
  ],
  'concatenation, padding, slices': [
    step('Conv', ['input', 'k4', 'b4'], 'c', { pads: [1, 1, 1, 1] }),
    step('Concat', ['c', 'input'], 'both', { axis: 1 }),
    step('Pad', ['both', 'pads', 'six'], 'padded'),
    step('Slice', ['padded', 'from', 'to', 'along'], 'cut'),
    ...head('cut', 7),
  ],
  'means over height and width': [
    step('ReduceMean', ['input'], 'flat', { axes: [2, 3], keepdims: 0 }),
    step('Gemm', ['flat', 'dense3', 'bias'], 'output', {
      transB: 1,
      alpha: { float: 0.5 },
      beta: { float: 2 },
    }),
  ],
  'channels turned last': [
    step('Transpose', ['input'], 't', { perm: [0, 2, 3, 1] }),
    step('Softmax', ['t'], 's', { axis: -1 }),
    step('Transpose', ['s'], 'b', { perm: [0, 3, 1, 2] }),
    ...head('b', 3),
  ],
  'a view by its size': viewed,
};
const shapes = [
  { name: 'first', shape: [], integers: [0] },
  ...[whole('axes', 0), whole('rest', -1), whole('pads', 0, 0, 1, 2, 0, 0, 0, 1)],
  ...[whole('from', 1, -4), whole('to', 100, -1), whole('along', 2, 3)],
  weights('matrix', 48, 5),
];

describe('our own operators answer as ONNX Runtime does', () => {
  const images = Uint8Array.from({ length: 4 * 216 }, (_, i) => (i * i * 31 + 7 * i) % 256);
  test.each(Object.entries(graphs))('%s', async (_, nodes) => {
    const read = new Set(nodes.flatMap(({ inputs }) => inputs));
    const used = [...constants, ...shapes].filter(({ name }) => read.has(name));
    const bytes = writeModel({ nodes, constants: used, input: ['n', 3, 9, 8], output: ['n', 5] });
    const model = unwrap(readOnnxModel(bytes));
    const plan = unwrap(planInput(model, facts));
    const own = unwrap(ownNetwork(model, plan, facts));
    expect(own?.runBy).toBe('page');
    const other = unwrap(await runtimeNetwork(bytes, model, plan, facts, load));
    const ours = unwrap(await answerImages(own!, plan, 'normal', facts, images, 4));
    const theirs = unwrap(await answerImages(other, plan, 'normal', facts, images, 4));
    other.dispose();
    expect(Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]!)))).toBeLessThan(1e-5);
    // Images differ, and so do answers.
    expect(new Set(ours).size).toBeGreaterThan(10);
    expect(other.cost.parameters).toBe(own!.cost.parameters);
  });
});

test('what neither runs says so, and what cannot be loaded too', async () => {
  const bytes = writeModel({
    nodes: [step('Frobnicate', ['input'], 'a'), ...head('a', 3)],
    constants: constants.filter(({ name }) => ['dense3', 'bias'].includes(name)),
    input: ['n', 3, 9, 8],
    output: ['n', 5],
  });
  const model = unwrap(readOnnxModel(bytes));
  const plan = unwrap(planInput(model, facts));
  expect(await runtimeNetwork(bytes, model, plan, facts, load)).toMatchObject({
    ok: false,
    reason: {
      code: 'not-runnable',
      operators: ['Frobnicate'],
      operatorSet: 17,
      detail: expect.stringContaining('Frobnicate') as string,
    },
  });
  const offline = () => Promise.reject(new TypeError('Failed to fetch'));
  expect(await runtimeNetwork(bytes, model, plan, facts, offline)).toEqual({
    ok: false,
    reason: { code: 'runtime-missing', operators: ['Frobnicate'] },
  });
});
