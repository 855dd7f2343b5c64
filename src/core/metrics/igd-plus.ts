import type { Vector } from '../search/dominance.ts';

/** Distance d+ from a reference point to a solution: only objectives in which the solution is worse count. */
function distancePlus(reference: Vector, point: Vector): number {
  return Math.sqrt(reference.reduce((sum, value, i) => sum + Math.max(0, point[i]! - value) ** 2, 0));
}

/**
 * IGD+ of `points` against `reference` (both minimised and normalised alike): the mean over reference points of d+
 * to the nearest point (Ishibuchi et al. 2015, "Modified distance calculation in generational distance and inverted
 * generational distance"). Smaller is better; Infinity without points. Throws RangeError without reference points.
 */
export function igdPlus(points: readonly Vector[], reference: readonly Vector[]): number {
  if (reference.length === 0) throw new RangeError('igdPlus: no reference points');
  const nearest = reference.map((target) =>
    points.reduce((best, point) => Math.min(best, distancePlus(target, point)), Infinity),
  );
  return nearest.reduce((sum, distance) => sum + distance, 0) / reference.length;
}
