import type { OperatorKind } from '../../core/morphisms/morphism.ts';
import type { PuzzleId } from './compose/puzzles.ts';
import type { StripTab } from '../model/address.ts';
import type { Drawer } from '../model/page.svelte.ts';
import type { TargetKey } from './targets.ts';

export type LessonId = 'front' | 'deepen' | 'widen' | 'skip' | 'shrink' | 'sampling' | 'weights' | 'shared';

/**
 * Which network is looked at: one of the three picks, the one that another one beats most
 * clearly, the first of the front that
 * an operator made, or none.
 */
export type Look = 'smallest' | 'bargain' | 'best' | 'beaten' | { readonly madeBy: OperatorKind } | null;

/**
 * What is guessed before it is shown: whether the area shrinks, the bench's bet, how often rare sizes come, the price, how many
 * pairs of networks shared weights put in the right order.
 */
export type Guess = 'area' | 'bet' | 'rare' | 'price' | 'pairs';
/** What is clicked: a network that beats another, the best that fits, where another one comes from. */
export type Find = 'dominator' | 'fits' | 'origin';
/** What is done to the bench or to another place for learning until something holds. */
export type Deed = 'fewAlike' | 'deadEnd' | 'gate' | 'differ' | 'exact' | 'even' | 'misjudged';

/** What a step asks of the pupil; Space does not pass it before. Its words are in text/, its check in lesson-checks.ts. */
export type Task =
  /** Told whether it was so once the step's action is done, or in a later step that `tells`. */
  | { readonly kind: 'predict'; readonly what: Guess }
  /** Answered by the page's one selection, which begins at `from`. */
  | { readonly kind: 'find'; readonly what: Find; readonly from: Look }
  | { readonly kind: 'do'; readonly what: Deed };

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
  | { readonly page: 'sampling' | 'weights'; readonly beat: 1 | 2 | 3 | 4 | 5 }
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
  /** A prediction comes before the action, all else after it. */
  readonly task?: Task;
  /** Says what came of the prediction before. */
  readonly tells?: true;
}

export interface Lesson {
  readonly id: LessonId;
  /** Which of the three answers to the question at its end is right. */
  readonly answer: 0 | 1 | 2;
  /** The recording stands for a file that someone sent. */
  readonly asFile?: boolean;
  readonly steps: readonly LessonStep[];
}

const beatTargets = ['benchBoard', 'benchBet', 'benchBoard', 'benchProof', 'benchBreaks'] as const;

/** The five beats of an operator: the bet is told at the check, something is done in beat `at`. */
const beats = (operator: OperatorKind, at: 3 | 4 | 5, what: Deed): readonly LessonStep[] =>
  ([1, 2, 3, 4, 5] as const).map((beat) => ({
    scene: { page: 'bench', operator, beat },
    target: operator === 'skip' && beat === 3 ? 'benchGate' : beatTargets[beat - 1]!,
    ...(beat === 2 ? { task: { kind: 'predict', what: 'bet' } } : {}),
    ...(beat === 4 ? { tells: true } : {}),
    ...(beat === at ? { task: { kind: 'do', what } } : {}),
  }));

/** How the operator came to matter in a real run, then its five beats, then a question. */
const operatorLesson = (operator: 'deepen' | 'widen' | 'skip', at: 3 | 5, what: Deed): Lesson => ({
  id: operator,
  answer: operator === 'widen' ? 1 : 0,
  steps: [
    {
      scene: { page: 'run', at: 'end' },
      target: 'tradeOff',
      action: { does: 'look', at: { madeBy: operator } },
    },
    ...beats(operator, at, what),
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
      {
        scene: { page: 'run', at: 0 },
        target: 'tradeOff',
        action: { does: 'replay', to: 2 },
        task: { kind: 'find', what: 'dominator', from: 'beaten' },
      },
      { scene: { page: 'run', at: 2 }, target: 'tradeOff', action: { does: 'replay', to: 5 } },
      {
        scene: { page: 'run', at: 5 },
        target: 'timeline',
        action: { does: 'replay', to: 'end' },
        task: { kind: 'predict', what: 'area' },
      },
      { scene: { page: 'run', at: 'end' }, target: 'tradeOff', action: { does: 'look', at: 'bargain' } },
      {
        scene: { page: 'run', at: 'end' },
        target: 'tradeOff',
        task: { kind: 'find', what: 'fits', from: null },
      },
    ],
  },
  operatorLesson('deepen', 5, 'fewAlike'),
  operatorLesson('widen', 5, 'deadEnd'),
  operatorLesson('skip', 3, 'gate'),
  {
    id: 'shrink',
    answer: 1,
    steps: [
      {
        scene: { page: 'run', at: 'end' },
        target: 'tradeOff',
        action: { does: 'look', at: { madeBy: 'prune' } },
      },
      ...beats('prune', 4, 'differ'),
      { scene: { page: 'bench', operator: 'separate', beat: 3 }, target: 'benchSplit' },
      {
        scene: { page: 'bench', operator: 'remove', beat: 3 },
        target: 'benchBoard',
        task: { kind: 'do', what: 'exact' },
      },
      { scene: { page: 'compose', puzzle: 'shrink' }, target: 'composeTools' },
    ],
  },
  {
    id: 'sampling',
    answer: 0,
    steps: [
      { scene: { page: 'run', at: 1 }, target: 'loop', action: { does: 'replay', to: 3 } },
      { scene: { page: 'sampling', beat: 1 }, target: 'samplingRows' },
      {
        scene: { page: 'sampling', beat: 2 },
        target: 'samplingTools',
        task: { kind: 'do', what: 'even' },
      },
      {
        scene: { page: 'sampling', beat: 3 },
        target: 'samplingRows',
        task: { kind: 'predict', what: 'rare' },
      },
      { scene: { page: 'sampling', beat: 4 }, target: 'samplingTools', tells: true },
      { scene: { page: 'sampling', beat: 5 }, target: 'samplingRows' },
    ],
  },
  {
    id: 'weights',
    answer: 1,
    steps: [
      { scene: { page: 'weights', beat: 1 }, target: 'weightsStage' },
      {
        scene: { page: 'weights', beat: 2 },
        target: 'weightsStage',
        task: { kind: 'predict', what: 'pairs' },
      },
      {
        scene: { page: 'weights', beat: 3 },
        target: 'weightsStage',
        tells: true,
        task: { kind: 'do', what: 'misjudged' },
      },
      { scene: { page: 'weights', beat: 4 }, target: 'weightsStage' },
      { scene: { page: 'weights', beat: 5 }, target: 'weightsStage' },
    ],
  },
  {
    id: 'shared',
    answer: 1,
    asFile: true,
    steps: [
      { scene: { page: 'run', at: 'end' }, target: 'header' },
      { scene: { page: 'run', at: 0 }, target: 'timeline', action: { does: 'replay', to: 4 } },
      {
        // The list of picks, which prints the sizes asked for, is not beside the question.
        scene: { page: 'run', at: 'end', look: 'smallest' },
        target: 'tradeOff',
        action: { does: 'look', at: 'best' },
        task: { kind: 'predict', what: 'price' },
      },
      {
        scene: { page: 'run', at: 'end', look: 'best' },
        target: 'strip',
        action: { does: 'film' },
        task: { kind: 'find', what: 'origin', from: 'best' },
      },
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
