import type { LessonWords } from './lesson-words.ts';

/** What the lessons on the operators say, step by step. */
export const operatorLessons = {
  deepen: {
    title: 'Deepen',
    summary: 'A new layer that passes everything on, until training changes it.',
    minutes: 7,
    steps: [
      {
        title: 'Deeper without forgetting',
        text: 'A new layer with random numbers ruins what a network has learned. Yet the search adds layers all the time. How?',
        act: 'Find a deepened one',
        after: 'This one has a block that its parent had not. It started from what the parent knew.',
      },
      {
        title: 'See the parent',
        text: 'A small trained network, every learned number a cell. A filter, a little grid that looks for one pattern, is a column in block 1; block 2 reads these columns row by row.',
      },
      {
        title: 'Place your bet',
        text: 'We put a new block between the two. Will the share of right answers drop, stay or rise?',
      },
      {
        title: 'A kernel that copies',
        text: 'Each new grid is 1 in the middle for its own channel and 0 elsewhere: it copies. The normalisation behind it, which rescales each channel, is set so that it undoes itself.',
      },
      {
        title: 'The same answers',
        text: 'The same images go through both. The needle shows the largest difference of any output: no more than rounding. Try to draw something that breaks it.',
      },
      {
        title: 'Break it',
        text: 'Each switch gets one thing wrong. The needle jumps: now it is a different function, and what was learned is spent.',
      },
      {
        title: 'Why it must come after a ReLU',
        text: 'A ReLU twice is a ReLU once, so the new block’s own ReLU changes nothing. Would it also hold after tanh?',
      },
    ],
    question: {
      ask: 'Why does a network answer alike right after a layer was added?',
      options: [
        'The new layer passes its input on unchanged',
        'The new layer is left out until it has learned',
        'One layer more never matters',
      ],
      why: [
        'Right: it begins as an identity, and training may then change it.',
        'It is used from the first image on; it only happens to change nothing.',
        'A layer with random weights changes every answer: try it in Break it.',
      ],
    },
    notes: {
      goal: 'Students can explain why an identity kernel, undone batch normalisation and an idempotent ReLU leave the function unchanged.',
      misconception:
        'That the new layer is useless because it does nothing. It gets gradients at once and departs from the identity as it trains.',
      questions: [
        [
          'Why measure mean and variance?',
          'So that batch normalisation with those values is the identity too.',
        ],
        ['Is it exact in training mode?', 'No, only nearly: a batch’s own statistics are used there.'],
        ['After tanh?', 'No: tanh of tanh is another function.'],
      ],
    },
  },
  widen: {
    title: 'Widen',
    summary: 'New filters are random; whoever reads them starts at zero.',
    minutes: 7,
    steps: [
      {
        title: 'Wider without forgetting',
        text: 'More filters can hold more. But new random filters feed noise into the next layer. How can the answers stay?',
        act: 'Find a widened one',
        after: 'Its parent had fewer filters. This one began with everything the parent had learned.',
      },
      {
        title: 'See the parent',
        text: 'A filter is a little grid of numbers that looks for one pattern. Block 1 has two: the columns. Each filter of block 2 is a row, and reads every column.',
      },
      {
        title: 'Place your bet',
        text: 'We double the first block. Will the share of right answers drop, stay or rise?',
      },
      {
        title: 'Zeros first, then chance',
        text: 'First block 2 gets zeros where it will read the new filters: whatever they hold is multiplied by nothing. Only then are they filled at random. So the answers stay at every moment.',
      },
      {
        title: 'The same answers',
        text: 'The new filters work, and nobody listens to them yet: what they say is multiplied by zero. What is left of a difference is the computer’s rounding.',
      },
      {
        title: 'Break it',
        text: 'Each switch gets one thing wrong. Some change the answers at once; one does its harm only when training begins.',
      },
      {
        title: 'One of the two must not be zero',
        text: 'The columns are zero so that nothing changes. The filters are random so that something can. Why are both needed?',
      },
    ],
    question: {
      ask: 'A layer is doubled by copying its filters. What must happen to the layer that reads it?',
      options: [
        'Nothing',
        'Its weights for the copies are shared out, so that sums stay the same',
        'It must be trained anew',
      ],
      why: [
        'Then every sum would count the copied filters twice.',
        'Right: the shares of a weight add up to the whole.',
        'No training is needed: the function is the same at once.',
      ],
    },
    notes: {
      goal: 'Students can explain widening as the block matrix [A 0] times (h; h~), and why one part is zero and the other is not.',
      misconception:
        'That the new filters do not matter because they are multiplied by zero. The zero columns get gradients, because what they read is not zero.',
      questions: [
        [
          'Why not set both to zero?',
          'Each gradient then has the other as a factor: both stay zero for ever.',
        ],
        [
          'What is the other way, copying?',
          'Net2Wider: filters are copied and the readers’ weights divided by the number of copies.',
        ],
        ['Why is the difference not exactly 0?', 'Longer sums are added in another order; float32 rounds.'],
      ],
    },
  },
  skip: {
    title: 'Skip',
    summary: 'A road round a block, closed for now.',
    minutes: 6,
    steps: [
      {
        title: 'A road round a block',
        text: 'A skip carries numbers past a block, which helps deep networks learn. But it adds to every sum behind it. How can the answers stay?',
        act: 'Find one with a skip',
        after: 'The arch is the skip. It started from what its parent knew.',
      },
      {
        title: 'See the parent',
        text: 'A block between two points of the same height and width. The skip will join them.',
      },
      {
        title: 'Place your bet',
        text: 'We add the skip with a weight. Will the share of right answers drop, stay or rise?',
      },
      {
        title: 'A gate that starts closed',
        text: 'A gate λ (lambda) mixes the two roads: the block counts λ, the skip 1 − λ. λ starts at 1, so the skip counts nothing yet. Training may open it.',
      },
      {
        title: 'The same answers',
        text: 'At lambda = 1 the difference is exactly zero: nothing was added that needs rounding.',
      },
      {
        title: 'Break it',
        text: 'Switch λ to 0.5: half of the skip comes in at once, and the needle jumps. The other switch bends λ with a curve (a sigmoid): that gate never quite closes.',
      },
      {
        title: 'When channels differ',
        text: 'A sum needs equal channels. Otherwise the skip is put beside the block’s output, and its readers start with zero weights. Which lesson was that?',
      },
    ],
    question: {
      ask: 'At the start λ is 1. What does the new shortcut add?',
      options: [
        'Nothing yet: all the weight is on the old path',
        'Half of the input',
        'A second copy of the answer',
      ],
      why: [
        'Right: the shortcut has the weight 1 − λ, which is 0. Training may move λ.',
        'That would be λ = 0.5, and answers would change.',
        'The two paths are mixed, not added on top.',
      ],
    },
    notes: {
      goal: 'Students can explain the gated sum and why lambda is stored raw and starts at exactly 1.',
      misconception: 'That a closed skip stays closed. Lambda gets a gradient from the first step on.',
      questions: [
        ['Why not sigmoid(a) with a large a?', 'Its slope there is nearly zero, so it would never learn.'],
        ['Skip by concatenation is a case of which operator?', 'Widening: zero weights for the new inputs.'],
      ],
    },
  },
  shrink: {
    title: 'Shrink and distil',
    summary: 'Less cannot be exactly the same: prune, separate, remove, and a lesson from the parent.',
    minutes: 10,
    steps: [
      {
        title: 'A search that only grows misses half',
        text: 'Small networks are found by making good ones smaller. That cannot keep the function exactly, only nearly.',
        act: 'Find a pruned one',
        after: 'Some filters of its parent are gone, and yet it did not start from nothing.',
      },
      {
        title: 'See the parent',
        text: 'A filter’s weight is the sum of its numbers without their signs (its L1 norm). The lightest go first: that is our choice, the paper leaves it open.',
      },
      {
        title: 'Place your bet',
        text: 'A third of the filters of a block go. On how many of the images will parent and child agree?',
      },
      {
        title: 'Cut, in two places',
        text: 'A filter that goes takes its column in the next block with it, and its normalisation too. The rest is copied untouched.',
      },
      {
        title: 'Not the same, and then nearly',
        text: 'The needle stands far outside rounding: answers have changed. Now distillation: the layers next to the cut learn from the parent’s answers, until the child says nearly the same.',
      },
      {
        title: 'Break it',
        text: 'Cut the heaviest filters instead, or forget what normalisation has measured. More is lost, and distillation has more to repair.',
      },
      {
        title: 'Separate',
        text: 'A block is split into two cheap halves: one shape for each channel, then a mix of the channels. A standard calculation (singular value decomposition) finds the best pair; what they cannot hold fades.',
      },
      {
        title: 'Remove',
        text: 'A whole block goes and its neighbours are joined. This loses the most, and distillation repairs the most.',
      },
      {
        title: 'Now you',
        text: 'Shrink this network below 2,500 parameters, keep the error under 6 %, and take four operators at most. You may look after every step; the search may not.',
      },
    ],
    question: {
      ask: 'Why does the parent teach its child after pruning?',
      options: [
        'So that it becomes as large again',
        'Pruning changed the answers, and the parent still knows them',
        'Labels must not be used',
      ],
      why: [
        'The child stays small; that is the point.',
        'Right: the layers next to the cut learn to answer as the parent did.',
        'Labels are used afterwards, when it is trained.',
      ],
    },
    notes: {
      goal: 'Students can say why a shrunken network cannot be exactly the same and what distillation trains, on which layers, towards what.',
      misconception:
        'That distillation is ordinary training. Everything but the affected layers is frozen, and the target is the parent’s probabilities.',
      questions: [
        [
          'Why freeze the rest?',
          'It already does what the parent did; only the layers next to the cut are out of step.',
        ],
        ['Why soft targets?', 'They say how sure the parent was, also of the wrong classes.'],
        ['Which operators are approximate?', 'Remove, prune and separate: the only ones that shrink.'],
      ],
    },
  },
} as const satisfies Record<string, LessonWords>;
