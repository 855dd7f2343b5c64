/** What the words of the page mean: shown where a word first stands, and all of them in the help sheet. */
export const glossary = {
  title: 'Words',
  terms: {
    front: [
      'Front',
      'The networks that no other beats: none is at least as good in every wish and better in one.',
    ],
    dominated: ['Dominated', 'Another network is at least as good in every wish and better in one.'],
    tradeOff: [
      'Trade-off',
      'Each dot is a trained network. Further left it is smaller, further down it makes fewer errors; one can rarely have the best of both.',
    ],
    hypervolume: [
      'Lemon area',
      'The share of a fixed box that lies behind the front, drawn in lemon. It grows as the front moves and never falls; its name in the literature is hypervolume.',
    ],
    generation: [
      'Generation',
      'One round of the search: propose children, choose a few, train them, let them compete.',
    ],
    loop: [
      'The loop',
      'What every generation does, in this order. The four pictures share one axis of sizes.',
    ],
    propose: [
      'Propose',
      'Children are made by small changes of their parents. Nothing is trained yet, so hundreds cost almost nothing.',
    ],
    choose: [
      'Choose',
      'A few of the proposed children are drawn by lot. Those of rare sizes are likelier, so that all sizes are tried.',
    ],
    train: [
      'Train',
      'Only the chosen children are trained, and they begin with what their parents had learned.',
    ],
    compete: ['Compete', 'All networks are compared; those that no other beats are the new front.'],
    deepen: ['Deepen', 'Adds a block that at first passes everything on, so no answer changes.'],
    widen: ['Widen', 'Adds filters to a block; whoever reads them starts at zero, so no answer changes.'],
    skip: ['Skip', 'Adds a shortcut around blocks, closed at first, so no answer changes.'],
    remove: ['Remove', 'Takes out a block or a shortcut; the child then learns to answer like its parent.'],
    prune: [
      'Prune',
      'Takes the weakest filters out of a block; the child then learns to answer like its parent.',
    ],
    separate: [
      'Separate',
      'Splits a block into two cheap halves that together come close to it; the child then learns to answer like its parent.',
    ],
    morphism: [
      'Morphism',
      'A change of a network after which it still answers the same, or nearly so. Children therefore need little training.',
    ],
    parameters: ['Parameters', 'The numbers that training sets. Fewer make a smaller file.'],
    multiplyAdds: ['Multiply-adds', 'The multiplications and additions of one answer: its work.'],
    error: [
      'Validation error',
      'The share of wrong answers on images kept apart from training. The search chooses by it.',
    ],
    testError: [
      'Test error',
      'The share of wrong answers on images that the search never sees. It is looked at once, at the end.',
    ],
    imagesSeen: [
      'Images seen',
      'On how many training images a network learned, repeats included. “Inherited” counts what its ancestors saw.',
    ],
    distillation: [
      'Distillation',
      'After shrinking, a child learns to answer like its parent. The number says how far apart their answers are (mean KL divergence): 0 is the same.',
    ],
    confusion: [
      'Confusion',
      'Which classes are taken for which: a row is what an image shows, a column what the network answers.',
    ],
    randomSearch: [
      'Random search',
      'Draws networks at random and trains each from scratch, on as many images in all. A search that does not beat it has learned nothing.',
    ],
    handMade: [
      'Hand-made networks',
      'Two well-known families, VGG-like and MobileNetV2-like, in several sizes: what a person would try without a search.',
    ],
    familyTree: ['Family tree', 'Who came from whom: a line is a child, its symbol the change that made it.'],
    measures: [
      'All measures',
      'Each line is a network of the front, each upright axis one measure, lower is better on all. Drag along an axis to keep part of it.',
    ],
    logit: ['Logit', 'The number that a network gives a class, before these are made into shares.'],
    filter: [
      'Filter',
      'A small grid of weights that looks for one pattern all over the image; its answers are a channel.',
    ],
    batchNormalisation: [
      'Batch normalisation',
      'Brings the numbers of each channel to a common range, with a mean and a variance measured in training.',
    ],
    seed: [
      'Seed',
      'The number from which all chance of a run follows: the same seed gives the same run again.',
    ],
    attainment: [
      'Attainment',
      'Which errors and sizes half of the runs (or all, or at least one) reach: one line for many runs.',
    ],
    igd: [
      'Distance from the front of all (IGD+)',
      'How far a run’s front lies on average behind the best points of all runs together; 0 is none.',
    ],
  } as const,
};

/** A word with a meaning of its own on this page. */
export type Term = keyof typeof glossary.terms;
