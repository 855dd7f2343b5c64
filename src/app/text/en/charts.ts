import { are, plural } from './plurals.ts';

/** Objectives: in menus and sentences, as the title of an axis with its unit, and which way is better. */
export const objectives = {
  error: { name: 'Error', axis: 'Wrong answers (validation error), %', better: 'lower is better' },
  secondError: { name: 'Second error', axis: 'Second validation error, %', better: 'lower is better' },
  parameters: { name: 'Parameters', axis: 'Size (parameters)', better: 'fewer is better' },
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
  hypervolume: 'Lemon area',
  shadedArea: 'the larger, the better',
  shadedWon: 'strong lemon: won since the start',
  beaten: (starts: number) => `all ${starts} starts beaten`,
  unseen: (count: number) => `${count} worse ${plural(count, 'one lies', 'ones lie')} above this view`,
  wonIn: (gain: string) => `${gain}, just won`,
  inTraining: 'In training',
  crowded: 'How crowded each size is',
  crowdedBy: (name: string) => `How crowded each ${name.toLowerCase()} is`,
  generationShort: (generation: number) => (generation ? `gen ${generation}` : 'start'),
  now: 'now',
  logScale: 'log scale',
  rootScale: 'small errors spread out',
  network: (id: number) => `#${id}`,
  stacked: (count: number) => `×${count}, click again`,
  tradeOff: (y: string, x: string, front: number, trained: number, hypervolume: string) =>
    `Trade-off of ${y.toLowerCase()} by ${x.toLowerCase()}: ${front} of ${trained} trained networks ${are(front)} on the front. Lemon area ${hypervolume}.`,
  tradeOffEmpty: 'Trade-off: no network has been trained yet.',
  walkFront:
    'Left and right arrows walk the front by size, Enter selects; of equal dots, Enter again selects the next.',
  walked: (id: number, x: string, y: string, place: number, count: number) =>
    `Network ${id}, ${x}, ${y}, ${place} of ${count} on the front`,
  timeline: 'Generation shown',
  timelineAt: (generation: number, hypervolume: string, live: boolean) =>
    `generation ${generation}: ${hypervolume}${live ? ', live' : ''}`,
  timelineEmpty: 'press Play',
  timelineBegun: 'the starting networks are in training',
  generationFirst: 'Start',
};
