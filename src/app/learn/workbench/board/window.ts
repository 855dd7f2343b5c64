import type { CellPlace } from './board.ts';

/** The part of a board that is in view, in the board's px. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** True where `place` is at least partly in view, or nearly; null is the whole board. */
export const isInside = (window: Window | null, { x, y, width, height }: CellPlace): boolean =>
  window === null ||
  (x < window.right && x + width > window.left && y < window.bottom && y + height > window.top);

/** Where to scroll, along one axis, so that `start`..`end` is in view with `margin` px around it. */
export function scrollFor(start: number, end: number, now: number, size: number, margin: number): number {
  if (start - margin < now) return Math.max(0, start - margin);
  if (end + margin > now + size) return end + margin - size;
  return now;
}
