import type { LessonWords } from './lesson-words.ts';

/** What the lessons on the search say, step by step. */
export const searchLessons = {
  front: {
    title: 'What is a front?',
    summary: 'Two wishes at once, who dominates whom, and the area that counts.',
    minutes: 6,
    steps: [
      {
        title: 'Every dot is a trained network',
        text: 'Further left is smaller, further down is fewer errors. Here are three starting networks. Which one is the best?',
        act: 'Look at the smallest',
        after:
          'It has the fewest parameters, and it errs the most. None of the three is best at both: there is no single winner.',
      },
      {
        title: 'Who dominates whom',
        text: 'A network dominates another when it is at least as good in both wishes and better in one. Watch two generations: which dots are grey, and what beats each of them?',
        act: 'Replay two generations',
        after:
          'The grey dots are dominated: another network is smaller and errs no more. They are kept to look at, but they have no children any more.',
      },
      {
        title: 'What is left is the front',
        text: 'The lemon dots are dominated by none. The line is a staircase because only real networks count: between two dots nothing was found.',
        act: 'Replay to generation 5',
        after:
          'Each new step cuts a corner. A dot may leave the front, but the area behind it never shrinks.',
      },
      {
        title: 'One number for a whole front',
        text: 'The shaded area is what the front covers of a fixed box: the lemon area, or hypervolume. The track above is this number over time.',
        act: 'Replay to the end',
        after:
          'It only rises, because every generation keeps what no other dominates. A flat stretch is a generation that found nothing new.',
      },
      {
        title: 'You choose, not the search',
        text: 'The search never asked how much a parameter is worth in errors. With the front before you, you can say it now.',
        act: 'Look at a bargain',
        after:
          'The smallest network within two points of the lowest error. Two points is our choice; yours may differ.',
      },
      {
        title: 'And for you?',
        text: 'Who sorts post pays for every error and takes a large network. Who has little room takes another dot.',
      },
    ],
    question: {
      ask: 'A new network is larger than #1 and errs more. What becomes of it?',
      options: [
        'It joins the front, which wants every size',
        'It is dominated and has no children',
        'It takes the place of #1',
      ],
      why: [
        'Only where no smaller network errs less, and #1 does.',
        'Right: #1 is better in both wishes.',
        'A member leaves the front only when another one dominates it.',
      ],
    },
    notes: {
      goal: 'Students can say what dominance is, point out dominated networks, and explain why there is no single best network.',
      misconception:
        'That the line joins the dots. It is a staircase: a point between two networks would be a network nobody found.',
      questions: [
        ['Do two equal networks dominate each other?', 'No. Both stay.'],
        [
          'Can a network with a high error be on the front?',
          'Yes, where every better one is bigger: the smallest is always on it.',
        ],
        ['Why can the lemon area never fall?', 'What leaves the front is dominated by what replaces it.'],
      ],
    },
  },
  sampling: {
    title: 'Sampling where it is sparse',
    summary: 'One over the density, twice: where the front is thin, the search looks more.',
    minutes: 8,
    steps: [
      {
        title: 'Many ideas, few trainings',
        text: 'Training is the costly part. So many children are proposed and few are trained. Watch two generations: which ones are kept?',
        act: 'Replay two generations',
        after:
          'Not the best, nobody knows those yet. Those of rare sizes are kept more often. (This recording leaves out the children that were not drawn.)',
      },
      {
        title: 'How crowded is each size?',
        text: 'Parameters can be counted without training. On a log axis a smooth hill shows where many networks are alike in size.',
      },
      {
        title: 'One over the density',
        text: 'The blue bars are each network’s chance to become a parent, times an even draw.',
      },
      {
        title: 'Propose, and keep',
        text: 'Each parent proposes a child by real operators. The same density draws again among the children. Press G for another generation.',
      },
      {
        title: 'A thousand draws',
        text: 'Blue is by one over the density, grey is an even draw. The two bars compare how often rare sizes are reached.',
      },
      {
        title: 'Break it: draw evenly',
        text: 'Now parents and children are drawn evenly, as in the paper’s ablation. Where does the next front get its children?',
      },
    ],
    question: {
      ask: 'Which child is most likely to be trained?',
      options: [
        'One whose size is rare in the population',
        'The largest one',
        'The one with the lowest error',
      ],
      why: [
        'Right: chances of one over the density keep all sizes alive.',
        'Being large does not matter, being rare does.',
        'Its error is not known before it is trained.',
      ],
    },
    notes: {
      goal: 'Students can explain why both draws use the density of the cheap objective and what would happen with an even draw.',
      misconception:
        'That good networks are preferred. Neither draw looks at the error at all: everyone in the population is already on the front.',
      questions: [
        [
          'Why draw twice?',
          'The first draw chooses where to look, the second which children are worth training.',
        ],
        ['Who set the bandwidth?', 'We did, by Scott’s rule. The paper leaves kernel and bandwidth open.'],
        [
          'What is the drawback?',
          'The ends of the front are always rare, so sizes drift outwards. Limits on size stop that.',
        ],
      ],
    },
  },
  shared: {
    title: 'Read a shared run',
    summary: 'Someone sends you a file. What does it claim, and can you check it?',
    minutes: 6,
    steps: [
      {
        title: 'A run is a file',
        text: 'This run came as a file: recipe, seed and every event, no program. The head line says on which data. What else would you want to know before you trust it?',
      },
      {
        title: 'Replay it',
        text: 'The file holds what happened, in order. Nothing is computed again while it plays.',
        act: 'Replay to generation 4',
        after: 'You can scrub the track back and forth. Steep parts are where the run made its gains.',
      },
      {
        title: 'Ask who won, and at what cost',
        text: 'The most accurate network is at one end of the front. Look what it costs.',
        act: 'Look at the most accurate',
        after: 'Its size, its error on the validation images, and the operators that made it.',
      },
      {
        title: 'How did it come about?',
        text: 'Every network has a line of ancestors back to a starting network.',
        act: 'Show how it grew',
        after:
          'Each step inherits weights. So its images seen are its own and its ancestors’: compare networks by both.',
      },
      {
        title: 'Look for what is not said',
        text: 'A front shows the winners. The log also holds what was put aside, and why.',
        act: 'Open the log',
        after:
          'A whole file also has duplicates, sizes outside the limits and children that were not drawn, each with its reason. Are they here? Read the note, next.',
      },
      {
        title: 'Check the claims',
        text: 'Under Share you can have the front computed again and let included weights answer the validation images on this device.',
        act: 'Open Share',
        after:
          'The note says what was left out of this file. And one seed stays one seed: what would convince you more?',
      },
    ],
    question: {
      ask: 'Somebody sends you a run. How can you tell that its numbers are right?',
      options: ['By who sent it', 'Verify works them out again on this device', 'By the size of the file'],
      why: [
        'Anyone can write a name.',
        'Right: each claim gets a tick, a cross, or “cannot be checked here”.',
        'A made-up file can be as large.',
      ],
    },
    notes: {
      goal: 'Students can tell claim, evidence and effort apart in a shared run, and check what can be checked.',
      misconception:
        'That the error shown is the error on new images. The validation images drove the search; the test images are asked once, on demand.',
      questions: [
        ['What makes two runs comparable?', 'The same data, the same images seen, several seeds.'],
        ['What can a tick under Check not tell you?', 'Whether other seeds were tried and left out.'],
      ],
    },
  },
} as const satisfies Record<string, LessonWords>;
