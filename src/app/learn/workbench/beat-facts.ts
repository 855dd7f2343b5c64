import { findBlock } from '../../../core/architecture/graph.ts';
import { layoutOf } from '../../../core/architecture/weights.ts';
import type { WorkbenchState } from './workbench-state.svelte.ts';
import { shareText } from './numbers.ts';
import type { BeatFacts } from '../../text/en/workbench.ts';

/** What the words of a beat are made of: counted and measured. */
export function beatFacts(bench: WorkbenchState): BeatFacts {
  const { opened, transformed, network } = bench;
  const { step, inference } = transformed!;
  const block = 'block' in step.morphism ? step.morphism.block : null;
  return {
    toy: network === null,
    parentNumbers: layoutOf(step.parent).length,
    childNumbers: layoutOf(step.child).length,
    trained: layoutOf(step.parent).trainableLength,
    block: block ?? '',
    before: (block && findBlock(step.parent, block)?.filters) || 0,
    after: (block && findBlock(step.child, block)?.filters) || 0,
    parentRight: shareText(opened!.answers.right, opened!.answers.count),
    childRight: shareText(inference.answers.right, inference.answers.count),
    alike: inference.difference.alike,
    count: inference.answers.count,
    exactZero: inference.difference.max === 0,
    moved: bench.mode === 'training' && transformed!.training.difference.max > 1e-3,
  };
}

/** What a bet's three answers come out as: 0, 1 or 2. */
export function outcomeOf(bench: WorkbenchState): number {
  const { opened, transformed } = bench;
  const { answers, difference } = transformed!.inference;
  if (transformed!.exact)
    return answers.right < opened!.answers.right ? 0 : answers.right === opened!.answers.right ? 1 : 2;
  const share = difference.alike / answers.count;
  return share === 1 ? 0 : share > 0.5 ? 1 : 2;
}

/** Check images that the child answers otherwise than the parent. */
export function changedAnswers(
  parent: Float32Array,
  child: Float32Array,
  count: number,
): ReadonlySet<number> {
  const classes = parent.length / count;
  const answer = (logits: Float32Array, row: number) => {
    let best = 0;
    for (let c = 1; c < classes; c++)
      if (logits[row * classes + c]! > logits[row * classes + best]!) best = c;
    return best;
  };
  const changed = new Set<number>();
  for (let i = 0; i < count; i++) if (answer(parent, i) !== answer(child, i)) changed.add(i);
  return changed;
}

/** Logits of one row. */
export const rowOf = (logits: Float32Array, row: number, count: number): Float32Array => {
  const classes = logits.length / count;
  return logits.slice(row * classes, (row + 1) * classes);
};
