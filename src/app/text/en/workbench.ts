/* eslint-disable max-lines -- one table on purpose: a translation is this one file again. */
import type { OperatorKind } from '../../../core/morphisms/morphism.ts';
import type { BreakKind } from '../../../engine/workbench/breaks.ts';
import type { OriginKind, Stop } from '../../learn/workbench/board/timeline.ts';
import type { Variant } from '../../learn/workbench/subjects.ts';
import { plural } from './plurals.ts';

/** Words of the workbench. Numbers come in as they were measured. */
export const workbench = {
  title: 'Morphism bench',
  operators: {
    deepen: 'Deepen',
    widen: 'Widen',
    skip: 'Skip',
    remove: 'Remove',
    prune: 'Prune',
    separate: 'Separate',
  } satisfies Record<OperatorKind, string>,
  variants: { zero: 'Zeros', copy: 'Copies (Net2Wider)', add: 'Add', concat: 'Concat' } satisfies Record<
    Exclude<Variant, null>,
    string
  >,
  variant: 'Variant',
  operator: 'Operator',
  subject: 'Network',
  toy: 'Toy',
  yours: (id: number) => `#${id} of the run`,
  noNetwork: 'Select a trained network in the playground to put it here',
  present: 'Present',
  lessons: 'Lessons',
  help: 'Keys',
  playground: 'Playground',
  back: 'Back',
  next: 'Next',
  formula: 'Formula',
  beats: ['See', 'Bet', 'Transform', 'Check', 'Break it'] as const,
  beatOf: (beat: number, name: string) => `Beat ${beat} of 5: ${name}`,
  primary: (operator: string) => [
    'Place a bet',
    `${operator} it`,
    'Check it',
    'Try to break it',
    'Once more',
  ],
  loading: 'Starting the bench',
  failed: (reason: string) => `The bench cannot start: ${reason}`,
  /** As datasets/toys.ts has them. */
  toyClasses: ['ring', 'cross', 'triangle'] as readonly string[],
  noPlace: (id: number) => `There is no place for this operator in #${id}.`,
  weightsElsewhere: (id: number) => `The weights of #${id} are not in this browser.`,
  retry: 'Try again',
  picture: 'picture',
  block: (name: string, filters: string) => `block ${name} · ${filters}`,
  newBlock: (name: string, filters: number) => `new block ${name} · ${filters}`,
  pool: 'pool',
  mix: 'λ mix',
  join: 'concat',
  average: 'average',
  dense: (inputs: number, classes: number) => `dense ${inputs} × ${classes}`,
  batchNorm: 'batch norm',
  after: 'after ReLU',
  afterTanh: 'after tanh',
  newFilter: 'h\u0303',
  norm: 'Σ |w|',
  sees: 'sees',
  asItIs: 'as it is',
  filter: (number: number) => `filter ${number}`,
  ofBlock: (block: string) => `of block ${block}`,
  sum: (terms: number) => `Σ of ${terms}`,
  bias: 'bias',
  logits: 'logits',
  howToRead: 'How to read a cell',
  readCell: 'Blue pulls the sum down, orange up.',
  readReal: 'Each number is a real weight of a network trained by the search’s own code.',
  readOrder: 'Down the columns, then along the rows.',
  board: 'Weight board',
  boardHelp:
    'Arrow keys walk the cells, Enter reads one. Z shows the numbers of a large board, and all of it again.',
  zoomIn: 'Show the numbers',
  zoomOut: 'Show all of it',
  zoomHelp:
    'Each small cell is one weight, three times as strong in colour as a printed one. Point at it to read it.',
  zoomedHelp: 'Scroll, or walk the cells with the arrow keys.',
  cell: (where: string, value: string, from: string) => `${where}: ${value}, ${from}`,
  tensors: { gamma: 'gamma', beta: 'beta', mean: 'mean', variance: 'variance' },
  place: {
    kernel: (block: string, filter: number, channel: number) =>
      `block ${block}, filter ${filter}, channel ${channel}`,
    depthwise: (block: string, channel: number) => `block ${block}, shape of channel ${channel}`,
    tap: (row: number, column: number) => `, row ${row}, column ${column}`,
    dense: (input: number, name: string) => `dense, channel ${input} to ${name}`,
    bias: (name: string) => `bias of ${name}`,
    norm: (block: string, filter: number, name: string) => `block ${block}, batch norm ${filter}, ${name}`,
    lambda: 'lambda of the mix',
  },
  whatItSays: 'What it says',
  oneOf: (count: number) => `one of ${count} images`,
  labelled: (name: string) => `labelled ${name}`,
  sameOperator: (id: number) => `The same operator on #${id} of the run`,
  parameters: (before: string, after: string) => `${before} to ${after} parameters`,
  putThere: 'Put it on the bench',
  oneThrough: 'One image through both',
  parent: 'parent',
  child: 'child',
  largest: (count: number) => `Largest logit difference, ${count} images`,
  largestEach: (count: number) => `Largest difference of any logit, each of ${count} images a dot`,
  inFrame: 'in this frame',
  docked: 'once docked',
  atLambda: (lambda: number) => `at λ = ${lambda.toFixed(1)}`,
  replaced: (done: number, all: number) => `${done} of ${all} channels replaced`,
  notYet: 'measured once docked',
  now: 'now',
  bandsShort: { rounding: 'rounding', close: 'close', different: 'different' },
  bands: {
    rounding: 'float32 rounding: the same function',
    close: 'close, not the same',
    different: 'a different function',
  },
  gaugeText: (value: string, band: string) => `${value}: ${band}`,
  alike: (alike: number, count: number) => [`${alike} of ${count}`, 'identical answers'] as const,
  differ: (count: number) => `${count} ${plural(count, 'differs', 'differ')}`,
  hollow: 'Hollow: right after the change.',
  hollowBreak: 'hollow: as the operator does it',
  exactZero: 'Exactly 0 here: this device adds in the same order, and the new terms are zeros.',
  roundingNote: 'Not 0 only because float32 adds the longer rows in another order.',
  noiseNote:
    'Not rounding: the copies carry 1 % noise so that they can grow apart [ours]. Without it: see Break it.',
  approximateNote: 'An approximate operator: close is the goal, not equal.',
  ledger: 'Where each child weight comes from',
  origins: {
    copied: 'copied',
    repeated: 'copied again',
    divided: 'divided',
    zero: 'zero',
    one: 'one',
    he: 'drawn at random (He)',
    identity: 'identity',
    measured: 'measured',
    factor: 'factor (SVD)',
    gone: 'gone',
  } satisfies Record<OriginKind, string>,
  ledgerTotal: (total: number) => `${total.toLocaleString('en')} numbers in the child`,
  ledgerBoth: (total: number, gone: number) =>
    `${total.toLocaleString('en')} numbers in the child; ${gone.toLocaleString('en')} of the parent’s numbers go`,
  stops: {
    count: 'L1 norms',
    hatch: 'what goes',
    move: 'make room',
    arc: 'draw the arc',
    readers: 'zeros first',
    channel: (number: number) => `channel ${number}`,
    copies: 'copy',
    halves: 'divide',
    factor: 'rank 1 (SVD)',
    gate: 'λ = 1',
    dock: 'dock',
  } satisfies Record<Exclude<Stop['id'], 'channel'>, string> & { channel: (number: number) => string },
  closeUp: 'close up',
  unroll: 'unroll',
  play: 'Play',
  pause: 'Pause',
  replay: 'Replay',
  scrub: 'Time of the transformation',
  seconds: (ms: number) => `${(ms / 1000).toFixed(2)} s`,
  sameImages: (count: number) => `The same ${count} images through both`,
  byAnswer: 'Answer by answer',
  images: 'Images',
  imageOf: (number: number, name: string, same: boolean) =>
    `image ${number}, ${name}${same ? '' : ', answered otherwise'}`,
  inference: 'Inference',
  training: 'Training',
  mode: 'Batch norm in',
  modeWhy: {
    inference: 'Inference: batch norm uses the statistics that came with the weights.',
    same: 'Training: batch norm uses each batch’s own statistics. The old channels see the same numbers, so nothing moves.',
    moves:
      'Training: batch norm uses each batch’s own statistics instead of those the identity was built on, so the new layer is only nearly neutral.',
    approximate:
      'Training: batch norm uses each batch’s own statistics and repairs part of the damage by itself.',
    noise: 'Training: batch norm uses each batch’s own statistics; the noise of the copies stays.',
  },
  draw: 'Draw something that breaks it',
  padHelp:
    'Arrow keys move, Enter or Space paints, Delete clears. “Noise” and “Worst so far” need no drawing.',
  pad: 'Drawing pad',
  padCell: (row: number, column: number) => `row ${row}, column ${column}`,
  clear: 'Clear',
  noise: 'Noise',
  worst: 'Worst so far',
  thisDrawing: (value: string) => [value, 'this drawing'] as const,
  worstOf: (value: string, count: number) => [value, `worst of ${count} random drawings`] as const,
  cannotDraw: 'This data set cannot be drawn by hand.',
  /** Around the number of trained weights, in bold. */
  weightFacts: (statistics: string) => ['', ` trained weights, ${statistics} measured statistics`] as const,
  /** Around the number of right answers, in bold. */
  rightFacts: (count: number) => ['', ` right on ${count} images it never saw`] as const,
  measuredAs: (answer: string, alike: number, count: number) => `${answer} (${alike} of ${count})`,
  distilledNow: (alike: number, count: number, right: string) =>
    `distilled: ${alike} of ${count} alike, ${right} right`,
  alikeRow: 'alike',
  /** What the symbols of an operator's equation stand for. */
  symbols: {
    dividedReaders: 'the readers, divided',
    filtersAndCopies: 'the filters and their copies',
    readersBefore: 'what the readers had',
    zeros: 'the zeros',
    keptFilters: 'the filters kept',
    newFilters: 'the new filters',
    identityKernels: 'the identity kernels',
    undoBatchNorm: 'undo the batch norm',
    measured: 'measured',
    blockInput: 'what the block gets',
    block: 'the block',
    mix: 'the mix, 1 at first',
    depthwiseKernels: 'the depthwise kernels',
    pointwiseStrengths: 'the pointwise strengths',
    channelKernels: 'the kernels of channel c',
    channelStrength: 'its strength; on the board √s stands in u, √s in v',
    distilled: 'what distillation trains',
    mayDiffer: 'how far it may differ',
    parentAndChild: 'parent and child',
    distance: 'the distance of their answers to x',
  },
  yourBet: 'Your bet',
  measured: 'Measured',
  noBet: 'You placed no bet.',
  betFirst: 'Place your bet first.',
  withoutBet: 'Without a bet',
  kept: (now: string) => `Now ${now}. Your bet is kept until the check.`,
  keptPlain: 'Your bet is kept until the check.',
  hands: 'How many hands?',
  yourHands: 'Hands',
  handsText: (answers: readonly string[], hands: readonly number[]) =>
    answers.map((answer, i) => `${answer}: ${hands[i] ?? 0}`).join(', '),
  betsKept: (count: number) =>
    `${plural(count, 'One bet is', `${count} bets are`)} kept in this browser, nowhere else.`,
  betScore: (right: number, of: number) =>
    `${plural(of, `Your one checked bet was ${right === 1 ? 'right' : 'wrong'}`, `${right} of your ${of} checked bets were right`)}. Kept in this browser, nowhere else.`,
  forgetBets: 'Forget my bets',
  whyTitle: 'Why',
  kept2: 'kept',
  twin: 'its copy',
  theBlock: 'the block',
  theRoad: 'the road',
  new2: 'new',
  ownChannel: 'its own',
  otherChannel: 'another',
  distillTitle: 'Distillation, live: how far from the parent’s answers (ε, mean KL)',
  distilling: (share: string) => `${share} of its budget`,
  distill: 'Distil',
  distillAgain: 'Distil again',
  stopDistilling: 'Stop distillation',
  before: (value: string) => `${value} before`,
  epsilon: (value: string) => `ε = ${value}`,
  epsilonNote: 'ε is an upper bound on the ε of the definition: the search finds one w̃, not the best.',
  imagesSeen: (count: string) => `${count} images`,
  farTitle: 'How far the change went wrong',
  farColumns: (count: number) => [`of ${count} images`, 'alike', 'right', 'ε'],
  farRows: {
    after: 'after the change',
    distilled: 'distilled',
    trained: 'trained on',
    parent: 'parent',
    now: 'now',
  },
  normsTitle: (count: number, all: number) => `The ${count} of ${all} filters of least L1 norm go`,
  cut: 'cut',
  keptFilter: 'kept',
  breaks: {
    'random-readers': 'Random numbers instead of zeros',
    'zero-filters': 'Zero filters as well',
    'forget-statistics': 'Forget the BN statistics',
    undivided: 'Copy without dividing',
    'no-noise': 'Leave out the noise',
    'random-kernel': 'Random kernel instead of identity',
    'plain-norm': 'Do not undo the batch norm',
    'after-tanh': 'Put it after a tanh',
    'before-relu': 'Put it before the first ReLU',
    'lambda-half': 'λ = 0.5',
    'lambda-zero': 'λ = 0',
    'sigmoid-lambda': 'λ = sigmoid(4)',
    loudest: 'Cut the loudest instead',
    'random-factors': 'Random factors instead of the SVD',
    'no-distillation': 'Skip the distillation',
  } satisfies Record<BreakKind, string>,
  breakFacts: (difference: string, alike: number, count: number) =>
    `differs by ${difference}; ${alike} of ${count} alike`,
  stuck: (zero: number, of: number) =>
    `same answers, but ${zero} of the ${of} new weights get gradient 0: they never learn`,
  twins: 'the same up to rounding, but each twin gets its twin’s gradient: they never part',
  breakNotes: {
    'random-readers': 'The framed kernels are the only numbers that changed since Check.',
    'zero-filters':
      'Zero filters give zero to read, zero readers give no gradient back. Nothing new ever learns.',
    'forget-statistics':
      'Each mean is 0 and each variance 1 again: the old filters are right, their scale is lost.',
    undivided: 'Each reader hears every channel twice at full weight.',
    'no-noise': 'Exact, and useless: two filters that are the same stay the same.',
    'random-kernel': 'The new layer mixes its channels at random before anyone taught it what to do.',
    'plain-norm': 'γ = 1 and β = 0: the new layer’s batch norm scales and shifts what it should pass on.',
    'before-relu':
      'The same identity block, right behind the picture: its ReLU cuts off every pixel darker than the mean. After a ReLU there is nothing to cut.',
    'after-tanh':
      'The numbers are another toy’s, trained with tanh in place of ReLU, and its child’s. ReLU twice is ReLU once; tanh of tanh is another function, whatever the kernel. (Training leaves it out: the search’s own code has no tanh.)',
    'lambda-half': 'Half of the road round the block is open at once.',
    'lambda-zero': 'All of the skip, nothing of the block: the block might as well not be there.',
    'sigmoid-lambda':
      'A sigmoid never reaches 1: at 4 the gate is 0.982, so the skip is heard at once. Farther out it comes closer, but its slope λ(1 − λ) goes to 0 and it never learns. So λ is stored as it is.',
    loudest: 'The filters of largest L1 norm went, before distillation.',
    'random-factors':
      'Both factors drawn at random: nothing of the kernel is left. That the largest difference may be less than after the SVD says little: who hardly speaks is never far off.',
    'no-distillation': 'The child as it is right after the change.',
  } satisfies Record<BreakKind, string>,
  fewer: (count: number) => `${count} right ${plural(count, 'answer', 'answers')} fewer`,
  more: (count: number) => `${count} right ${plural(count, 'answer', 'answers')} more`,
  equalRight: 'As many right answers',
  rightChange: (before: string, after: string) => `${before} to ${after} right, same images`,
  repair: 'Repair',
  repaired: 'Nothing is broken. Switch something on.',
  moved: (count: string) => `${count} of them were then moved by the distillation.`,
  train: 'Train',
  trainAgain: 'Train again',
  trainOn: 'Train on, as every child is',
  stopTraining: 'Stop training',
  curves: 'Why it matters: % wrong while training',
  arms: { inherited: 'inherited', broken: 'broken', scratch: 'from scratch' },
  curvesNote: (seeds: number, own: string, inherited: string, repaired: boolean) =>
    `${seeds} seeds, thin lines; the thick one is their mean. Not equal effort: the child inherits ${inherited} images, from scratch sees only these ${own}.${repaired ? '' : ' The broken child first wins back what it lost.'}`,
  curvesNone: 'Three seeds of each, over the same images.',
  seen: (count: string) => `${count} images seen`,
  footToy: (images: string) => `Toy network · ${images} training images · 256 check images · float32, wasm`,
  footNetwork: (id: number) => `Network #${id} of this run · 256 validation images · float32, wasm`,
  keys: {
    next: ['Space', 'next'],
    beat: ['1 – 5', 'beat'],
    break: ['B', 'break'],
    repair: ['R', 'repair'],
    replay: ['R', 'replay'],
    present: ['P', 'present'],
    frame: [', .', 'frame'],
    bet: ['1 – 3', 'bet'],
    distill: ['D', 'distil'],
  } as const,
  table: 'Numbers as a table',
  tableButton: 'Table',

  tables: {
    parent: 'The numbers of the parent on the board',
    origins: 'Where each number comes from',
    where: 'number',
    value: 'value',
    from: 'comes from',
    images: ['image', 'label', 'parent says', 'child says', 'largest difference'],
    distill: ['images seen', 'ε', 'largest difference', 'alike', 'right'],
    breaks: 'What each wrong way does',
    breakColumns: ['wrong way', 'largest difference', 'alike', 'right', 'gradient 0'],
    stuck: (zero: number, of: number) => `${zero} of ${of}`,
    learn: ['network', 'seed', 'images seen', 'wrong'],
    close: 'Back to the picture',
    shown: (shown: number, all: number) =>
      `${shown.toLocaleString('en')} of ${all.toLocaleString('en')} rows`,
    more: 'More rows',
  },
  announce: (beat: string, text: string) => `${beat}. ${text}`,
  lambda: 'Turn λ by hand: largest difference of any logit',
  lambdaNote: 'λ is stored as it is and clipped to 0 … 1',
  lambdaOne: 'λ = 1: exactly 0, not even rounding',
  theSkip: 'the skip: h as it is',
  histogram: (images: number) =>
    `h over ${images} training images: out of a ReLU, so never below 0. The new block’s own ReLU has nothing to cut.`,
  histogramText: (channel: number, zeros: string, mean: string, deviation: string) =>
    `h${channel}: never below 0, ${zeros} exactly 0, mean ${mean}, deviation ${deviation}`,
  exactly: (share: string) => `${share} are 0`,
  undo: 'γ and β undo what the batch norm does with μ and σ:',
  oneChannel: 'one channel',
  unrolled: (rows: number, columns: number) => `unrolled: ${rows} × ${columns}`,
  rankOne: 'best rank 1',
  childWeights: (depth: number, point: number) => `child: ${depth} + ${point} weights`,
  keptOf: 'kept of this slice',
  convolution: 'convolution',
  separated: 'separated',
  weightsOf: (block: string) => `Weights of block ${block}`,
  symbolHelp: 'Point at a symbol to see what it names',
  reference: {
    label: 'Elsken et al. 2019, section 3',
    href: 'https://arxiv.org/abs/1804.09081',
  },
};

interface BeatWords {
  readonly title: string;
  readonly text: string;
}

/** What the words of the beats may use: all of it measured or counted. */
export interface BeatFacts {
  readonly toy: boolean;
  readonly parentNumbers: number;
  readonly childNumbers: number;
  readonly trained: number;
  readonly block: string;
  readonly before: number;
  readonly after: number;
  readonly parentRight: string;
  readonly childRight: string;
  readonly alike: number;
  readonly count: number;
  readonly exactZero: boolean;
  /** Batch norm runs in training mode, and answers move there. */
  readonly moved: boolean;
}

export interface OperatorWords {
  readonly sentence: string;
  readonly bet: BeatWords & { readonly answers: readonly [string, string, string] };
  readonly transform: BeatWords;
  readonly check: (facts: BeatFacts) => BeatWords;
  readonly breakIt: BeatWords;
  readonly why: string;
  readonly empty: BeatWords;
}

const threeWays: readonly [string, string, string] = ['It drops', 'It stays the same', 'It rises'];
const threeShares: readonly [string, string, string] = ['All stay alike', 'Most stay alike', 'Half or fewer'];

const nothingChanged =
  (why: string) =>
  (facts: BeatFacts): BeatWords => ({
    title: facts.moved ? 'Nearly neutral in training' : 'Nothing changed',
    text: `${facts.parentRight} before, ${facts.childRight} after: ${why}`,
  });

export const seeWords = (facts: BeatFacts): BeatWords =>
  facts.toy
    ? {
        title: 'A whole network, on one table',
        text: `All ${facts.parentNumbers} numbers of a trained network are here. Each filter of block 1 is a column; the filters of block 2 read those columns from left to right.`,
      }
    : {
        title: 'Your network, around the change',
        text: `${facts.parentNumbers.toLocaleString('en')} numbers; shown are the blocks around the change. Point at a kernel to read it.`,
      };

const widenZero: OperatorWords = {
  sentence: 'New filters are random; whoever reads them starts at zero.',
  bet: {
    title: 'We double a block',
    text: 'Twice the filters, and nothing is trained. What happens to the share of right answers?',
    answers: threeWays,
  },
  transform: {
    title: 'Zeros first, then chance',
    text: 'The readers get zeros where the new columns will be read, so whatever they hold is multiplied by nothing. Only then are the new filters drawn at random.',
  },
  check: nothingChanged('the new filters work, and nobody listens to them yet. Training will change that.'),
  breakIt: {
    title: 'Now make it wrong',
    text: 'The zeros were the whole trick. Replace them, and the readers listen to noise.',
  },
  why: 'Why: in each of the sums, the new terms are multiplied by zero',
  empty: { title: 'Empty places', text: 'What would you write in them so that no answer changes?' },
};

const all: Readonly<Record<OperatorKind, OperatorWords>> = {
  widen: widenZero,
  deepen: {
    sentence: 'A new layer passes everything on until training changes it.',
    bet: {
      title: 'We add a layer',
      text: 'A whole new block behind a ReLU, and nothing is trained. What happens to the share of right answers?',
      answers: threeWays,
    },
    transform: {
      title: 'A layer that does nothing, yet',
      text: 'Each new filter has a single 1 in its middle, so it passes its own channel on. The batch norm would shift it, so γ and β are set from what was measured.',
    },
    check: nothingChanged('the new layer hands on what it gets. Training will give it something to do.'),
    breakIt: {
      title: 'Now make it wrong',
      text: 'Three things had to be right: the kernel, the batch norm, and the place behind a ReLU.',
    },
    why: 'Why: each new filter is its own channel times one, the others times zero',
    empty: { title: 'An empty layer', text: 'What would you write in it so that no answer changes?' },
  },
  skip: {
    sentence: 'A road round the block, closed for now.',
    bet: {
      title: 'We add a road round a block',
      text: 'What the block gets also goes round it and is mixed in behind. What happens to the share of right answers?',
      answers: threeWays,
    },
    transform: {
      title: 'A road, closed for now',
      text: 'A path leads round the block, and λ decides how much of each side is heard. It starts at 1: all of the block, nothing of the new road.',
    },
    check: nothingChanged('at λ\u00a0=\u00a01 the road is closed. Training may open it, if it helps.'),
    breakIt: { title: 'Now make it wrong', text: 'Open the road before anyone has learnt to use it.' },
    why: 'Why: one times the block, zero times the road',
    empty: { title: 'A gate', text: 'How far open may it be so that no answer changes?' },
  },
  remove: {
    sentence: 'A block goes, its neighbours learn to do without.',
    bet: {
      title: 'We take a block out',
      text: 'Its readers read what it read. How many answers stay the same, before anything is trained?',
      answers: threeShares,
    },
    transform: {
      title: 'The wire joins',
      text: 'The block’s numbers go; everything else stays as it was. Nothing new is made, so nothing can make up for the loss yet.',
    },
    check: (facts) => ({
      title: 'Changed, then taught',
      text: `What the block computed is missing, so answers change: right after the cut ${facts.alike} of ${facts.count} were alike. Distillation now teaches the neighbours of the gap to answer like the parent; the rest is frozen.`,
    }),
    breakIt: {
      title: 'Now make it worse',
      text: 'The operator is approximate. Distillation is what brings it close.',
    },
    why: '',
    empty: { title: 'One block goes', text: 'Who will have to learn something new?' },
  },
  prune: {
    sentence: 'The quietest filters go; the rest learn to answer as before.',
    bet: {
      title: 'We cut the quiet filters',
      text: 'Those of least L1 norm, and every number that read them. How many answers stay the same, before anything is trained?',
      answers: threeShares,
    },
    transform: {
      title: 'The quietest go',
      text: 'Each filter’s absolute weights are added up. The least go, with their batch norm, and so do the numbers that read them.',
    },
    check: (facts) => ({
      title: 'Changed, then taught',
      text: `${facts.before - facts.after} of ${facts.before} filters are gone, and every sum that read them lacks their terms: so answers change. Distillation now teaches the blocks around the cut to answer like the parent; the rest is frozen.`,
    }),
    breakIt: {
      title: 'Now make it worse',
      text: 'Which filters go matters, and so does what happens afterwards.',
    },
    why: '',
    empty: {
      title: 'Which would you cut?',
      text: 'Blue and orange alike count: pale columns are quiet ones.',
    },
  },
  separate: {
    sentence: 'Several kernels become one shape with several strengths.',
    bet: {
      title: 'We split a convolution in two',
      text: 'One kernel a channel, then one strength a filter. How many answers stay the same, before anything is trained?',
      answers: threeShares,
    },
    transform: {
      title: 'Many kernels, one shape',
      text: 'Per channel, the kernels are laid out as one matrix and replaced by the nearest single shape u with strengths v. What does not fit is lost, so this one is approximate.',
    },
    check: () => ({
      title: 'Changed, then taught',
      text: `One shape a channel cannot say all that the kernels said, so answers change. Distillation now teaches the block and its neighbours to answer like the parent; the rest is frozen.`,
    }),
    breakIt: {
      title: 'Now make it worse',
      text: 'The SVD keeps as much of the kernels as one shape can. Put chance in its place, or leave out the distillation.',
    },
    why: '',
    empty: { title: 'One shape for all?', text: 'Are the kernels in one column alike, up to strength?' },
  },
};

const widenCopy: OperatorWords = {
  ...widenZero,
  sentence: 'New filters are copies; whoever reads them shares the vote.',
  transform: {
    title: 'Copy, then share the vote',
    text: 'Each new filter is a copy, give or take 1 % of noise, so the columns that read it are divided by the number of copies. But for the noise, the halves add up to what was there.',
  },
  check: (facts) => ({
    title: facts.alike === facts.count ? 'No answer changed' : 'Almost nothing changed',
    text: `${facts.parentRight} before, ${facts.childRight} after. The copies get 1 % noise so that training can part them; that noise, and nothing else, is what the gauge shows.`,
  }),
  breakIt: {
    title: 'Now make it wrong',
    text: 'Dividing keeps the function, the noise keeps the twins from staying twins.',
  },
  why: 'Why: two halves of the same term make the whole',
};

const skipConcat: OperatorWords = {
  ...all.skip,
  transform: {
    title: 'A road that nobody reads',
    text: 'What went round the block is laid beside what came out of it. Its readers start at zero, as for new filters.',
  },
  check: nothingChanged('what came round the block is read with zeros. Training may change them.'),
  breakIt: {
    title: 'Now make it wrong',
    text: 'Read the new channels before anyone has learnt to use them.',
  },
  why: 'Why: in each of the sums, the new terms are multiplied by zero',
  empty: { title: 'Empty places', text: 'What would you write in them so that no answer changes?' },
};

export const operatorWords = (operator: OperatorKind, variant: Variant): OperatorWords =>
  variant === 'copy' ? widenCopy : variant === 'concat' ? skipConcat : all[operator];
