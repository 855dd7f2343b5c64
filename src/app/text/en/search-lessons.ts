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
        text: 'Further left: fewer parameters, the numbers it has learned. Further down: fewer wrong answers. The search starts with these three. Which one is the best?',
        act: 'Look at the smallest',
        after:
          'It has the fewest parameters, and it errs the most. None of the three is best at both: there is no single winner.',
      },
      {
        title: 'Who dominates whom',
        text: 'One network dominates another if it is no larger, errs no more, and is better in one of the two. Watch two generations, two rounds of the search: which dots turn grey?',
        act: 'Replay two generations',
        after:
          'The grey dots are dominated: for each there is a better one in sight. They stay on the picture, but have no children any more.',
      },
      {
        title: 'What is left is the front',
        text: 'The lemon dots are the front: no other network beats them. The line is a staircase, because only networks that were really found count, and between two dots there is none.',
        act: 'Replay to generation 5',
        after:
          'Each new step cuts a corner. A dot leaves the front when another beats it; it stays on the picture, in grey.',
      },
      {
        title: 'One number for a whole front',
        text: 'The shaded part is the lemon area: how much of the box lies behind the front. (Its name in books is hypervolume.) The track above shows it round by round.',
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
        text: 'Whoever sorts post pays for every error, and takes a large network. Whoever has little room takes another dot.',
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
        text: 'Training takes time, having ideas does not. So many children are proposed and only a few trained. Watch two generations, two rounds of the search: which children are kept?',
        act: 'Replay two generations',
        after:
          'Not the best, nobody knows those yet. Those of rare sizes are kept more often. (This recording leaves out the children that were not drawn.)',
      },
      {
        title: 'How crowded is each size?',
        text: 'A network’s size is known before it is trained. Each dot is a network; the grey hill is high where many have nearly the same size.',
      },
      {
        title: 'One over the density',
        text: 'A blue bar is a network’s chance to become a parent: long where the hill is low. 1.0× is its chance if all were drawn evenly.',
      },
      {
        title: 'Propose, and keep',
        text: 'Each parent proposes a child. Then the same draw is made among the children, and those of rare sizes are kept more often. G shows another round.',
      },
      {
        title: 'A thousand draws',
        text: 'Blue children were drawn as the search does it, grey ones evenly. The two bars at the right compare how often a rare size came.',
      },
      {
        title: 'Break it: draw evenly',
        text: 'Now all are drawn evenly, as the paper did to compare. Most children land where there are many already. Where will the front get nothing new?',
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
  weights: {
    title: 'Shared or inherited?',
    summary: 'Two ways to ask what a network is worth before it is trained, held against training it.',
    minutes: 8,
    steps: [
      {
        title: 'One network that holds 256',
        text: 'At each of four places stands one of four parts, so there are 256 paths. Each batch of images trains one path, drawn evenly, and a part keeps what it learned for all of them.',
      },
      {
        title: 'All 256 asked at once',
        text: 'Each dot is a path with the shared weights, none trained for itself. Look how much they err. Those ringed, of all sizes, come next.',
      },
      {
        title: 'Held against training alone',
        text: 'Now each of the 24 is trained alone, three times from new random weights. Two trainings make the error drawn upwards; the third shows how well any forecast could do.',
      },
      {
        title: 'Inherited weights',
        text: 'LEMONADE asks otherwise: each child takes over its parent’s weights, is trained for 600 images, and is judged. Compare both axes with those of the paths.',
      },
      {
        title: 'What each can tell',
        text: 'Compare each forecast with one training more, and look whether the intervals overlap. A difference inside them may be chance.',
      },
    ],
    question: {
      ask: 'With shared weights, network A errs on 16 % and B on 17 %. Which is better once both are trained alone?',
      options: [
        'A, since it errs less',
        'This does not tell: the difference is too small',
        'B, since shared weights mislead',
      ],
      why: [
        'So small a lead says nothing. Even training both once more often turns such a pair round.',
        'Right: shared weights tell bad networks from good ones at best, and both will err far less alone.',
        'They mislead with some pairs and not with others. Over all pairs they do no worse than a coin.',
      ],
    },
    notes: {
      goal: 'Students can say what weight sharing saves and what it costs, and judge a forecast by how well the thing itself repeats.',
      misconception:
        'That a low τ means a bad forecast. Training the same networks again gives another order too; no forecast can be expected to beat that.',
      questions: [
        [
          'Why do paths err so much with shared weights?',
          'Every part must serve all paths through it, so it fits none of them well.',
        ],
        [
          'Why is a child’s error nearer to that of training alone?',
          'Its weights were trained in a network almost like it, and are trained on.',
        ],
        ['What would make the intervals narrower?', 'More networks, more validation images, more seeds.'],
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
        text: 'This run came as a file: its settings and everything that happened, but no program. The head line says on which pictures. What else would you ask before you trust it?',
      },
      {
        title: 'Replay it',
        text: 'The file holds what happened, in order. Playing it trains nothing again.',
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
        text: 'A front, the networks no other beats, shows only winners. The log also holds what was put aside, and why.',
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
      options: [
        'By who sent it',
        'Have the device work them out again: “Check it now”, under Share',
        'By the size of the file',
      ],
      why: [
        'Anyone can write a name.',
        'Right: each claim gets a tick, a cross, or “cannot be checked”, as the errors do where a file brings no weights.',
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
