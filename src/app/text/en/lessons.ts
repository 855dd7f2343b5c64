import type { LessonWords } from './lesson-words.ts';
import { operatorLessons } from './operator-lessons.ts';
import { searchLessons } from './search-lessons.ts';

const lessonWords = { ...searchLessons, ...operatorLessons };

/** Words of the lessons' pages, fetched with them. */
export const lessons = {
  title: 'Lessons',
  lead: 'Each lesson drives the real screen: predict, find, do, and learn why. Every number is computed here; the run is a recording of a real one.',
  aside: 'Your run will be set aside when a lesson begins; the page offers it back.',
  lessons: lessonWords as Readonly<Record<keyof typeof lessonWords, LessonWords>>,
  length: (steps: number, minutes: number) => `${steps} steps, ${minutes} min`,
  /** A lesson with its length; titles may end in a question mark. */
  timed: (title: string, minutes: number) => `${title} (about ${minutes} minutes)`,
  placesTitle: 'Try it by yourself',
  places: {
    bench: { title: 'Morphism bench', text: 'Six operators on a network whose every weight you can read.' },
    sampling: { title: 'Two-stage sampling', text: 'Move the bandwidth and the numbers of children.' },
    weights: {
      title: 'Shared or inherited?',
      text: 'What a supernet’s shared weights tell of a network, and what inherited ones do.',
    },
    compose: { title: 'Compose by hand', text: 'Apply operators yourself and play against LEMONADE.' },
  },
  notes: 'Notes for the teacher',
  print: 'Print the notes',
  /** All lessons in a row; the plan takes some of them. */
  total: (lessons: number, minutes: number) => `${lessons} lessons, about ${minutes} minutes in all.`,
  plan: 'Plan for 45 minutes: three lessons and a puzzle',
  present:
    'While you present, Next passes every task and question, so that you can go on once the class has discussed it; a remote control’s page keys go on and back too. Pupils answer in a link without bigger type.',
  handIn: {
    title: 'The class’s results, side by side',
    lead: 'Each pupil opens Share, “For the class’s comparison”, and holds the QR code up to your camera or sends the link. Compare reads codes, links and files; for the puzzle of the day pupils send their result line.',
    open: 'Open Compare',
  },
  goOn: (step: number) => `Go on at step ${step}`,
  goal: 'Aim.',
  misconception: 'Often thought.',
  questions: 'To ask',
  builder: {
    title: 'A link for your class',
    lead: 'Opens a lesson, or one beat of the morphism bench, as you want it shown. Nothing is stored and nothing is sent.',
    opens: 'What it opens',
    bench: 'One beat of the bench',
    beat: 'Beat',
    present: 'Bigger type, for a projector',
    seed: 'Seed',
    hide: 'Leave out',
    parts: {
      transport: 'Play and speed',
      loop: 'The loop',
      network: 'This network',
      strip: 'Family tree',
      files: 'Share, open, save, settings',
      article: 'The article',
      notes: 'Teacher notes',
      formulas: 'Formulas',
    },
    copy: 'Copy the link',
    open: 'Open it',
    offline: 'After one visit the lessons also work without a network.',
  },
  footer: 'Works offline',
  keys: [
    ['Space', 'next, in a lesson'],
    ['Shift Space', 'back'],
    ['Esc', 'out'],
  ] as readonly (readonly [string, string])[],
  next: 'Next',
  finish: 'Finish',
  back: 'Back',
  first: 'This is the first step',
  showing: 'Watch',
  progress: (step: number, of: number) => `Step ${step} of ${of}`,
  fold: 'Fold the card',
  unfold: 'Unfold the card',
  leave: 'Leave the lesson',
  over: 'One question',
  answers: 'Answers',
  answered: 'answered',
  tryAgain: 'Choose another answer.',
  answerFirst: 'Choose the right answer first',
  nextLesson: (title: string) => `Next comes: ${title}`,
  lastLesson: 'You have seen them all. Try the puzzles under Compose.',
  all: 'All lessons',
  go: 'Continue',
  /** Where no network of the run shows what the step is about. */
  notMade: 'No network of this run shows it. The next steps show how one is made.',
  noRecording: 'The recording could not be loaded, so the screen stays as it is.',
};

export const learning = {
  playground: 'Playground',
  back: 'Back to the run',
  places: {
    lessons: 'Lessons',
    bench: 'Bench',
    sampling: 'Sampling',
    weights: 'Sharing',
    compose: 'Compose',
  },
  nav: 'Places for learning',
  present: 'Present',
  presentHelp: 'Bigger type, for a projector',
};
