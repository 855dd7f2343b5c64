import type { Vector } from '../search/dominance.ts';
import { hypervolume } from './hypervolume.ts';

/** Hypervolume that would be lost without each point: 0 for dominated and for repeated ones. */
export function hypervolumeContributions(points: readonly Vector[], reference: Vector): readonly number[] {
  const whole = hypervolume(points, reference);
  return points.map((_, index) => Math.max(0, whole - hypervolume(points.toSpliced(index, 1), reference)));
}
