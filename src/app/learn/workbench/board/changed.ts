import type { Subject } from '../../../../engine/workbench/results.ts';
import type { WorkbenchState } from '../workbench-state.svelte.ts';
import { changedNumbers } from './landing.ts';
import type { Sprite } from './timeline.ts';

function changedBy(bench: WorkbenchState, subject: Subject): ReadonlyMap<string, number> | null {
  const { step, weights } = bench.transformed!;
  const ids = (architecture: Subject['architecture']) => architecture.nodes.map(({ id }) => id).join();
  const sameNodes = ids(subject.architecture) === ids(step.child);
  return sameNodes ? changedNumbers(subject.architecture, weights, subject.weights) : null;
}

/** The numbers that a break of beat 5 changed, by "node/tensor/index"; null where nothing is broken, or its graph is. */
export const brokenNumbers = (bench: WorkbenchState): ReadonlyMap<string, number> | null =>
  bench.beat === 5 && bench.trials.broken ? changedBy(bench, bench.trials.broken) : null;

/** Whether a number is framed as one that the break in hand changed; another network's numbers are not. */
export const isFramed = (
  bench: WorkbenchState,
  values: ReadonlyMap<string, number> | null,
  key: string,
): boolean => !bench.trials.broken?.tanh && (values?.has(key) ?? false);

/** The numbers that distillation moved, in beat 5, where nothing is broken. */
export const distilledNumbers = (bench: WorkbenchState): ReadonlyMap<string, number> | null =>
  bench.beat === 5 && !bench.trials.broken && bench.trials.distilled
    ? changedBy(bench, bench.trials.distilled)
    : null;

/** `sprites` with other numbers in them, by "node/tensor/index", where there are any. */
export const withNumbers = (
  sprites: readonly Sprite[],
  numbers: ReadonlyMap<string, number>,
): readonly Sprite[] =>
  sprites.map((sprite) => ({ ...sprite, value: numbers.get(sprite.motion.key) ?? sprite.value }));
