import type { Bound } from './events.ts';
import type { ObjectiveKey, ObjectiveValues } from './objectives.ts';
import type { Recipe } from './recipe.ts';

/** What the bounds and the starting networks need to know of the data. */
export interface TaskFacts {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
  /** Classes of the second data set, where there is one. */
  readonly secondClasses?: number;
}

/** Error of chance answers: the worst end of the error's axis. */
const chance = (classes: number): number => 1 - 1 / classes;

/** Bytes of one float32 input image: no network holds less. */
const imageBytes = (facts: TaskFacts): number => 4 * facts.height * facts.width * facts.channels;

/**
 * Bounds of one objective. Error: 0 to chance. The others on a log scale: parameters from floor to cap;
 * multiply-adds from the parameter floor (each weight is used at least once) to their cap; activation memory
 * from one image to a thousand times that; inference time 50 microseconds to half a second. The last two [ours].
 */
function boundOf(key: ObjectiveKey, recipe: Recipe, facts: TaskFacts): Bound {
  switch (key) {
    case 'error':
      return { objective: key, low: 0, high: chance(facts.classes), scale: 'linear' };
    case 'secondError':
      return { objective: key, low: 0, high: chance(facts.secondClasses ?? facts.classes), scale: 'linear' };
    case 'parameters':
      return { objective: key, low: recipe.minParameters, high: recipe.maxParameters, scale: 'log' };
    case 'multiplyAdds':
      return { objective: key, low: recipe.minParameters, high: recipe.maxMultiplyAdds, scale: 'log' };
    case 'activationBytes':
      return { objective: key, low: imageBytes(facts), high: 1000 * imageBytes(facts), scale: 'log' };
    case 'inferenceSeconds':
      return { objective: key, low: 5e-5, high: 0.5, scale: 'log' };
  }
}

/** The box in which hypervolume is measured, in the order of the recipe's objectives; fixed before the run. */
export const boundsOf = (recipe: Recipe, facts: TaskFacts): readonly Bound[] =>
  recipe.objectives.map((key) => boundOf(key, recipe, facts));

/** `value` on its bound's scale: 0 at low, 1 at high, not clipped. */
export function normalise(value: number, bound: Bound): number {
  if (bound.scale === 'linear') return (value - bound.low) / (bound.high - bound.low);
  return Math.log(value / bound.low) / Math.log(bound.high / bound.low);
}

/** Normalised vector of `values`, one entry a bound. NaN where an objective is missing. */
export const normaliseAll = (values: ObjectiveValues, bounds: readonly Bound[]): readonly number[] =>
  bounds.map((bound) => normalise(values[bound.objective] ?? NaN, bound));

/** The vector compared for dominance: the objectives as they are, in the order of `keys`. NaN where missing. */
export const vectorOf = (values: ObjectiveValues, keys: readonly ObjectiveKey[]): readonly number[] =>
  keys.map((key) => values[key] ?? NaN);
