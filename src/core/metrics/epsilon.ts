import type { Vector } from '../search/dominance.ts';

/**
 * Additive epsilon indicator: the least amount by which every point of `points` must be improved in every objective
 * so that each reference point is weakly dominated (Zitzler et al. 2003). Smaller is better, negative where `points`
 * is strictly better; Infinity without points. Throws RangeError without reference points.
 */
export function additiveEpsilon(points: readonly Vector[], reference: readonly Vector[]): number {
  if (reference.length === 0) throw new RangeError('additiveEpsilon: no reference points');
  const needed = reference.map((target) =>
    points.reduce(
      (best, point) => Math.min(best, Math.max(...point.map((value, i) => value - target[i]!))),
      Infinity,
    ),
  );
  return Math.max(...needed);
}
