import { are, plural } from './plurals.ts';

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
  hypervolume: 'Lemon area',
  shadedArea: 'its hypervolume',
  shadedWon: (generation: number) => ['its hypervolume; strong lemon', `was won in generation ${generation}`],
  unseen: (count: number) => `${count} worse ${plural(count, 'one lies', 'ones lie')} above this view`,
  wonIn: (gain: string, generation: number) => `${gain} in generation ${generation}`,
  inTraining: 'In training',
  crowded: 'How crowded each size is',
  crowdedBy: (name: string) => `How crowded each ${name.toLowerCase()} is`,
  generationShort: (generation: number) => `gen ${generation}`,
  now: 'now',
  logScale: 'log scale',
  rootScale: 'small errors spread out',
  network: (id: number) => `#${id}`,
  tradeOff: (y: string, x: string, front: number, trained: number, hypervolume: string) =>
    `Trade-off of ${y.toLowerCase()} by ${x.toLowerCase()}: ${front} of ${trained} trained networks ${are(front)} on the front. Lemon area ${hypervolume}.`,
  tradeOffEmpty: 'Trade-off: no network has been trained yet.',
  walkFront: 'Left and right arrows walk the front by size, Enter selects.',
  walked: (id: number, x: string, y: string, place: number, count: number) =>
    `Network ${id}, ${x}, ${y}, ${place} of ${count} on the front`,
  timeline: 'Generation shown',
  timelineAt: (generation: number, hypervolume: string, live: boolean) =>
    `generation ${generation}: ${hypervolume}${live ? ', live' : ''}`,
  timelineEmpty: 'press Play',
  timelineBegun: 'the starting networks are in training',
  generationFirst: 'Gen 0',
};
