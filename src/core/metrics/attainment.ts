import type { Vector } from '../search/dominance.ts';

/** The corner of a staircase: at every x >= `x` (up to the next corner) all y >= `y` are attained. */
export type Corner = readonly [x: number, y: number];

/** The best y among `front` at or left of `x`; Infinity where nothing is. */
const attainedBy = (front: readonly Vector[], x: number): number =>
  front.reduce((best, point) => (point[0]! <= x ? Math.min(best, point[1]!) : best), Infinity);

/**
 * Empirical attainment surface of several runs in two objectives: the staircase of points that at least
 * ceil(`share` * runs) of the fronts weakly dominate (Fonseca and Fleming 1996). Corners from left to right, y falling;
 * only corners, so equal heights are left out. Empty where too few runs attain anything.
 */
export function attainmentSurface(fronts: readonly (readonly Vector[])[], share: number): readonly Corner[] {
  const needed = Math.max(1, Math.ceil(share * fronts.length - 1e-9));
  const xs = [...new Set(fronts.flatMap((front) => front.map((point) => point[0]!)))].sort((a, b) => a - b);
  const corners: Corner[] = [];
  let height = Infinity;
  for (const x of xs) {
    const heights = fronts.map((front) => attainedBy(front, x)).sort((a, b) => a - b);
    const y = heights[needed - 1] ?? Infinity;
    if (y < height) {
      corners.push([x, y]);
      height = y;
    }
  }
  return corners;
}

/** The surfaces shown over seeds: what a quarter, half and three quarters of the runs attain. */
export const attainmentSurfaces = (fronts: readonly (readonly Vector[])[]) => ({
  quarter: attainmentSurface(fronts, 0.25),
  half: attainmentSurface(fronts, 0.5),
  threeQuarters: attainmentSurface(fronts, 0.75),
});
