import { plain, presetRecipe } from '../../../core/search/presets.ts';
import type { ShippedId, Recipe } from '../../../core/search/recipe.ts';

export type PuzzleId = 'today' | 'four' | 'shrink' | 'clothes' | 'free';

/** A goal to reach by hand. Every number is ours, set after checking that it can be reached. */
export interface Puzzle {
  readonly id: PuzzleId;
  readonly dataset: ShippedId;
  /** Index among the four trivial starting networks, smallest first. */
  readonly start: number;
  readonly goal: {
    /** Share of right answers to pass. */
    readonly right: number;
    readonly parameters: number;
    readonly operators: number;
  } | null;
  /** Images that the starting network sees, and each step after it. */
  readonly imagesPerSeed: number;
  readonly imagesPerStep: number;
  /** Of the puzzle of the day: everybody begins with the same network. */
  readonly seed?: number;
}

export const puzzles: readonly Puzzle[] = [
  {
    id: 'four',
    dataset: 'digits',
    start: 0,
    goal: { right: 0.91, parameters: 2000, operators: 4 },
    imagesPerSeed: 2000,
    imagesPerStep: 1000,
  },
  {
    id: 'shrink',
    dataset: 'digits',
    start: 3,
    goal: { right: 0.94, parameters: 2500, operators: 4 },
    imagesPerSeed: 2000,
    imagesPerStep: 1000,
  },
  {
    id: 'clothes',
    dataset: 'fashion',
    start: 0,
    goal: { right: 0.71, parameters: 2000, operators: 5 },
    imagesPerSeed: 2000,
    imagesPerStep: 2000,
  },
  { id: 'free', dataset: 'digits', start: 2, goal: null, imagesPerSeed: 2000, imagesPerStep: 1000 },
];

const dayMilliseconds = 86_400_000;

/** The puzzle of `date`'s day where one is: one of the goals in turn, with a seed that is the day (20261127). */
export function puzzleOfDay(date: Date): Puzzle {
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  const goals = puzzles.filter(({ goal }) => goal !== null);
  const turn = Math.round(Date.UTC(year, month, day) / dayMilliseconds) % goals.length;
  return { ...goals[turn]!, id: 'today', seed: year * 10_000 + (month + 1) * 100 + day };
}

export const puzzleById = (id: string | null): Puzzle =>
  id === 'today' ? puzzleOfDay(new Date()) : (puzzles.find((puzzle) => puzzle.id === id) ?? puzzles[0]!);

export const puzzleIds: readonly PuzzleId[] = ['today', ...puzzles.map(({ id }) => id)];

/** Recipe in which what is composed by hand is trained. */
export const puzzleRecipe = (puzzle: Puzzle, seed: number): Recipe => ({
  ...presetRecipe(puzzle.dataset),
  // By hand every network has a schedule of its own, as nobody knows when the last one comes.
  ...plain,
  seed,
  imagesPerSeed: puzzle.imagesPerSeed,
  imagesPerChild: puzzle.imagesPerStep,
  imagesDistilled: puzzle.imagesPerStep / 2,
  generations: puzzle.goal?.operators ?? 4,
  accepted: 1,
  workers: 1,
});

/** Starting networks of space I: LEMONADE begins with this many, by hand one begins with one. */
const startingNetworks = 4;

/** Images that each starting network of LEMONADE sees. */
export const imagesOfTheirStarts = (puzzle: Puzzle): number => puzzle.imagesPerSeed / startingNetworks;

/**
 * LEMONADE with exactly as many images as `steps` steps by hand: the images of the one starting network are shared
 * out among its four, and it trains one child a generation, as a hand does.
 */
export const opponentRecipe = (puzzle: Puzzle, seed: number, steps: number): Recipe => ({
  ...puzzleRecipe(puzzle, seed),
  imagesPerSeed: imagesOfTheirStarts(puzzle),
  generations: steps,
});

/** Images of training by hand after `steps` trained steps, those undone included; distillation not counted. */
export const imagesByHand = (puzzle: Puzzle, steps: number): number =>
  puzzle.imagesPerSeed + steps * puzzle.imagesPerStep;
