/** Words of the lesson "Shared or inherited?", fetched with it. */
export const weights = {
  title: 'Shared or inherited?',
  lead: 'Training every candidate alone is dear. One-shot search lets all share the weights of one supernet; LEMONADE lets each child inherit its parent’s. Do they rank networks as training alone would?',
  beats: ['One supernet', 'All 256 paths', 'Trained alone', 'Inherited', 'What each can tell'],
  beatTexts: [
    'Four positions, each with a separable 3×3, a 3×3, a 5×5 or nothing: 256 paths. Every batch trains one path, drawn evenly; each block is trained by all paths through it.',
    'Each dot is a path with the shared weights as they are, the batch-norm statistics computed anew. None of them was trained for itself.',
    'Twenty-four of the paths, of all sizes, are trained alone three times. Up: the mean of two trainings. If shared weights ranked rightly, the dots would climb. Click one.',
    'Twenty-four children of one trained parent: each inherits its weights through one to three operators and is trained a little. Then each is trained alone as well, three times.',
    'Kendall’s τ is 1 where two lists have the same order, 0 where one says nothing of the other. The third training is the yardstick: no cheap guess can be expected to beat it.',
  ],
  /** Where a network that was clicked stands by both errors; equal ones share a place. */
  stands: (name: string, cheap: number, alone: number, of: number) =>
    `${name}: place ${cheap} of ${of} by shared weights, place ${alone} trained alone.`,
  pick: 'Click a network, or walk them with the arrow keys, to see its places.',
  dots: 'Networks',
  dot: (name: string, cheap: string, alone: string) => `${name}: ${cheap} cheap, ${alone} alone`,
  restart: 'From the beginning',
  doing: {
    preparing: 'Starting',
    supernet: 'Training the supernet',
    shared: 'Evaluating paths',
    alone: 'Training paths alone',
    parent: 'Training the parent',
    child: 'Training children',
    childAlone: 'Training children alone',
  },
  images: (count: string) => `${count} images`,
  of: (count: number, all: number) => `${count} of ${all}`,
  again: 'Try again',
  failed: 'This could not be computed.',
  positions: 'A path of the supernet',
  position: (number: number) => `Position ${number}`,
  axes: {
    parameters: 'parameters, log scale',
    error: 'validation error',
    shared: 'error with shared weights',
    child: 'error of the child that inherits',
    alone: 'error trained alone, mean of two',
  },
  picture: {
    paths: (count: number) => `${count} paths by size and error with shared weights`,
    shared: (count: number) => `${count} paths: error with shared weights against error trained alone`,
    inherited: (count: number) => `${count} children: error after inheriting against error trained alone`,
  },
  tau: { shared: 'Shared weights', inherited: 'Inherited weights', again: 'One training more' },
  tauOf: (value: string, low: string, high: string) => `τ ${value} (95 %: ${low} to ${high})`,
  pairs: (share: string) => `${share} of pairs in the right order`,
  noTau: 'Kendall’s τ after three networks',
  table: 'The numbers',
  columns: {
    network: 'Network',
    parameters: 'Parameters',
    cheap: 'Cheap',
    alone: 'Alone',
    again: 'Once more',
  },
  path: (number: number) => `Path ${number}`,
  child: (number: number) => `Child ${number}`,
  both: { shared: 'Shared', inherited: 'Inherited' },
  verdicts: {
    first: 'Here shared weights foretold the order even better than one training more.',
    second: 'There is an order to find: one training more finds clearly more of it than shared weights do.',
    neither:
      'The intervals overlap: this run alone cannot say whether one training more would know the order better.',
  },
  caution:
    'Twenty-four networks and one seed: hence the wide intervals. Children of one parent differ less than paths do, which makes them harder to rank for any method.',
  can: {
    shared: (shared: string, alone: string) =>
      `One training asks all 256. But each block serves all its paths at once: errors are ${shared} on average, and ${alone} trained alone. They tell the bad from the good, not the good from each other.`,
    inherited: (inherited: string, alone: string) =>
      `An inherited network is a trained one: its error is its own, ${inherited} on average after a tenth of the images, ${alone} alone. But each child costs a short training, and all are near their parent.`,
  },
  footer: (dataset: string, seed: number) => `${dataset}, seed ${seed}, computed here`,
  keys: [
    ['Space', 'go on'],
    ['T', 'table'],
    ['Esc', 'lessons'],
  ] as readonly (readonly [string, string])[],
};
