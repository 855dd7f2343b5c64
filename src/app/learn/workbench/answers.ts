import type { Opened, Transformed } from '../../../engine/workbench/results.ts';

/** What a bet's three answers come out as: 0, 1 or 2. */
export function outcomeOf(opened: Opened, { exact, inference }: Transformed): number {
  const { answers, difference } = inference;
  if (exact) return answers.right < opened.answers.right ? 0 : answers.right === opened.answers.right ? 1 : 2;
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
