/** What the charts say that only a run's screen has. */
export const runCharts = {
  linear: 'linear',
  generation: (generation: number) => `Generation ${generation}`,
  hypervolumeChart: (names: string) => `Lemon area (hypervolume) as the search goes: ${names}.`,
  hypervolumeBetter: 'Lemon area (hypervolume), higher is better',
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
