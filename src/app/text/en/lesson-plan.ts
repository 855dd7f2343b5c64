/** The teacher's plan; what its lessons say comes from the lessons themselves. */
export const lessonPlan = {
  title: (minutes: number) => `A plan for ${minutes} minutes`,
  lead: 'You show and the class answers; towards the end pairs build a network themselves. No account, no installation, nothing leaves the computers.',
  print: 'Print the plan',
  plain: 'Without formulas, for younger pupils',
  handIn: 'Hand in',
  back: 'All lessons',
  span: (from: number, to: number) => `${from}–${to} min`,
  does: 'The class',
  open: 'Open',
  ask: 'Ask',
  thought: 'Often thought',
  material: 'Needed',
  step: (step: number, kind: string) => `Step ${step}, ${kind.toLowerCase()}:`,
  end: 'At the end:',
  answer: (right: string) => `(${right})`,
  lesson: {
    material: 'A projector; hands go up for every prediction, and one pupil at a time comes to the keyboard.',
  },
  parts: {
    watch: {
      title: 'What is searched for?',
      does: 'Watches the recording and says what the dots might be.',
      ask: [
        [
          'What would you want of a network on a phone?',
          'Few errors and few numbers, which work against each other.',
        ],
      ],
      thought: 'That a search like this needs a data centre: it runs in this tab.',
      material: 'A projector, and this page opened once beforehand, so that it also works offline.',
    },
    puzzle: {
      title: 'The puzzle of the day, in pairs',
      does: 'Shrinks or grows a network by hand, operator by operator, and compares results.',
      ask: [
        [
          'Which operator would you use next, and why?',
          'Growing keeps the answers, shrinking saves parameters.',
        ],
      ],
      thought: 'That the first idea is the best one: every step can be undone, and another tried.',
      material: 'One computer for two pupils, with any current browser.',
    },
    close: {
      title: 'What stays?',
      does: 'Writes one sentence each: what surprised me, and by which number.',
      ask: [
        ['Why is there no single best network?', 'Two wishes: better in one costs something in the other.'],
      ],
      thought: 'That the most accurate network is the result: the whole front is.',
      material: 'A slip of paper for everyone.',
    },
  } as Readonly<
    Record<
      'watch' | 'puzzle' | 'close',
      {
        readonly title: string;
        readonly does: string;
        readonly ask: readonly (readonly [question: string, answer: string])[];
        readonly thought: string;
        readonly material: string;
      }
    >
  >,
};
