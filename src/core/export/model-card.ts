import { describe as describeArchitecture } from '../architecture/describe.ts';
import { describedLines, describeNetwork } from './description.ts';
import { sizeSentence } from './code-lines.ts';
import type { ExportedNetwork } from './portable.ts';

/** What a head learned from. */
export interface CardDataset {
  /** Id in the recipe, for example 'fashion'. */
  readonly id: string;
  readonly title: string;
  /** Made by the user, of pictures that are in no exported file. */
  readonly own: boolean;
  readonly source: string;
  readonly licence: string;
  readonly attribution: string;
  readonly trainCount: number;
  readonly testCount: number;
}

/** A head's data set and errors: shares, null where they were not measured. */
export interface CardHead {
  readonly dataset: CardDataset;
  readonly validationError: number | null;
  readonly testError: number | null;
}

/** One network of the line from the starting network down to the exported one. */
export interface CardAncestor {
  readonly id: number;
  /** Operators that made it of the one before; none for a starting network, or one that was trained on. */
  readonly operators: readonly string[];
  readonly parameters: number | null;
  readonly error: number | null;
}

/** What a model card says besides the network itself. */
export interface CardFacts {
  readonly heads: readonly CardHead[];
  readonly lineage: readonly CardAncestor[];
  readonly ownImages: number;
  readonly inheritedImages: number;
  readonly seed: number;
  readonly strategy: string;
  /** Address that opens the same search. */
  readonly recipeLink: string;
}

/** Identifiers that the Hub knows of the licences of the shipped sets. */
const hubLicences: readonly (readonly [RegExp, string])[] = [
  [/^MIT$/, 'mit'],
  [/^CC BY-SA 3\.0$/, 'cc-by-sa-3.0'],
  [/^CC BY 4\.0( \(UCI\).*)?$/, 'cc-by-4.0'],
];
const hubDatasets: Readonly<Record<string, string>> = {
  mnist: 'ylecun/mnist',
  fashion: 'zalando-datasets/fashion_mnist',
};

const hubLicence = (licence: string): string =>
  hubLicences.find(([pattern]) => pattern.test(licence))?.[1] ?? 'other';

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const known = (share: number | null): string => (share === null ? 'not measured' : percent(share));
const commas = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
/** Text of a user's as Markdown shows it, on one line. */
const plain = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|]/g, (letter) => `\\${letter}`);
/** A YAML string: JSON is one. */
const yaml = (text: string): string => JSON.stringify(text);

function frontMatter(network: ExportedNetwork, { dataset, validationError, testError }: CardHead): string {
  const licence = dataset.own ? 'other' : hubLicence(dataset.licence);
  const hub = hubDatasets[dataset.id];
  const [error, split] = testError !== null ? [testError, 'test'] : [validationError, 'validation'];
  const result =
    error === null
      ? []
      : [
          'model-index:',
          `- name: ${yaml(network.name)}`,
          '  results:',
          '  - task:',
          '      type: image-classification',
          '    dataset:',
          `      name: ${yaml(dataset.title)}`,
          `      type: ${yaml(hub ?? dataset.id)}`,
          `      split: ${split}`,
          '    metrics:',
          '    - type: accuracy',
          `      value: ${Number((1 - error).toFixed(6))}`,
        ];
  return [
    '---',
    `license: ${licence}`,
    ...(licence === 'other' ? [`license_name: ${yaml(dataset.own ? 'own-pictures' : dataset.licence)}`] : []),
    'library_name: onnx',
    'pipeline_tag: image-classification',
    'tags:',
    ...['image-classification', 'onnx', 'neural-architecture-search', 'lemonade', 'tiny'].map(
      (tag) => `- ${tag}`,
    ),
    ...(hub ? ['datasets:', `- ${hub}`] : []),
    'metrics:',
    '- accuracy',
    ...result,
    '---',
  ].join('\n');
}

/** What each file of the bundle is for; files that are not in it are not named. */
const fileWords: Readonly<Record<string, string>> = {
  'network.onnx': 'the network with its weights: pixel values 0 to 255 in, probabilities out',
  'network.safetensors': 'the same weights as named tensors',
  'config.json': 'the graph, the classes, and how a picture becomes an input',
  'labels.txt': "the classes, one a line, in the order of the network's answers",
  'predict.py': '`python3 predict.py photo.jpg` (numpy, Pillow, onnxruntime or OpenCV)',
  'predict.mjs': '`node predict.mjs photo.png`, or imported by a page',
};

function growth({ lineage, ownImages, inheritedImages, strategy }: CardFacts): string {
  const lines = lineage.map(({ id, operators, parameters, error }, index) => {
    const made =
      index === 0 ? 'starting network' : operators.length === 0 ? 'trained on' : operators.join(', then ');
    const size = parameters === null ? [] : [`${commas(parameters)} parameters`];
    const wrong = error === null ? [] : [`validation error ${percent(error)}`];
    return `${index + 1}. Network ${id}: ${[made, ...size, ...wrong].join('; ')}`;
  });
  return [
    `It was found by a search (strategy \`${strategy}\`), not drawn by hand. Its line:`,
    '',
    ...lines,
    '',
    `It saw ${commas(ownImages)} images in its own training, and its ancestors ${commas(inheritedImages)} whose weights it inherited.`,
  ].join('\n');
}

function data({ dataset }: CardHead): string {
  if (dataset.own)
    return `${plain(dataset.title)}: pictures of the author's own (${commas(dataset.trainCount)} to learn from, ${commas(dataset.testCount)} to test by). They are not in this folder, and their licence is the author's to state.`;
  return [
    `${plain(dataset.title)}: ${commas(dataset.trainCount)} images to learn from, ${commas(dataset.testCount)} to test by.`,
    `- Licence: ${plain(dataset.licence)}`,
    `- Attribution: ${plain(dataset.attribution)}`,
    `- Source: ${dataset.source}`,
  ].join('\n');
}

/**
 * README.md of a bundle, a model card in the format of the Hugging Face Hub: metadata as YAML, then what the network is
 * for, how it grew, its data, errors and limits. `head` counts from 0; `files` are the names beside it.
 */
export function modelCard(
  network: ExportedNetwork,
  facts: CardFacts,
  head: number,
  files: readonly string[],
): string {
  const own = facts.heads[head]!;
  const { input, preparation } = describeNetwork(network);
  return `${frontMatter(network, own)}

# ${plain(network.name)}

A small network that tells ${network.classes.length} classes apart: ${network.classes.map(plain).join(', ')}.
${sizeSentence(network.architecture)}. Grown by LEMONADE (Elsken, Metzen, Hutter 2019, arXiv:1804.09081) in a browser.

## Files

${files.flatMap((name) => (fileWords[name] ? [`- \`${name}\`: ${fileWords[name]}`] : [])).join('\n')}

## Errors

| images | error |
| --- | --- |
| validation, by which the search chose | ${known(own.validationError)} |
| official test part, which no search saw | ${known(own.testError)} |

The validation error is a little too good: the search chose among many networks by it.

## Its input

${describedLines(network, 1000).join('\n')}

## How it grew

${growth(facts)}

Seed ${facts.seed}. The same search: <${facts.recipeLink}>

Architecture: \`${describeArchitecture(network.architecture)}\`

## Data

${data(own)}

## Intended use and limits

For learning, teaching and small devices. It knows only the classes above and always names one of them, also for pictures of anything else.${
    preparation?.summary.inversion === 'light-on-black'
      ? ' It wants one thing, well apart from an even ground.'
      : ''
  } Pictures unlike those of its data set are often read wrongly, and ${input.width} x ${input.height} pixels show little. Not for decisions about people.
`;
}
