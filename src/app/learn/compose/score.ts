import { hypervolumeShare } from '../../../core/metrics/hypervolume.ts';
import { networkCost } from '../../../core/architecture/cost.ts';
import type { RunView } from '../../../core/run-file/view.ts';
import type { ObjectiveValues } from '../../../core/search/objectives.ts';
import type { Composed } from './history.ts';
import type { Puzzle } from './puzzles.ts';

/** Whether each part of a puzzle's goal is met by `node`, `operators` steps from the start. */
export function goalMet(
  puzzle: Puzzle,
  node: Composed,
  operators: number,
): { readonly right: boolean; readonly parameters: boolean; readonly operators: boolean } | null {
  const { goal } = puzzle;
  if (!goal) return null;
  return {
    right: node.trained !== null && 1 - node.trained.error > goal.right,
    parameters: networkCost(node.architecture).parameters < goal.parameters,
    operators: operators <= goal.operators,
  };
}

export const isSolved = (puzzle: Puzzle, node: Composed, operators: number): boolean => {
  const met = goalMet(puzzle, node, operators);
  return met !== null && met.right && met.parameters && met.operators;
};

/** Evaluated objective values of a run. */
export const evaluatedValues = (view: RunView): readonly ObjectiveValues[] =>
  [...view.networks.values()]
    .filter(({ status }) => status === 'evaluated')
    .map(({ objectives }) => objectives);

/** Two sets of networks in one box. */
export interface Score {
  readonly own: number;
  readonly other: number;
  readonly both: number;
}

/** Hypervolume shares of one's own networks, of the other's, and of both, in the own run's bounds. */
export function scoreOf(own: RunView, other: RunView): Score {
  const [mine, theirs] = [evaluatedValues(own), evaluatedValues(other)];
  return {
    own: hypervolumeShare(mine, own.bounds),
    other: hypervolumeShare(theirs, own.bounds),
    both: hypervolumeShare([...mine, ...theirs], own.bounds),
  };
}

/** The lowest error among networks below `parameters`; null where there is none. */
export function bestBelow(view: RunView, parameters: number): ObjectiveValues | null {
  const fits = evaluatedValues(view).filter((values) => (values.parameters ?? Infinity) < parameters);
  return fits.length === 0 ? null : fits.reduce((a, b) => ((b.error ?? 1) < (a.error ?? 1) ? b : a));
}

/** Difference of two errors in images of the validation set, rounded. */
export const imagesApart = (a: number, b: number, validation: number): number =>
  Math.round((a - b) * validation);
