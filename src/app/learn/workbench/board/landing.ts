import { layoutOf, type TensorName, type Weights } from '../../../../core/architecture/weights.ts';
import type { Architecture } from '../../../../core/architecture/types.ts';
import type { ChainStep } from '../../../../core/morphisms/catalog.ts';
import type { OriginKind, Timeline } from './timeline.ts';

/** How many of the child's numbers on the board come from where. */
export function ledgerOf(
  timeline: Timeline,
): readonly { readonly kind: OriginKind; readonly count: number }[] {
  const counts = new Map<OriginKind, number>();
  for (const { kind } of timeline.motions) if (kind !== 'gone') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const order: readonly OriginKind[] = [
    'copied',
    'repeated',
    'divided',
    'zero',
    'one',
    'identity',
    'he',
    'factor',
    'measured',
  ];
  return order.flatMap((kind) => (counts.has(kind) ? [{ kind, count: counts.get(kind)! }] : []));
}

const neutral: Partial<Record<TensorName, number>> = { gamma: 1, variance: 1, lambda: 1 };

/** The child's weights as far as they have landed by `time`; what is still to come is neutral (0; BN 1 and 0). */
export function weightsAt(timeline: Timeline, childWeights: Weights, step: ChainStep, time: number): Weights {
  const weights = childWeights.slice();
  const slots = layoutOf(step.child).slots;
  for (const motion of timeline.motions) {
    if (motion.kind === 'gone' || motion.before !== null || time >= motion.end) continue;
    const slot = slots.find(({ node, name }) => node === motion.node && name === motion.tensor)!;
    weights[slot.offset + motion.index] = neutral[motion.tensor] ?? 0;
  }
  return weights;
}

/** Moments worth measuring: the beginning, middle and end of every stop, at most `most` of them, evenly. */
export function momentsOf({ stops }: Timeline, most = Infinity): readonly number[] {
  const all = [...new Set(stops.flatMap(({ start, end }) => [start, (start + end) / 2, end]))].sort(
    (a, b) => a - b,
  );
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]!);
}

/** Numbers of `after` that are not those of `before`, by "node/tensor/index"; both laid out for `architecture`. */
export function changedNumbers(
  architecture: Architecture,
  before: Weights,
  after: Weights,
): ReadonlyMap<string, number> {
  return new Map(
    layoutOf(architecture).slots.flatMap(({ node, name, offset, length }) =>
      Array.from({ length }, (_, i) => i)
        .filter((i) => before[offset + i] !== after[offset + i])
        .map((i) => [`${node}/${name}/${i}`, after[offset + i]!] as const),
    ),
  );
}
