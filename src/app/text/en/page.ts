/* eslint-disable max-lines -- one table on purpose: a translation is this file again. */
/**
 * Every English string of the page, one exported section a panel; what is fetched later has its words beside it
 * (words.ts). A second language is these files again.
 */
const networks = (count: number) => (count === 1 ? '1 network' : `${count} networks`);
const are = (count: number) => (count === 1 ? 'is' : 'are');

export const app = {
  name: 'LEMONADE Playground',
  version: '0.1.0',
};

export const header = {
  noRun: 'New run',
  dataset: 'Data set',
  ownPictures: 'Your own pictures',
  addPictures: 'Your own pictures…',
  ownElsewhere: 'Pictures of the author’s own, which are not in this browser',
  preset: 'Preset',
  presets: { quick: 'Quick preset', class: 'Class preset', long: 'Long preset', custom: 'Own settings' },
  seed: (seed: number) => `Seed ${seed}`,
  recording: (dataset: string, seed: number) => `Recording of a real run, ${dataset}, seed ${seed}`,
  backend: { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'Processor (WASM)', cpu: 'Processor (JavaScript)' },
  passed: (backend: string) => `${backend}, self-test passed`,
  failed: (backend: string) => `${backend}, self-test failed`,
  testing: 'Testing the backend',
  lessons: 'Lessons',
  share: 'Share',
  open: 'Open',
  openRun: 'Open run',
  save: 'Save',
  saveRun: 'Save run',
  settings: 'Settings',
  theme: { system: 'Theme of the system', light: 'Light theme', dark: 'Dark theme' },
  help: 'Help',
  menu: 'Menu',
  close: 'Close',
  rename: 'Name of the run',
  skip: 'Skip to the trade-off',
  generationOf: (generation: number) => `Generation ${generation}`,
  ofAll: (total: number) => `of ${total}`,
  nothingToSave: 'There is nothing to save yet',
};

export const transport = {
  play: 'Play',
  pause: 'Pause',
  step: 'Step',
  back: 'Back',
  reset: 'Reset',
  preparing: 'Testing the backend',
  atStart: 'This is the beginning of the run',
  atEnd: 'This is the end of the run',
  nothing: 'There is nothing to reset',
  hintLive: ['Space plays', 'Shift Right: one child'],
  hintReplay: ['Space replays', 'the run'],
  speed: 'Speed',
  speeds: { watch: 'Watch', normal: 'Normal', fast: 'Fast', background: 'Background' },
  generation: 'Generation',
  of: (total: number) => `of ${total}`,
  trained: 'trained,',
  proposed: 'proposed',
  elapsed: 'elapsed',
  elapsedLeft: (left: string) => `elapsed, about ${left} left`,
  stopAfter: (generations: number) =>
    `Stop after ${generations === 1 ? '1 generation' : `${generations} generations`}`,
  stoppedAfter: (generations: number) =>
    `Stopped after ${generations === 1 ? '1 generation' : `${generations} generations`}`,
  stopNow: 'Stop now',
  stopRule: 'Stop rule',
  hypervolume: 'Hypervolume',
  inObjectives: (count: number) => `in ${count} objectives`,
  live: 'Live',
  paused: 'Paused',
  stopped: 'Stopped',
  replay: 'Replay',
  finished: 'Finished',
  ready: 'Ready',
  backToLive: (generation: number) => `Generation ${generation}, back to live`,
  backToEnd: (generation: number) => `Generation ${generation}, go to the end`,
  left: (time: string) => `about ${time} left`,
  phoneFacts: { trained: 'trained,', proposed: 'proposed', onFront: 'on the front' },
  announce: (generation: number, front: number, error: string, hypervolume: string) =>
    `Generation ${generation}: ${networks(front)} on the front, lowest error ${error}, hypervolume ${hypervolume}`,
  announceFinished: (front: number) => `The run is finished, ${networks(front)} ${are(front)} on the front`,
  title: {
    running: (done: number, total: number) => `${done} of ${total}`,
    finished: 'Finished',
    paused: 'Paused',
  },
};

export const operators = {
  deepen: 'deepen',
  widen: 'widen',
  skip: 'skip',
  remove: 'remove',
  prune: 'prune',
  separate: 'separate',
};

export const loop = {
  title: 'The loop',
  generation: (generation: number) => `generation ${generation}`,
  starting: 'starting networks',
  steps: { propose: 'Propose', sift: 'Sift', train: 'Train', compete: 'Compete' },
  empty: {
    propose: 'Parents are drawn and changed by one to three operators. Nothing is trained yet.',
    sift: 'A few of the children are drawn, those of rare sizes more likely.',
    train: 'Only the drawn ones are trained, each from its parent’s weights.',
    compete: 'What is neither smaller nor more accurate than another drops out.',
  },
  proposed: (children: number, parents: number) =>
    `${children} ${children === 1 ? 'child' : 'children'} of ${parents} ${parents === 1 ? 'parent' : 'parents'}`,
  finishing: (networks: number) => `the last: ${networks} of the front, trained on as they are`,
  allTrained: 'Nothing is drawn: all are trained, those with most to win for the front on most images.',
  /** How even a draw was: a draw among so many of equal chances would be as even. */
  asEven: (effective: number, of: number) => `drawn as evenly as among ${Math.round(effective)} of ${of}`,
  noChildren: 'no children in generation 0',
  draw: (accepted: number) => `draw ${accepted}, rare sizes likelier`,
  drawUniform: (accepted: number) => `draw ${accepted}, evenly`,
  uniform: 'too few sizes for a density, drawn evenly',
  notDrawn: (count: number) => `${count} not drawn`,
  seen: (count: number) => `${count} seen before`,
  outside: (count: number) => `${count} outside limits`,
  noSite: (count: number) => `${count} without a legal place`,
  training: (done: number, running: number) =>
    running > 0 ? `${done} done, ${running} in training` : `${done} done`,
  waiting: 'nothing in training',
  compete: (front: number, toCome: number) =>
    toCome > 0 ? `${front} on the front, ${toCome} to come` : `${front} on the front`,
  joined: 'joined',
  left: 'left',
  dominated: 'dominated',
  nobody: 'no change on the front',
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
    accepted: (id: number, share: string) => `#${id} is drawn; its share of the draw was ${share}.`,
    progress: (id: number, images: string) => `#${id} is in training, ${images} images seen.`,
    evaluated: (id: number, error: string, size: string) =>
      `#${id} has ${error} error with ${size} parameters.`,
    failed: (id: number) => `#${id} diverged and was dropped.`,
    competed: (joined: string, hypervolume: string) => `${joined}. The hypervolume is ${hypervolume}.`,
    joined: (ids: string) => `${ids} joined the front`,
    nobody: 'Nobody joined the front',
    finished: 'The run is finished.',
  },
  rejections: {
    'no-legal-site': 'no legal place for the operator',
    duplicate: 'the same network was seen before',
    'too-few-parameters': 'fewer parameters than the floor',
    'too-many-parameters': 'more parameters than the limit',
    'too-many-multiply-adds': 'more multiply-adds than the limit',
    'not-measured': 'its inference time could not be measured',
  },
};

export const tradeOff = {
  title: 'Trade-off',
  counts: (front: number, trained: string) =>
    `${front} of ${trained} trained networks ${are(front)} on the front`,
  short: (front: number, trained: string) => `${front} of ${trained} on the front`,
  /** Before the first generation is over there is no front. */
  starting: (trained: string) =>
    trained === '0' ? 'no network is trained yet' : `starting networks, ${trained} trained`,
  yAxis: 'Vertical axis',
  xAxis: 'Horizontal axis',
  by: 'by',
  maximise: 'Maximise',
  minimise: 'Minimise',
  legend: {
    front: 'front',
    inView: 'on the front in this view',
    hidden: 'through another objective',
    dominated: 'dominated',
    training: 'in training',
    justTrained: 'just trained',
    handMade: 'hand-made',
    selected: 'selected',
    random: 'random search',
  },
  grain: (points: string) => `one validation image is ${points} points of error`,
  emptyTitle: 'No network is trained yet',
  empty: 'The starting networks come first. Their sizes are known, their errors are not.',
  pass: (pass: number, all: number) => `${pass} of ${all} front networks pass the filter`,
};

export const strip = {
  tabs: { tree: 'Tree', hypervolume: 'Hypervolume', table: 'Table', log: 'Log' },
  titles: { tree: 'Family tree', hypervolume: 'Hypervolume', table: 'Table', log: 'Log' },
  label: 'Family tree, hypervolume, table and log',
  tree: (selected: number | null) =>
    selected === null
      ? 'symbols are operators, strong lines lead to the front'
      : `symbols are operators, strong lines lead to the front, blue is how #${selected} came to be`,
  treeEmpty: 'No children yet. The first ones are proposed in generation 1.',
  arrange: 'Order',
  arrangements: { family: 'by family', size: 'by size', error: 'by error' },
  film: 'How it grew',
  hypervolume: 'the share of the box that the front covers',
  axis: 'Counted in',
  axes: { networks: 'networks', images: 'images seen', seconds: 'seconds', generations: 'generations' },
  own: 'This run',
  table: (count: number, by: string) => `${count === 1 ? '1 network' : `${count} networks`}, sorted by ${by}`,
  filter: 'Show',
  filters: { front: 'the front', evaluated: 'all trained', failed: 'dropped' },
  choose: 'Help me choose',
  csv: 'Copy as CSV',
  copied: 'Copied',
  columns: {
    id: 'Network',
    role: 'Role',
    parent: 'From',
    operators: 'Operators',
    generation: 'Generation',
    images: 'Images seen, own and inherited',
    test: 'Test error',
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
  best: 'With these weights',
  knee: 'The knee',
  kneeWhy: 'beyond it, a little less of one costs a lot of the other',
  take: (id: number) => `Take #${id}`,
  none: 'No network of the front passes these limits',
};

export const states = {
  noWebgpu: (backend: string) =>
    `This browser has no WebGPU. Training runs on ${backend}, several times slower.`,
  noWebgpuHelp: 'What helps',
  software: 'The graphics card is simulated here, so the processor is used.',
  softwareUsed: 'The graphics card is simulated here, training is slow.',
  useAnyway: 'Use it anyway',
  selfTest: (backend: string, used: string) =>
    `The self-test on ${backend} gave wrong numbers. Fell back to ${used}.`,
  selfTestFailed: (difference: string) =>
    `The self-test failed here, the largest difference was ${difference}.`,
  seeNumbers: 'See the numbers',
  asleep: (minutes: string) => `This tab was asleep for ${minutes}. The run waited.`,
  goOn: 'Go on',
  restarted: (network: number) =>
    `A trainer stopped and was started again. #${network} is trained once more.`,
  deviceLost: (generation: number) => `The graphics device was lost. Resumed from generation ${generation}.`,
  seeLog: 'See the log',
  storage: {
    full: 'The browser’s storage is full. This run is kept until you close the tab.',
    unavailable: 'This browser keeps nothing for us. This run is kept until you close the tab.',
    failed: 'The run could not be written to the browser’s storage.',
  },
  saveFile: 'Save as a file',
  failed: (reason: string) => `The search stopped: ${reason}.`,
  tryAgain: 'Try again',
  notMeasured: (reason: string) => `How long a run takes here could not be measured: ${reason}.`,
  measureAgain: 'Measure again',
  unfinished: (name: string) => `${name} stopped before its end and can go on.`,
  kept: (name: string) => `${name} is finished and kept in this browser.`,
  openKept: 'Open it',
  setAside: 'The last run was set aside. It is kept in this browser.',
  bringBack: 'Bring it back',
  badRecipe: (problems: string) => `The address was not fully understood: ${problems}`,
  seeSettings: 'See the settings',
  unknownPictures: 'the pictures it names are not in this browser.',
  unreadable: (file: string, problem: string) => `${file} could not be read: ${problem}`,
  partly: (file: string, generation: number) =>
    `${file} is damaged. It can be read up to the end of generation ${generation}.`,
  openPart: 'Open what is readable',
  nothingStored: 'nothing of it was kept.',
  tooLarge: 'it is larger than 200 MB.',
  notGzip: 'it could not be unpacked.',
  noWeights: 'The weights of this network are not in this browser.',
  onlyFront:
    'The recording brings the weights of its last front only: choose a network that is still on it at the end.',
  processor: 'the processor',
  dismiss: 'Close this message',
  offline: 'You are offline. Everything here still works.',
  noRecording: 'The recording could not be loaded.',
};

export const firstVisit = {
  headline: ['Grow small, accurate neural networks.', 'In this tab.'],
  lead: 'Start from a few tiny networks. Every child inherits what its parent learned, then changes a little. The best of every size survive.',
  run: 'Run it on this computer',
  measuring: 'Measuring this computer…',
  estimate: (time: string, backend: string) => `About ${time} here, measured a moment ago on ${backend}.`,
  slow: (time: string) => `About ${time} here, on the processor.`,
  shorter: (generations: number) => `${generations} generations, with a seed of their own.`,
  private: 'Nothing leaves this tab.',
  callout: 'Each dot is a trained network. Click one.',
  calloutTouch: 'Each dot is a trained network. Tap one.',
  pausePlay: { pause: 'Pause the recording', play: 'Play the recording' },
  trained: 'networks trained',
  front: 'on the front',
  below: 'How it works, below',
  draw: 'Draw a digit',
  drawLead: 'A small and a big winner of this run answer, side by side.',
  smallest: 'The smallest',
  small: 'A small one',
  note: (id: number, parameters: string, error: string) => `#${id}, ${parameters} parameters, ${error} error`,
  mostAccurate: 'The most accurate',
  skip: 'Set up a run of your own',
  loading: 'The recording of a real run is loading.',
};

export const summary = {
  label: 'Run finished',
  stopped: 'Run stopped',
  recorded: 'End of the recording',
  title: (front: number) => `${networks(front)} on the front`,
  lead: 'For each of them, nothing in this run is both smaller and more accurate.',
  leadOne: 'Nothing in this run is better than it in any objective.',
  leadMany: (objectives: number) =>
    `For each of them, nothing in this run is better in all ${objectives} objectives.`,
  trained: (trained: number, time: string, here: boolean) =>
    ` ${trained} networks were trained in ${time}${here ? ' on this computer' : ''}.`,
  bargain: (id: number, less: string, more: string) =>
    ` #${id} has ${less} fewer parameters than the most accurate one, for ${more} points more error.`,
  coarse: (images: number, points: string) =>
    ` Errors are counted on at most ${images} validation images, so one image is ${points} points.`,
  picks: {
    smallest: 'Smallest',
    bargain: 'Best bargain',
    best: 'Most accurate',
    only: 'Smallest and most accurate',
    useful: 'Smallest useful',
  },
  bargainHelp: 'The smallest within 2 points of the lowest error',
  usefulHelp: 'The smallest with an error under 50 %',
  error: 'error',
  parameters: 'parameters',
  stop: 'Stop',
  tryIt: 'Try it',
  grew: 'See how it grew',
  share: 'Share',
  test: 'Test on unseen images, once',
  tested: (error: string, validation: string) =>
    `${error} error on the unseen test images, ${validation} on the validation images`,
  testedFront: (tested: number, front: number) =>
    `${tested} of the front’s ${front} are tested; the saved file keeps their errors.`,
  testing: 'Testing…',
  allTested: 'The whole front is tested.',
  onTest: (error: string) => `${error} on test images`,
  goOn: 'Go on',
  goOnHelp: 'Search on for as many generations again',
  close: 'Close the card',
  reopen: 'Summary',
};

export const share = {
  title: 'Share',
  link: 'Link with the recipe',
  linkHelp: 'Plain text that can be read. It repeats the search, it does not carry the result.',
  copy: 'Copy the link',
  copyView: 'Copy the link to this view',
  copied: 'Copied',
  file: 'The run as a file',
  fileHelp: 'Recipe, every network and the whole log. It opens here again as a replay.',
  without: 'Save without weights',
  frontWeights: 'Save with the weights of the front',
  allWeights: 'Save with all weights',
  noWeights: 'The file came without weights.',
  noMoreWeights: 'The file came with no weights beyond those of its front.',
  note: 'Your note, kept in the file',
  pictures: 'Pictures',
  picturesHelp: 'The charts as they are on the screen now.',
  charts: { tradeOff: 'Trade-off', hypervolume: 'Hypervolume', tree: 'Family tree' },
  png: (chart: string) => `${chart} as PNG`,
  svg: (chart: string) => `${chart} as SVG`,
  print: 'Print a one-page report',
  several: (count: number) => `${count} runs are laid over each other.`,
  unlike: 'They learn different data sets, so their errors cannot be compared.',
  merged: (front: number, count: number) =>
    `Together ${networks(front)} ${are(front)} on the front of ${count} runs.`,
  overlays: 'Other runs in this view',
  compare: 'Compare searches side by side',
  remove: (name: string) => `Take ${name} out`,
  stored: 'Runs kept in this browser',
  noStored: 'No run is kept in this browser yet.',
  openStored: 'Open',
  resumeStored: 'Go on',
  removeStored: 'Delete',
  finished: 'finished',
  unfinished: 'not finished',
  about: 'About this run',
  device: 'Made on',
  date: 'Date',
  origin: 'Goes on from',
  fork: 'Go on from here',
  forkHelp: 'Searches on from this generation, on this computer. The origin is kept in the file.',
};

export const help = { title: 'Words and keys' };

/** Charts: titles, legends and the one-sentence text alternatives. */
export const charts = {
  hypervolume: 'Hypervolume',
  shadedArea: 'the shaded area',
  shadedWon: (generation: number) => ['the shaded area; strong lemon', `was won in generation ${generation}`],
  unseen: (count: number) => `${count} dominated above the plot`,
  wonIn: (gain: string, generation: number) => `${gain} in generation ${generation}`,
  inTraining: 'In training',
  crowded: 'How crowded each size is',
  crowdedBy: (name: string) => `How crowded each ${name.toLowerCase()} is`,
  generationShort: (generation: number) => `gen ${generation}`,
  now: 'now',
  logScale: 'log scale',
  linear: 'linear',
  network: (id: number) => `#${id}`,
  tradeOff: (y: string, x: string, front: number, trained: number, hypervolume: string) =>
    `Trade-off of ${y.toLowerCase()} by ${x.toLowerCase()}: ${front} of ${trained} trained networks ${are(front)} on the front. Hypervolume ${hypervolume}.`,
  tradeOffEmpty: 'Trade-off: no network has been trained yet.',
  walkFront: 'Left and right arrows walk the front by size, Enter selects.',
  walked: (id: number, x: string, y: string, place: number, count: number) =>
    `Network ${id}, ${x}, ${y}, ${place} of ${count} on the front`,
  timeline: 'Generation shown',
  timelineAt: (generation: number, hypervolume: string, live: boolean) =>
    `generation ${generation}: ${hypervolume}${live ? ', live' : ''}`,
  timelineEmpty: 'press Play',
  timelineBegun: 'the starting networks are in training',
  generation: (generation: number) => `Generation ${generation}`,
  generationFirst: 'Gen 0',
  hypervolumeChart: (names: string) => `Hypervolume as the search goes: ${names}.`,
  hypervolumeBetter: 'Hypervolume, higher is better',
  passes: (name: string, when: string) => `passes ${name}\u2019s last value after ${when}`,
  countOf: {
    networks: (n: string) => `${n} networks`,
    images: (n: string) => `${n} images`,
    seconds: (n: string) => n,
    generations: (n: string) => `${n} generations`,
  },
  axisOf: {
    networks: 'networks trained',
    images: 'images seen in training',
    seconds: 'time',
    generations: 'generation',
  },
  tree: (networks: number, seeds: number, generations: number) =>
    `Family tree: ${networks} networks from ${seeds} starting networks over ${generations} generations; strong lines lead to the front.`,
  treeWalk: 'Arrow keys move to parent, child and neighbours, Enter selects.',
  treeNode: (id: number, generation: number, front: boolean) =>
    `Network ${id}, generation ${generation}${front ? ', on the front' : ''}`,
  treeEmpty: 'No children yet. The first ones are proposed in generation 1.',
  seedNetwork: (id: number, size: string) => `#${id}, ${size} parameters`,
  folded: (count: number) => `${count} more folded`,
  lossNow: (loss: string) => `loss ${loss}`,
  propose: (children: number, parents: number) =>
    `${children} children proposed from ${parents} parents, by size; ticks are the parents.`,
  sift: (drawn: number, left: number, even: boolean) =>
    `${drawn} children drawn, ${left} not drawn; ` +
    (even
      ? 'too few sizes for a density, drawn evenly.'
      : 'the curve is how crowded each size is, and rare sizes are likelier.'),
  parameters: 'parameters',
  laneTraining: (share: number) => `in training, ${Math.round(share * 100)} % of its images seen`,
  laneDone: (error: string) => `trained, ${error} error`,
  diverged: 'diverged, dropped',
  curve: (id: number, loss: string, inherited: number) =>
    inherited > 0
      ? `Learning curve of network ${id}: training loss ${loss} now, after ${inherited} ancestors whose weights it inherited.`
      : `Learning curve of network ${id}: training loss ${loss} now.`,
  curveEmpty: 'No image seen yet.',
  curveAxis: 'images seen, inherited ones first',
  curveOwn: 'images seen',
  lossAxis: 'Training loss, lower is better',
  confusion: (right: number, of: number) =>
    `Confusion matrix: ${right} of ${of} images right; rows are the truth, columns the answer.`,
  confusionTruth: 'truth',
  confusionAnswer: 'answer',
  confusionCell: (count: number, truth: string, answer: string) =>
    truth === answer ? `${count} of ${truth} right` : `${count} of ${truth} taken for ${answer}`,
  parallel: (front: number, axes: number) =>
    `${front} front networks on ${axes} objectives; every axis points down to better.`,
  better: 'better',
  parallelHelp: 'Every axis points down to better. Drag on an axis to filter; drag its name to move it.',
  atMost: (value: string) => `at most ${value}`,
  brush: (name: string) => `Filter: largest ${name.toLowerCase()} kept`,
  moveAxis: 'Alt and left or right arrow moves this axis',
};

export const networkSlot = {
  title: 'This network',
  emptyPhone: 'Tap a dot to see its network.',
  parameters: 'parameters',
  error: 'error',
  half: 'Half height',
  full: 'Full height',
};

export const learning = {
  playground: 'Playground',
  places: { lessons: 'Lessons', bench: 'Bench', sampling: 'Sampling', compose: 'Compose' },
  nav: 'Places for learning',
  present: 'Present',
  presentHelp: 'Bigger type, for a projector',
};
