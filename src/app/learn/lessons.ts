import type { OperatorKind } from '../../core/morphisms/morphism.ts';
import type { PuzzleId } from './compose/puzzles.ts';
import type { StripTab } from '../model/address.ts';
import type { Drawer } from '../model/page.svelte.ts';
import type { TargetKey } from './targets.ts';

export type LessonId = 'front' | 'deepen' | 'widen' | 'skip' | 'shrink' | 'sampling' | 'shared';

/** Which network is looked at: one of the three picks, the first of the front that an operator made, or none. */
export type Look = 'smallest' | 'bargain' | 'best' | { readonly madeBy: OperatorKind } | null;

/** What the screen shows when a step begins; whole, so that a step may be entered from anywhere. */
export type Scene =
  | {
      readonly page: 'run';
      /** Generation of the recording at whose end the page stands. */
      readonly at: number | 'end';
      readonly look?: Look;
      readonly tab?: StripTab;
      readonly film?: boolean;
      readonly drawer?: Drawer;
    }
  | { readonly page: 'bench'; readonly operator: OperatorKind; readonly beat: 1 | 2 | 3 | 4 | 5 }
  | { readonly page: 'sampling'; readonly beat: 1 | 2 | 3 | 4 | 5 }
  | { readonly page: 'compose'; readonly puzzle: PuzzleId };

/** What Space does to the screen before it moves on. */
export type Action =
  | { readonly does: 'replay'; readonly to: number | 'end' }
  | { readonly does: 'look'; readonly at: Look }
  | { readonly does: 'tab'; readonly tab: StripTab }
  | { readonly does: 'film' }
  | { readonly does: 'drawer'; readonly drawer: Drawer };

/** Text, then action, then pause. The words are in text/, one entry a step. */
export interface LessonStep {
  readonly scene: Scene;
  /** What the step is about, ringed on the screen. */
  readonly target: TargetKey;
  readonly action?: Action;
}

export interface Lesson {
  readonly id: LessonId;
  /** Which of the three answers to the question at its end is right. */
  readonly answer: 0 | 1 | 2;
  /** The recording stands for a file that someone sent. */
  readonly asFile?: boolean;
  readonly steps: readonly LessonStep[];
}

const beats = (operator: OperatorKind): readonly LessonStep[] =>
  ([1, 2, 3, 4, 5] as const).map((beat) => ({ scene: { page: 'bench', operator, beat }, target: 'bench' }));

/** How the operator came to matter in a real run, then its five beats, then a question. */
const operatorLesson = (operator: 'deepen' | 'widen' | 'skip'): Lesson => ({
  id: operator,
  answer: operator === 'widen' ? 1 : 0,
  steps: [
    {
      scene: { page: 'run', at: 'end' },
      target: 'tradeOff',
      action: { does: 'look', at: { madeBy: operator } },
    },
    ...beats(operator),
    { scene: { page: 'run', at: 'end', look: { madeBy: operator } }, target: 'network' },
  ],
});

/** The lessons in the order of the list. */
export const lessons: readonly Lesson[] = [
  {
    id: 'front',
    answer: 1,
    steps: [
      { scene: { page: 'run', at: 0 }, target: 'tradeOff', action: { does: 'look', at: 'smallest' } },
      { scene: { page: 'run', at: 0 }, target: 'tradeOff', action: { does: 'replay', to: 2 } },
      { scene: { page: 'run', at: 2 }, target: 'tradeOff', action: { does: 'replay', to: 5 } },
      { scene: { page: 'run', at: 5 }, target: 'timeline', action: { does: 'replay', to: 'end' } },
      { scene: { page: 'run', at: 'end' }, target: 'tradeOff', action: { does: 'look', at: 'bargain' } },
      { scene: { page: 'run', at: 'end', look: 'bargain' }, target: 'network' },
    ],
  },
  operatorLesson('deepen'),
  operatorLesson('widen'),
  operatorLesson('skip'),
  {
    id: 'shrink',
    answer: 1,
    steps: [
      {
        scene: { page: 'run', at: 'end' },
        target: 'tradeOff',
        action: { does: 'look', at: { madeBy: 'prune' } },
      },
      ...beats('prune'),
      { scene: { page: 'bench', operator: 'separate', beat: 3 }, target: 'bench' },
      { scene: { page: 'bench', operator: 'remove', beat: 3 }, target: 'bench' },
      { scene: { page: 'compose', puzzle: 'shrink' }, target: 'composeTools' },
    ],
  },
  {
    id: 'sampling',
    answer: 0,
    steps: [
      { scene: { page: 'run', at: 1 }, target: 'loop', action: { does: 'replay', to: 3 } },
      { scene: { page: 'sampling', beat: 1 }, target: 'samplingRows' },
      { scene: { page: 'sampling', beat: 2 }, target: 'samplingRows' },
      { scene: { page: 'sampling', beat: 3 }, target: 'samplingRows' },
      { scene: { page: 'sampling', beat: 4 }, target: 'samplingTools' },
      { scene: { page: 'sampling', beat: 5 }, target: 'samplingRows' },
    ],
  },
  {
    id: 'shared',
    answer: 1,
    asFile: true,
    steps: [
      { scene: { page: 'run', at: 'end' }, target: 'header' },
      { scene: { page: 'run', at: 0 }, target: 'timeline', action: { does: 'replay', to: 4 } },
      { scene: { page: 'run', at: 'end' }, target: 'tradeOff', action: { does: 'look', at: 'best' } },
      { scene: { page: 'run', at: 'end', look: 'best' }, target: 'strip', action: { does: 'film' } },
      {
        scene: { page: 'run', at: 'end', look: 'best' },
        target: 'strip',
        action: { does: 'tab', tab: 'log' },
      },
      { scene: { page: 'run', at: 'end' }, target: 'header', action: { does: 'drawer', drawer: 'share' } },
    ],
  },
];

export const lessonById = (id: string): Lesson | null => lessons.find((lesson) => lesson.id === id) ?? null;

/** The lesson after `id` in the list; null after the last. */
export const lessonAfter = (id: LessonId): Lesson | null =>
  lessons[lessons.findIndex((lesson) => lesson.id === id) + 1] ?? null;
