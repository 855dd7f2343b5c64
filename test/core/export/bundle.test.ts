import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundleFiles } from '../../../src/core/export/bundle.ts';
import { writeConfigJson } from '../../../src/core/export/config-json.ts';
import { describeNetwork, describedLines } from '../../../src/core/export/description.ts';
import { kerasCode } from '../../../src/core/export/keras-code.ts';
import { type CardFacts, modelCard } from '../../../src/core/export/model-card.ts';
import { writeOnnx } from '../../../src/core/export/onnx.ts';
import { exportedHeads } from '../../../src/core/export/per-head.ts';
import { predictPython } from '../../../src/core/export/predict-python.ts';
import { summaryOf } from '../../../src/core/export/preparation-words.ts';
import { pytorchCode } from '../../../src/core/export/pytorch-code.ts';
import { writeSafetensors } from '../../../src/core/export/safetensors.ts';
import { tfjsCode } from '../../../src/core/export/tfjs-code.ts';
import { writeTfjsLayers } from '../../../src/core/export/tfjs-layers.ts';
import { shippedIds } from '../../../src/core/search/recipe.ts';
import { catalog } from '../../../src/datasets/catalog.ts';
import { fittedPreparation, ownPreparation, preparationOf } from '../../../src/datasets/preparation.ts';
import { readOnnx } from './onnx-reader.ts';
import { everyKind, exported, secondHead } from './sample.ts';

const preparation = ownPreparation({
  width: 9,
  channels: 3,
  bits: 8,
  preparation: { fit: 'border', gain: 2 },
});
const network = { ...exported(everyKind()), preparation };
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('the description', () => {
  const wanted = JSON.parse(JSON.stringify(describeNetwork(network))) as unknown;

  it('is the same in every export', () => {
    const { metadata, docString } = readOnnx(writeOnnx(network));
    expect(JSON.parse(metadata.get('lemonade.description')!)).toEqual(wanted);
    expect(metadata.get('Image.BitmapPixelFormat')).toBe('Rgb8');
    expect(metadata.get('Image.NominalPixelRange')).toBe('NominalRange_0_255');
    expect(docString).toContain('values 0 to 255');
    const tensors = writeSafetensors(network);
    const length = Number(new DataView(tensors.buffer).getBigUint64(0, true));
    const header = JSON.parse(text(tensors.subarray(8, 8 + length))) as {
      __metadata__: Record<string, string>;
    };
    expect(JSON.parse(header.__metadata__['description']!)).toEqual(wanted);
    const model = JSON.parse(writeTfjsLayers(network).json) as {
      userDefinedMetadata: { description: unknown };
    };
    expect(model.userDefinedMetadata.description).toEqual(wanted);
    expect(JSON.parse(writeConfigJson(network))).toMatchObject({
      description: wanted,
      ...{ image_size: [9, 7], num_channels: 3, do_normalize: false, do_rescale: false },
      id2label: { 0: 'zero', 3: 'quote " and ünï' },
    });
  });

  it('stands in the code as comments, none of which breaks it', () => {
    for (const code of [kerasCode(network), pytorchCode(network), tfjsCode(network)])
      for (const line of describedLines(network)) expect(code).toContain(line);
    expect(
      tfjsCode(network)
        .split('\n')
        .slice(0, 9)
        .every((line) => line.startsWith('//')),
    ).toBe(true);
  });

  it('says every step of every set, and that a preparation is not known', () => {
    for (const id of shippedIds) {
      const steps = preparationOf(catalog[id]);
      const { preparationInWords } = describeNetwork({ ...network, preparation: steps });
      expect(preparationInWords).toHaveLength(steps.steps.length + 1);
      expect(preparationInWords.join(' ')).not.toMatch(/undefined|NaN|object/);
    }
    const { preparation: _, ...unknown } = network;
    expect(describeNetwork(unknown)).toMatchObject({ preparation: null, preparationInWords: [] });
    expect(describedLines(unknown).join(' ')).toContain('not known');
  });

  it('sums up ground, crop and inversion', () => {
    expect(summaryOf(preparationOf(catalog.mnist))).toEqual({
      ...{ laidOn: 'white', crop: 'content', ground: 'black', inversion: 'light-on-black', levels: 16 },
    });
    expect(summaryOf(preparation)).toMatchObject({ crop: 'none', ground: 'border', inversion: 'none' });
  });

  it('says which of two heads it is', () => {
    const heads = exportedHeads(exported(everyKind(2)), secondHead);
    expect(heads.map((head) => describeNetwork(head).head)).toEqual([
      { number: 1, of: 2 },
      { number: 2, of: 2 },
    ]);
  });
});

describe('the bundle', () => {
  const dataset = { ...catalog.mnist, id: 'mnist', own: false };
  const facts: CardFacts = {
    heads: [
      { dataset, validationError: 0.1, testError: 0.125 },
      {
        dataset: { ...dataset, id: 'own-1', own: true, title: 'My | <b>' },
        validationError: null,
        testError: null,
      },
    ],
    lineage: [
      { id: 1, operators: [], parameters: 900, error: 0.5 },
      { id: 4, operators: ['deepen', 'widen'], parameters: 1900, error: 0.1 },
    ],
    ...{ ownImages: 600, inheritedImages: 14_000, seed: 7, strategy: 'lemonade' },
    recipeLink: 'https://example.org/#dataset=mnist&seed=7',
  };
  const files = bundleFiles(network, facts);

  it('holds the model, labels, a program and a card that names each file', () => {
    const names = Object.keys(files);
    expect(names).toEqual(expect.arrayContaining(['network.onnx', 'labels.txt', 'predict.py', 'README.md']));
    const card = text(files['README.md']!);
    for (const name of names) if (name !== 'README.md') expect(card).toContain(`- \`${name}\`:`);
    expect(text(files['labels.txt']!).trimEnd().split('\n')).toEqual(network.classes);
  });

  it('its card has the metadata of the Hub, growth, errors, seed and link', () => {
    const card = modelCard(network, facts, 0, Object.keys(files));
    const [, front, body] = card.split(/^---$/m);
    expect(front).toContain('license: cc-by-sa-3.0\n');
    expect(front).toContain('datasets:\n- ylecun/mnist\n');
    expect(front).toContain('value: 0.875\n');
    for (const said of ['12.50 %', '10.00 %', 'deepen, then widen', 'Seed 7', facts.recipeLink, '14,000'])
      expect(body).toContain(said);
    expect(card).not.toMatch(/undefined|NaN|\[object/);
  });

  it('its card claims no licence for own pictures, and shows their names as text', () => {
    const card = modelCard(network, facts, 1, []);
    expect(card).toContain('license: other\nlicense_name: "own-pictures"');
    expect(card).not.toContain('<b>');
    expect(card).not.toContain('ylecun');
    expect(card).toContain('not measured');
  });

  it('every licence of a shipped set is one that the Hub knows, or other with its name', () => {
    for (const id of shippedIds) {
      const own = { dataset: { ...catalog[id], id, own: false }, validationError: null, testError: null };
      const card = modelCard(network, { ...facts, heads: [own] }, 0, []);
      expect(card).toMatch(/^license: (mit|cc-by-sa-3\.0|cc-by-4\.0)$|^license: other\nlicense_name: "/m);
      if (id !== 'emoji') expect(card).not.toContain('license: other');
    }
  });

  it('predict.py knows every step that there is', () => {
    const source = readFileSync('src/core/export/preparation.ts', 'utf8');
    const kinds = [...source.matchAll(/readonly do: '([a-z-]+)'/g)].map(([, kind]) => kind);
    expect(kinds.length).toBeGreaterThan(14);
    for (const kind of kinds) expect(predictPython).toContain(`"${kind}"`);
    expect(fittedPreparation(catalog.digits, catalog.fashion).steps.map((step) => step.do)).toContain(
      'levels',
    );
  });
});
