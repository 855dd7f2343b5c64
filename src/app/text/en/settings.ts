import type { StrategyKey } from '../../../core/search/recipe.ts';
import { plural } from './plurals.ts';

/** Search methods. */
export const strategyTitles: Readonly<Record<StrategyKey, string>> = {
  lemonade: 'LEMONADE',
  'lemonade-paper': 'LEMONADE as published',
  'lemonade-no-anm': 'LEMONADE without shrinking',
  'lemonade-no-inheritance': 'LEMONADE without inheritance',
  'lemonade-uniform': 'LEMONADE with even sampling',
  nsga2: 'NSGA-II',
  'nsga2-inherit': 'NSGA-II, inheriting',
  aging: 'Aging evolution',
  'aging-inherit': 'Aging evolution, inheriting',
  random: 'Random search',
  nash: 'NASH hill climbing',
  'one-shot': 'One-shot, a path a batch',
  'dpp-net': 'DPP-Net, cell by cell',
  'starts-only': 'Starting networks only',
  grid: 'Grid of sizes',
  vgg: 'Plain VGG-like family',
  mobilenet: 'MobileNetV2-like family',
};

/** Where each comes from, and what of it is ours. */
export const strategySources: Readonly<Record<StrategyKey, string>> = {
  lemonade: 'Elsken, Metzen, Hutter 2019',
  'lemonade-paper': 'Elsken, Metzen, Hutter 2019, without what is ours',
  'lemonade-no-anm': 'ablation of Elsken, Metzen, Hutter 2019: no approximate morphisms',
  'lemonade-no-inheritance': 'ablation of Elsken, Metzen, Hutter 2019: children start from scratch',
  'lemonade-uniform': 'ablation of Elsken, Metzen, Hutter 2019: uniform sampling',
  nsga2: 'Deb et al. 2002; mutation only (ours)',
  'nsga2-inherit': 'Deb et al. 2002; mutation only, children start from their parent’s weights (ours)',
  aging: 'Real et al. 2019, "Regularized evolution"; scalarised per tournament (ours)',
  'aging-inherit': 'Real et al. 2019; children start from their parent’s weights (ours)',
  random: 'the same operators and starting networks, no selection (ours)',
  nash: 'Elsken, Metzen, Hutter 2017; the current best is not trained further (ours)',
  'one-shot':
    'Guo et al. 2019; two supernets of 256 paths, NSGA-II over shared weights, the front trained on (ours)',
  'dpp-net': 'Dong et al. 2018; cells grow a block a step, an LSTM ranks them; blocks and sizes ours',
  'starts-only': 'the starting networks share the whole budget; no search (ours)',
  grid: 'networks of the starting networks’ kinds, evenly spread in log size; no search (ours)',
  vgg: 'by hand, after Simonyan and Zisserman 2015; five widths (ours)',
  mobilenet: 'by hand, after Sandler et al. 2018, as near as this graph language comes; five widths (ours)',
};

/** The English words of the settings; fetched with it, not with the first page. */
export const settings = {
  title: 'Settings',
  close: 'Close settings',
  presets: 'Presets',
  presetHelp: {
    quick: 'a first front, the shortest',
    class: 'for a lesson, more generations',
    long: 'for a break, bigger networks',
  },
  about: (time: string) => `about ${time}`,
  estimate: (time: string) => `About ${time} on this device, from a short measurement.`,
  noEstimate: 'The time is known once this device was measured.',
  measuring: 'Measuring this device…',
  speed: (images: string, workers: number) =>
    `${images} images a second with a small network, ${plural(workers, '1 trainer', `${workers} trainers`)}`,
  restart: 'A change lays out a new run; the present one is set aside and kept.',
  locked: 'These are the settings of the file that is shown. Change one to lay out a run of your own.',
  ours: 'Values are our own choices for a browser, not those of the paper, unless it says so.',
  reset: 'Back to the preset',
  targets: 'For a microcontroller',
  targetsHelp:
    'Sets the most parameters, multiply-adds and RAM below so that children of this search fit in int8. Starting networks are not limited; Export says of each network whether it fits.',
  groups: {
    task: 'What is learned',
    search: 'The search',
    training: 'Training of each network',
    limits: 'Limits',
    machine: 'This computer',
  },
  fields: {
    dataset: ['Data set', 'The images that every network learns.'],
    secondDataset: [
      'Second data set',
      'Its error becomes an objective of its own: every network then answers for both data sets.',
    ],
    seed: ['Seed', 'The same seed gives the same run on the same backend.'],
    strategy: [
      'Method',
      'LEMONADE, the same as published, an ablation, a rival, or no search at all: fixed networks that share the same images.',
    ],
    space: ['Space', 'Whole network: any block may change. Cell: one cell is changed and stacked.'],
    objectives: ['Objectives', 'All are made as small as possible. Two to five, one of them an error.'],
    generations: ['Generations', 'The run stops itself after so many.'],
    proposals: ['Children proposed', 'Per generation, without any training.'],
    accepted: ['Children trained', 'Per generation, drawn from those proposed, rare sizes likelier.'],
    overlap: [
      'Generations that overlap',
      '1: the next generation begins to train while the last children of this one still do, for many trainers or devices. Its parents are then those of one generation earlier.',
    ],
    starts: [
      'Starting networks',
      'Four with one block between poolings, as in the paper, or three that begin deeper and are trained longer.',
    ],
    chain: ['Changes per child', 'Operators between parent and child, at most. The paper used 3.'],
    density: [
      'Rarity',
      'What counts as a rare size: as the density says, or with related costs taken together and outliers held back.',
    ],
    bandwidth: ['Smoothness of rarity', 'Times Scott’s rule: lower tells neighbouring sizes apart.'],
    imagesPerChild: ['Images per child', 'Images each child sees in its own training; it inherits the rest.'],
    imagesPerSeed: ['Images per starting network', 'These have no parent to inherit from.'],
    imagesFinal: [
      'Images for the last generation',
      'Networks of the front and new children share them, where the front is expected to gain most; 0 for none.',
    ],
    finalists: [
      'Networks of the last generation',
      'At most. Who has most to win for the front gets most images.',
    ],
    imagesDistilled: [
      'Images for distillation',
      'After remove, prune and separate, the changed layers learn from the parent.',
    ],
    batch: ['Batch', 'Images per training step. The paper used 64.'],
    rate: ['Peak learning rate', 'Rises first, then falls to 0.'],
    decay: [
      'Fall of the learning rate',
      'Once over the whole search, so that a line is never started anew, or for every network by a cosine, as in the paper.',
    ],
    averaging: [
      'Averaged weights',
      'Networks are judged by the average of their last weights, over one in so many of all their images; 0 for none.',
    ],
    weightDecay: ['Weight decay', 'Pulls the kernels towards 0. The paper used 0.0005.'],
    augment: ['Changed images', 'Shifted by up to two pixels, mirrored where that keeps the class.'],
    minParameters: ['Fewest parameters', 'Smaller children are put aside before training.'],
    maxParameters: ['Most parameters', 'Bigger children are put aside before training.'],
    maxMultiplyAdds: ['Most multiply-adds', 'Costlier children are put aside before training.'],
    maxDeviceBytes: [
      'Most RAM in int8',
      'Bytes on a microcontroller; children that take more are put aside before training. 0 for no limit.',
    ],
    maxSeconds: ['Most seconds', 'Stops at the end of the generation; 0 for no limit.'],
    backend: ['Backend', 'Automatic takes the fastest that passes its self-test.'],
    workers: ['Trainers', 'Networks trained side by side; 0 for what suits this device.'],
  } as const satisfies Record<string, readonly [string, string]>,
  options: {
    ...strategyTitles,
    trivial: 'four simple ones',
    deep: 'three deeper ones',
    search: 'once over the search',
    plain: 'density as it is',
    whitened: 'related costs together',
    network: 'Whole network',
    cell: 'Cell',
    none: 'none',
    shift: 'shifted',
    'shift-flip': 'shifted and mirrored',
    auto: 'Automatic',
    webgpu: 'WebGPU',
    webgl: 'WebGL',
    wasm: 'Processor (WASM)',
    cpu: 'Processor (JavaScript, slow)',
    '': 'none',
  } as Readonly<Record<string, string>>,
  decayEach: 'for every network',
  facts: 'About this data set',
  images: (train: string, test: string, size: string, classes: number) =>
    `${train} images to learn from, ${test} kept apart for the end, ${size}, ${classes} classes.`,
  pixels: (size: string, colour: boolean) => `${size}, ${colour ? 'colour' : 'grey'}`,
  classes: 'Classes',
  source: 'Source',
  licence: 'Licence',
  attribution: 'Attribution',
  split: (images: string, points: string) =>
    `A fifth of the images to learn from, at most ${images}, is the validation set, which drives the search: one of them is ${points} points of error. The test images are never seen by it.`,
  coarse: (images: string, points: string) =>
    `Few images: errors are counted on at most ${images}, in steps of ${points} points. Smaller differences mean nothing.`,
  backendFacts: 'Backend',
  adapter: (adapter: string) => adapter || 'no name given',
  selfTest: (passed: boolean, difference: string) =>
    `Self-test ${passed ? 'passed' : 'failed'}, largest difference ${difference}`,
  passedOver: (kind: string, reason: string) => `${kind} was not taken: ${reason}`,
};
