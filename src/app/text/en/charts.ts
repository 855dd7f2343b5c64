/** What charts say; a part of the first page's words. */
const are = (count: number) => (count === 1 ? 'is' : 'are');
/** Objectives: in menus and sentences, as the title of an axis with its unit, and which way is better. */
export const objectives = {
  error: { name: 'Error', axis: 'Validation error, %', better: 'lower is better' },
  secondError: { name: 'Second error', axis: 'Second validation error, %', better: 'lower is better' },
  parameters: { name: 'Parameters', axis: 'Parameters', better: 'fewer is better' },
  multiplyAdds: { name: 'Multiply-adds', axis: 'Multiply-adds', better: 'fewer is better' },
  activationBytes: { name: 'Memory', axis: 'Activation memory in bytes', better: 'less is better' },
  inferenceSeconds: { name: 'Inference time', axis: 'Inference time in ms', better: 'faster is better' },
};

/** Short titles of the shipped data sets, for picks and chips. */
export const datasetTitles = {
  fashion: 'Fashion-MNIST',
  mnist: 'MNIST digits',
  digits: 'Small digits 8×8',
  quickdraw: 'Quick, Draw!',
  emoji: 'Emoji',
  shapes: 'Shapes (synthetic)',
};

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
