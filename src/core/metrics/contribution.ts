import type { Vector } from '../search/dominance.ts';
import { hypervolume, limit } from './hypervolume.ts';

/**
 * The volume that only `point` dominates beside `others`: its box less what the others, pushed into it, dominate there
 * (While, Bradstreet, Barone 2012). Below 0 by rounding only.
 */
export function exclusiveHypervolume(point: Vector, others: readonly Vector[], reference: Vector): number {
  const box = point.reduce((volume, value, i) => volume * Math.max(0, reference[i]! - value), 1);
  return box - hypervolume(limit(others, point), reference);
}

/** Hypervolume that would be lost without each point: 0 for dominated and for repeated ones. */
export const hypervolumeContributions = (points: readonly Vector[], reference: Vector): readonly number[] =>
  points.map((point, index) =>
    Math.max(0, exclusiveHypervolume(point, points.toSpliced(index, 1), reference)),
  );
