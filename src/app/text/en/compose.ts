import { plural } from './plurals.ts';

/** Words of composing by hand, fetched with it. */
export const compose = {
  title: 'Beat the search by hand',
  lead: (images: string) =>
    `Change the network one operator at a time. Each step keeps what the network has learned, then trains it for ${images} images.`,
  puzzles: 'Puzzles',
  names: {
    today: 'Puzzle of the day',
    four: 'Four operators',
    shrink: 'Shrink without forgetting',
    clothes: 'Clothes are harder',
    free: 'No goal',
  },
  goals: {
    parameters: (value: string) => `under ${value} parameters`,
    error: (value: string) => `under ${value} error`,
    operators: (count: number) => `at most ${count} operators`,
  },
  met: 'met',
  notMet: 'not met yet',
  used: (used: number, of: number) => `${used} of ${of}`,
  ours: 'The goals are ours, set after checking that they can be reached.',
  oursToday:
    'One of the puzzles’ goals, with the same first network for everybody today. With it the goal may be a little easier or harder.',
  copyResult: 'Copy the result',
  result: (date: string, symbols: string, parameters: string, error: string, link: string) =>
    `LEMONADE puzzle, ${date}: ${symbols}, ${parameters} parameters, ${error} error. ${link}`,
  solved: 'Solved.',
  solvedText: 'This network is in the goal. Can LEMONADE do it with the same number of images?',
  noneLeft: 'None left in this puzzle. Undo frees one.',
  next: 'Next puzzle',
  again: 'Start again',
  operators: 'Operators',
  pick: 'Choose an operator, then a place for it.',
  noSite: 'does not fit here',
  places: (count: number) => plural(count, '1 place', `${count} places`),
  becomes: (from: string, to: string) => `${from} to ${to} parameters`,
  exact: 'exact: the same answers before training',
  approximate: 'approximate: distilled, then trained',
  choices: {
    factor: 'Factor',
    variant: 'New filters',
    kernelSize: 'Kernel',
    fraction: 'Share that goes',
    zero: 'unheard',
    copy: 'copied',
  },
  preparing: 'Testing the backend and loading the images',
  training: (id: number, images: string, of: string) => `Training #${id}, ${images} of ${of} images`,
  ready: 'Your turn',
  failed: (reason: string) => `It stopped: ${reason}`,
  retry: 'Try again',
  undo: 'Undo',
  redo: 'Redo',
  chain: 'Your operators',
  start: 'start',
  step: (index: number, operator: string) => `${index} ${operator}`,
  branches: 'Other branches',
  goTo: 'Go to',
  size: (parameters: string) => `${parameters} par.`,
  network: (id: number, text: string) => `Network ${id}, ${text}`,
  notTrained: 'in training',
  agreed: (same: number, of: number) => `same answer on ${same} of ${of} before training`,
  distilled: (before: string, after: string) => `distance to its parent ${before}, distilled ${after}`,
  plot: 'Trade-off of what you composed',
  goalArea: (parameters: string, error: string) =>
    `goal: under ${parameters} parameters, under ${error} error`,
  score: 'Score: lemon area (hypervolume)',
  yours: (count: number) => plural(count, 'Your network', `Your ${count} networks`),
  lemonade: (count: number) => `LEMONADE, ${count} networks`,
  lemonadeShort: 'LEMONADE',
  both: 'both together',
  adds: (value: string) => `Yours add ${value} to its front.`,
  addsNothing: 'Yours add nothing to its front.',
  play: (images: string) => `Let LEMONADE try, ${images} images`,
  playing: (images: string, of: string) => `LEMONADE, ${images} of ${of} images`,
  playFirst: 'Train at least one step first.',
  stale: 'You have trained on since. Let LEMONADE try again for a fair score.',
  effort: (own: string, other: string) =>
    `Effort: you ${own} images, undone steps included; LEMONADE ${other}. Distillation is counted on neither side.`,
  /** Before the numbers: `own` and `each` images that a starting network has seen. */
  unequal: (own: string, each: string) =>
    `Not on equal terms: your one start saw ${own} images; LEMONADE’s four shared as many, ${each} each. So its small networks are trained less, and a lead of yours says little.`,
  margin: (parameters: string, mine: string, theirs: string, images: number, of: string) =>
    images === 0
      ? `Under ${parameters} parameters both reach ${mine} error.`
      : `Under ${parameters} parameters: you ${mine} error, LEMONADE ${theirs}. That is ${Math.abs(images)} of ${of} validation images${images > 0 ? '' : ' in its favour'}.`,
  marginNone: (parameters: string) => `LEMONADE found nothing under ${parameters} parameters.`,
  chance: 'One run each, on the images the choices were made by: a small margin can be chance.',
  openRun: (name: string) => `front of ${name}`,
  openRunEffort: (name: string, trained: number, images: string) =>
    `${name}: ${trained} networks, ${images} images. Not the same effort.`,
  seed: 'Start a search from this network',
  seedHelp:
    'Its shape becomes one more starting network of a new search. Like the others it is trained there from scratch.',
  save: 'Save as a run',
  openRunHere: 'Open as a run',
  saveHelp:
    'A run file like any other, with the weights of its front: others can replay it, check it, lay it over theirs and search on from it.',
  runName: (puzzle: string) => `By hand: ${puzzle}`,
  runNote: (puzzle: string) =>
    `Composed by hand (${puzzle}): every parent and operator was chosen by a person, none was drawn by a search.`,
  opponentName: 'LEMONADE against my networks',
  seedName: (id: number) => `Search from my network ${id}`,
  bench: 'Open in the bench',
  footer: (dataset: string, seed: number, backend: string) => `${dataset}, seed ${seed}, ${backend}`,
  table: 'These networks as a table',
  columns: ['network', 'made by', 'from', 'parameters', 'error'] as readonly string[],
  keys: [
    ['D W K R P S', 'operator'],
    ['Ctrl Z', 'undo'],
    ['Ctrl Y', 'redo'],
  ] as readonly (readonly [string, string])[],
};
