import type { DatasetId } from '../../../core/search/recipe.ts';
import { plural } from './plurals.ts';

/** The run's screen: loop, trade-off, strip and the card at its end. */

export const operators = {
  deepen: 'deepen',
  widen: 'widen',
  skip: 'skip',
  remove: 'remove',
  prune: 'prune',
  separate: 'separate',
};

/** Class names of the shipped data sets; those of the catalog, which are English, where a set is not named here. */
export const classNames: Readonly<Partial<Record<DatasetId, readonly string[]>>> = {};

export const loop = {
  title: 'The loop',
  generation: (generation: number) => `generation ${generation}`,
  starting: 'starting networks',
  steps: { propose: 'Propose', sift: 'Choose', train: 'Train', compete: 'Compete' },
  empty: {
    propose: 'Parents are drawn and changed by one to three operators. Nothing is trained yet.',
    sift: 'A few of the children are drawn, those of rare sizes more likely.',
    train: 'Only the drawn ones are trained, each from its parent’s weights.',
    compete: 'What is neither smaller nor more accurate than another drops out.',
  },
  proposed: (children: number, parents: number) =>
    `${children} ${plural(children, 'child', 'children')} of ${parents} ${plural(parents, 'parent', 'parents')}`,
  finishing: (networks: number) => `the last: ${networks} of the front, trained on as they are`,
  shared: 'Not by chance: those with most to win for the front are trained, on most images.',
  allTrained: 'Nothing is drawn: all are trained, those with most to win for the front on most images.',
  /** How even a draw was: a draw among so many of equal chances would be as even. */
  asEven: (effective: number, of: number) => `drawn as evenly as among ${Math.round(effective)} of ${of}`,
  noChildren: 'children come after the starting networks',
  draw: (accepted: number) => `draw ${accepted}, rare sizes likelier`,
  drawUniform: (accepted: number) => `draw ${accepted}, evenly`,
  uniform: 'too few sizes for a density, drawn evenly',
  notDrawn: (count: number) => `${count} not drawn`,
  aside: (count: number) => `${count} put aside`,
  seen: (count: number) => `${count} seen before`,
  outside: (count: number) => `${count} too small or too large`,
  noSite: (count: number) => `${count} where the change does not fit`,
  training: (done: number, running: number) =>
    running > 0 ? `${done} done, ${running} in training` : `${done} done`,
  waiting: 'nothing in training',
  compete: (front: number, toCome: number) =>
    toCome > 0 ? `${front} on the front, ${toCome} to come` : `${front} on the front`,
  joined: 'joined',
  left: 'left',
  dominated: 'dominated',
  nobody: 'no change on the front',
  countOf: (count: number) => String(count),
  more: (count: number) => `and ${count} more`,
  phone: {
    propose: (count: number) => String(count),
    sift: (count: number) => `keep ${count}`,
    train: (done: number, all: number) => `${done} of ${all}`,
    compete: (count: number) => `${count} joined`,
  },
  narrate: {
    started: 'The run begins with a few tiny networks.',
    seeded: (id: number, size: string) => `#${id} is a starting network with ${size} parameters.`,
    generation: (generation: number) =>
      `Generation ${generation}: parents are drawn, those of rare sizes more often.`,
    uniform: (generation: number) =>
      `Generation ${generation}: parents are drawn evenly, there are too few sizes.`,
    finish: (generation: number) =>
      `Generation ${generation}, the last: networks of the front are trained on as they are.`,
    trainedOn: (parent: number) => `#${parent} is to be trained on, unchanged.`,
    candidate: (parent: number, operators: string) =>
      `A child of #${parent}: ${operators}. It is not trained yet.`,
    rejected: (parent: number, reason: string) => `A child of #${parent} is put aside: ${reason}.`,
    given: (id: number, images: string) => `#${id} gets ${images} of the last images.`,
    accepted: (id: number, share: string) => `#${id} is drawn; its share of the draw was ${share}.`,
    progress: (id: number, images: string) => `#${id} is in training, ${images} images seen.`,
    trainedBy: (device: string) => `${/^\d+$/.test(device) ? `Device ${device}` : device} trained it.`,
    evaluated: (id: number, error: string, size: string) =>
      `#${id} has ${error} error with ${size} parameters.`,
    failed: (id: number) => `#${id} diverged and was dropped.`,
    competed: (joined: string, hypervolume: string) => `${joined}. The lemon area is ${hypervolume}.`,
    joined: (ids: string) => `${ids} joined the front`,
    nobody: 'Nobody joined the front',
    finished: 'The run is finished.',
  },
  rejections: {
    'no-legal-site': 'the change fits nowhere in the parent',
    duplicate: 'the same network was seen before',
    'too-few-parameters': 'fewer parameters than the floor',
    'too-many-parameters': 'more parameters than the limit',
    'too-many-multiply-adds': 'more multiply-adds than the limit',
    'too-much-device-memory': 'more RAM on a microcontroller than the limit',
    'not-measured': 'its inference time could not be measured',
  },
};

export const tradeOff = {
  title: 'Trade-off',
  counts: (front: number, trained: string) =>
    `${front} of ${trained} trained networks ${plural(front, 'is the best of its size', 'are the best of their size')}`,
  short: (front: number, trained: string) => `${front} of ${trained} best of their size`,
  /** Before the first generation is over there is no front. */
  starting: (trained: string) =>
    trained === '0' ? 'no network is trained yet' : `starting networks, ${trained} trained`,
  yAxis: 'Vertical axis',
  xAxis: 'Horizontal axis',
  by: 'by',
  zoom: 'Zoom in',
  zoomHelp: 'Only where the front is, on an even scale',
  maximise: 'Maximise',
  minimise: 'Minimise',
  legend: {
    front: 'the front: best of their size',
    inView: 'on the front in this view',
    hidden: 'through another objective',
    dominated: 'beaten',
    training: 'in training',
    justTrained: 'just trained',
    handMade: 'hand-made',
    selected: 'selected',
    random: 'random search',
    own: 'your own',
  },
  grain: (points: string) => `one validation image is ${points} points of error`,
  emptyTitle: 'No network is trained yet',
  empty: 'The starting networks come first. Their sizes are known, their errors are not.',
  pass: (pass: number, all: number) => `${pass} of ${all} front networks pass the filter`,
};

export const strip = {
  tabs: { tree: 'Tree', hypervolume: 'Lemon area', measures: 'Measures', table: 'Table', log: 'Log' },
  titles: {
    tree: 'Family tree',
    hypervolume: 'Lemon area',
    measures: 'All measures',
    table: 'Table',
    log: 'Log',
  },
  label: 'Family tree, lemon area, measures, table and log',
  tree: (selected: number | null) =>
    selected === null
      ? 'symbols are operators, strong lines lead to the front'
      : `symbols are operators, strong lines lead to the front, blue is how #${selected} came to be`,
  treeEmpty: 'No children yet. The first ones are proposed in generation 1.',
  arrange: 'Order',
  arrangements: { family: 'by family', size: 'by size', error: 'by error' },
  film: 'How it grew',
  hypervolume: 'the share of the box that the front covers',
  measures: 'one line a network of the front, lower is better on every axis',
  measuresEmpty: 'No network is on the front yet.',
  axis: 'Counted in',
  axes: { networks: 'networks', images: 'images seen', seconds: 'seconds', generations: 'generations' },
  own: 'This run',
  table: (count: number, by: string) => `${plural(count, '1 network', `${count} networks`)}, sorted by ${by}`,
  filter: 'Show',
  filters: { front: 'the front', evaluated: 'all trained', failed: 'dropped' },
  choose: 'Help me choose',
  csv: 'Copy as CSV',
  columns: {
    id: 'Network',
    role: 'Role',
    parent: 'From',
    operators: 'Operators',
    generation: 'Generation',
    images: 'Images seen, own and inherited',
    test: 'Test error, as found',
    finished: 'Test error, finished',
  },
  roles: {
    front: 'on the front',
    hidden: 'through another objective',
    dominated: 'dominated',
    training: 'in training',
    justTrained: 'just trained',
    failed: 'dropped',
  },
  start: 'start',
  noRows: 'No network fits. Show all trained ones instead.',
  noneTrained: 'Nothing is trained yet. Every network gets a row here.',
  logFilter: 'Events',
  logKinds: {
    all: 'all',
    rejected: 'put aside',
    accepted: 'drawn',
    evaluated: 'trained',
    competed: 'results',
  },
  logEmpty: 'Every event of the run is written here, with its reason.',
  logMore: (count: number) => `Show ${count} more`,
  unfold: 'Unfold',
};

export const chooser = {
  intro:
    'Say how much each objective matters to you. Ours, not a part of the method: the search itself needs no weights.',
  weight: (name: string) => `Weight of ${name}`,
  has: (name: string, value: string) => `${value} ${name.toLowerCase()}`,
  best: 'With these weights',
  knee: 'The knee',
  kneeWhy: 'beyond it, a little less of one costs a lot of the other',
  take: (id: number) => `Take #${id}`,
  none: 'No network of the front passes these limits',
};
