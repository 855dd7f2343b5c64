import type { Vector } from '../search/dominance.ts';
import { hypervolume } from './hypervolume.ts';

/**
 * Hypervolume that would be lost without each point: 0 for dominated and for repeated ones. The box of the point less
 * what the others, pushed into it, dominate there (While, Bradstreet, Barone 2012).
 */
export function hypervolumeContributions(points: readonly Vector[], reference: Vector): readonly number[] {
  return points.map((point, index) => {
    const box = point.reduce((volume, value, i) => volume * Math.max(0, reference[i]! - value), 1);
    const others = points
      .toSpliced(index, 1)
      .map((other) => other.map((value, i) => Math.max(value, point[i]!)));
    return Math.max(0, box - hypervolume(others, reference));
  });
}
