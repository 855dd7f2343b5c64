import type { Rect } from './labels.ts';

/** A step of the attained region, px: from x on (to the right), y (downwards is better) is attained. */
export interface Step {
  readonly x: number;
  readonly y: number;
}

/** The box that a staircase is drawn in, px. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The staircase as thin boxes that labels keep clear of. */
export function stairRects(steps: readonly Step[], box: Box): Rect[] {
  return steps.flatMap((step, i) => {
    const above = steps[i - 1]?.y ?? box.top;
    const next = steps[i + 1]?.x ?? box.right;
    return [
      { x: step.x - 1, y: above, width: 2, height: step.y - above },
      { x: step.x, y: step.y - 1, width: next - step.x, height: 2 },
    ];
  });
}

/** The points that no other one beats in both values, ascending in `x`; of equal points the first stays. */
export function nonDominated<P extends { readonly x: number; readonly y: number }>(
  points: readonly P[],
): P[] {
  const sorted = points
    .filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y))
    .sort((a, b) => a.x - b.x || a.y - b.y);
  const front: P[] = [];
  let best = Infinity;
  for (const point of sorted) {
    if (point.y >= best) continue;
    best = point.y;
    front.push(point);
  }
  return front;
}

/**
 * Steps in px from a front given in px with y downwards on the screen (lower error = larger y).
 * What lies outside the box is clipped to it, so that the region is always inside.
 */
export function stairSteps(front: readonly Step[], box: Box): Step[] {
  const steps: Step[] = [];
  for (const point of [...front].sort((a, b) => a.x - b.x || a.y - b.y)) {
    const x = Math.min(Math.max(point.x, box.left), box.right);
    const y = Math.min(Math.max(point.y, box.top), box.bottom);
    const last = steps.at(-1);
    if (point.x > box.right || (last && y <= last.y)) continue;
    if (last && last.x === x) steps.pop();
    steps.push({ x, y });
  }
  return steps;
}

const n = (value: number) => String(Math.round(value * 10) / 10);

/** The staircase itself: it leaves through the top and the right edge, for it is attainment. */
export function stairPath(steps: readonly Step[], box: Box): string {
  const [first] = steps;
  if (!first) return '';
  const body = steps.map((step, i) => (i ? `H${n(step.x)}V${n(step.y)}` : `V${n(step.y)}`)).join('');
  return `M${n(first.x)} ${n(box.top)}${body}H${n(box.right)}`;
}

/** The region above and right of the staircase: the hypervolume. */
export function areaPath(steps: readonly Step[], box: Box): string {
  const line = stairPath(steps, box);
  return line && `${line}V${n(box.top)}Z`;
}

/** Old and new region together, for the even-odd rule: what one has and the other has not. */
export function wonPath(before: readonly Step[], now: readonly Step[], box: Box): string {
  return areaPath(now, box) + areaPath(before, box);
}

/** Level of a staircase at x, px; the top of the box left of its first step. */
export function levelAt(steps: readonly Step[], x: number, box: Box): number {
  let level = box.top;
  for (const step of steps) {
    if (step.x > x) break;
    level = step.y;
  }
  return level;
}

/** Between two staircases: at every x the level is interpolated, so new steps sink into place. */
export function mixSteps(from: readonly Step[], to: readonly Step[], share: number, box: Box): Step[] {
  if (share >= 1 || from.length === 0) return [...to];
  const xs = [...new Set([...from, ...to].map((step) => step.x))].sort((a, b) => a - b);
  const mixed: Step[] = [];
  for (const x of xs) {
    const y = levelAt(from, x, box) * (1 - share) + levelAt(to, x, box) * share;
    if (y !== (mixed.at(-1)?.y ?? box.top)) mixed.push({ x, y });
  }
  return mixed;
}
