import { describe, expect, test } from 'vitest';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import { trivialNetworks } from '../../../src/core/architecture/starting-networks.ts';
import { parseArchitecture } from '../../../src/core/architecture/schema.ts';
import { layoutOf } from '../../../src/core/architecture/weights.ts';
import { kerasCode } from '../../../src/core/export/keras-code.ts';
import { writeOnnx } from '../../../src/core/export/onnx.ts';
import { describedHeads, exportedHeads } from '../../../src/core/export/per-head.ts';
import { identifiersOf, tensorsByNode, transpose, utf8 } from '../../../src/core/export/portable.ts';
import { pytorchCode } from '../../../src/core/export/pytorch-code.ts';
import { writeConfigJson } from '../../../src/core/export/config-json.ts';
import { writeSafetensors } from '../../../src/core/export/safetensors.ts';
import { tfjsCode } from '../../../src/core/export/tfjs-code.ts';
import { writeTfjsLayers } from '../../../src/core/export/tfjs-layers.ts';
import { readOnnx } from './onnx-reader.ts';
import { everyKind, exported, randomPixels, referenceProbabilities, secondHead } from './sample.ts';

interface TfjsJson {
  readonly modelTopology: {
    readonly config: { readonly layers: readonly { readonly name: string; readonly config: object }[] };
  };
}

describe('safetensors', () => {
  test('holds every tensor of the network, bit for bit', () => {
    const network = exported(everyKind());
    const bytes = writeSafetensors(network);
    const view = new DataView(bytes.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
      string,
      { dtype: string; shape: number[]; data_offsets: [number, number] }
    > & { __metadata__: Record<string, string> };
    const names = identifiersOf(network.architecture);
    let end = 0;
    for (const [node, tensors] of tensorsByNode(network)) {
      for (const [name, { shape, values }] of tensors) {
        const entry = header[`${names.get(node)!}.${name}`]!;
        expect(entry.dtype).toBe('F32');
        expect(entry.shape).toEqual(shape);
        expect(entry.data_offsets[0]).toBe(end);
        end = entry.data_offsets[1];
        const from = 8 + length + entry.data_offsets[0];
        values.forEach((value, i) => expect(view.getFloat32(from + 4 * i, true)).toBe(value));
      }
    }
    expect(8 + length + end).toBe(bytes.length);
    expect(JSON.parse(header.__metadata__['classes']!)).toEqual(network.classes);
  });

  test('the JSON beside it holds an architecture that parses', () => {
    const network = exported(everyKind());
    const { graph } = JSON.parse(writeConfigJson(network)) as { graph: { nodes: { name?: string }[] } };
    const parsed = parseArchitecture({ nodes: graph.nodes.map(({ name: _, ...node }) => node) });
    expect(parsed).toEqual({ ok: true, value: network.architecture });
  });
});

describe('ONNX', () => {
  test('decodes, every edge leads to something, and it answers as the network does', () => {
    const network = exported(everyKind(2));
    const pixels = randomPixels(network.architecture, 2);
    const first = transpose(pixels, [2, 9, 7, 3], [0, 3, 1, 2]);
    for (const [task, head] of exportedHeads(network, secondHead).entries()) {
      const model = readOnnx(writeOnnx(head));
      expect(model).toMatchObject({ irVersion: 7, opset: 13, inputs: ['images'] });
      expect(model.outputs).toEqual(['probabilities']);
      const results = model.run({ shape: [2, 3, 9, 7], values: Float64Array.from(first.values) });
      const facts = task === 0 ? network : secondHead;
      const expected = referenceProbabilities({ ...network, ...facts }, pixels, task).flat();
      const got = [...results.get('probabilities')!.values];
      expect(got).toHaveLength(expected.length);
      expect(Math.max(...got.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-6);
    }
  });
});

describe('an addition that lets one input through alone', () => {
  const inner = everyKind();
  const at = layoutOf(inner).slots.find(({ name }) => name === 'lambda')!.offset;
  const withLambda = (lambda: number) => {
    const network = exported(inner);
    network.weights[at] = lambda;
    return network;
  };

  test.each([
    [1, 1],
    [1.4, 1],
    [0, 0],
    [-0.2, 0],
  ])('at lambda %f is no operation in ONNX, and the answers stay', (raw) => {
    const network = withLambda(raw);
    const model = readOnnx(writeOnnx(network));
    const types = model.operations.map(({ type }) => type);
    expect(types.filter((type) => type === 'Mul' || type === 'Add')).toEqual([]);
    // At 0 the block that the skip passes by is left out too.
    expect(types.filter((type) => type === 'Relu')).toHaveLength(raw > 0.5 ? 4 : 3);
    const pixels = randomPixels(inner, 1);
    const { values } = transpose(pixels, [1, 9, 7, 3], [0, 3, 1, 2]);
    const results = model.run({ shape: [1, 3, 9, 7], values: Float64Array.from(values) });
    const expected = referenceProbabilities(network, pixels).flat();
    const got = [...results.get('probabilities')!.values];
    expect(Math.max(...got.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-6);
  });
});

describe('names', () => {
  test('are words of no language, nor those of another node or its parts', () => {
    const graph = buildArchitecture({ height: 9, width: 7, channels: 3 });
    const ids = [
      'class',
      'images',
      '1',
      '1_bn',
      '1/bn',
      '1_conv',
      'mean',
      'keras',
      'lambda',
      'pixels',
      'block_1',
    ];
    let last = graph.input;
    for (const id of ids) last = graph.conv(last, 3, 3, id);
    last = graph.maxPool(last, 'import');
    graph.head(last, 2, 0, 'while');
    const renamed = graph.build();
    const names = [...identifiersOf(renamed).values()];
    const layers = (JSON.parse(writeTfjsLayers(exported(renamed)).json) as TfjsJson).modelTopology.config
      .layers;
    const all = layers.map(({ name }) => name);
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(names).size).toBe(names.length);
    for (const word of ['class', 'import', 'while', 'images', 'keras', 'lambda'])
      expect(names).not.toContain(word);
    const tensors = [...tensorsByNode(exported(renamed))].flatMap(([node, own]) =>
      [...own.keys()].map((part) => `${identifiersOf(renamed).get(node)}_${part}`),
    );
    expect(names.filter((name) => tensors.includes(name))).toEqual([]);
  });
});

test('without mean and deviation for every channel nothing is written', () => {
  const network = exported(everyKind());
  for (const wrong of [
    { mean: [] },
    { deviation: [0.2, 0.25] },
    { deviation: [0.2, 0, 0.3] },
    { mean: [Number.NaN, 0, 0] },
  ])
    for (const write of [writeOnnx, writeSafetensors, writeTfjsLayers, kerasCode, pytorchCode, tfjsCode])
      expect(() => write({ ...network, ...wrong })).toThrow(RangeError);
});

test('Keras and TensorFlow.js read what is written: an input without `trainable`, a momentum, a registered layer', () => {
  const network = exported(everyKind());
  const { layers } = (JSON.parse(writeTfjsLayers(network).json) as TfjsJson).modelTopology.config;
  expect(layers[0]!.config).not.toHaveProperty('trainable');
  expect(layers[1]!.config).toHaveProperty('trainable', false);
  expect(kerasCode(network)).toContain('@keras.saving.register_keras_serializable');
  expect(kerasCode(network)).toContain('momentum=0.9');
  expect(tfjsCode(network)).toContain('momentum: 0.9');
});

describe('readable code', () => {
  test.each([
    ['Keras', kerasCode],
    ['PyTorch', pytorchCode],
  ])('%s names every node before it is read, and only writes the helpers it needs', (_, generate) => {
    for (const architecture of [
      everyKind(),
      ...trivialNetworks({ height: 28, width: 28, channels: 1 }, 10),
    ]) {
      const code = generate(exported(architecture));
      for (const name of identifiersOf(architecture).values()) expect(code).toContain(`${name} = `);
      const has = (kind: string) => architecture.nodes.some((node) => node.kind === kind);
      expect(code.includes('def sep_block')).toBe(has('sepConv'));
      expect(code.includes('class Blend')).toBe(has('add'));
      expect(code).not.toMatch(/undefined|NaN|\[object/);
      expect(Math.max(...code.split('\n').map((line) => line.length))).toBeLessThan(140);
    }
  });
});

describe('a network of two heads', () => {
  const network = exported(everyKind(2));

  test('is refused by every writer', () => {
    for (const write of [writeOnnx, writeSafetensors, writeTfjsLayers, kerasCode, pytorchCode, tfjsCode])
      expect(() => write(network)).toThrow(RangeError);
  });

  test('is one network a head, each with its classes', () => {
    const heads = describedHeads(network, secondHead);
    expect(heads.map(({ name }) => name)).toEqual([
      'LEMONADE network 7, head 1 of 2',
      'LEMONADE network 7, head 2 of 2',
    ]);
    expect(heads.map(({ classes }) => classes)).toEqual([network.classes, secondHead.classes]);
    for (const { architecture } of heads) expect(parseArchitecture(architecture).ok).toBe(true);
    expect(kerasCode(heads[1]!)).toContain('"left"');
    expect(kerasCode(heads[1]!)).not.toContain('"zero"');
  });

  test('is its first head where nothing is known of the second, and itself where there is none', () => {
    expect(exportedHeads(network, null)).toHaveLength(1);
    const single = exported(everyKind());
    expect(exportedHeads(single, null)).toEqual([single]);
  });
});

test('transpose moves every element to its place', () => {
  const values = Float32Array.from({ length: 24 }, (_, i) => i);
  const turned = transpose(values, [2, 3, 4], [2, 0, 1]);
  expect(turned.shape).toEqual([4, 2, 3]);
  for (let a = 0; a < 2; a++)
    for (let b = 0; b < 3; b++)
      for (let c = 0; c < 4; c++)
        expect(turned.values[(c * 2 + a) * 3 + b]).toBe(values[(a * 3 + b) * 4 + c]);
});

test('utf8 agrees with the platform', () => {
  for (const text of ['plain', 'ünï', '日本', '🍋 \u{10ffff}'])
    expect([...utf8(text)]).toEqual([...new TextEncoder().encode(text)]);
});
