import type { RunView } from '../../core/run-file/view.ts';
import { totalImages } from '../../core/search/budget.ts';
import { members } from './picks.ts';

/** The lowest validation error of the front; null while none is known. */
export function lowestError(view: RunView): number | null {
  let lowest: number | null = null;
  for (const network of members(view, view.front)) {
    const error = network.objectives.error;
    if (error !== undefined && (lowest === null || error < lowest)) lowest = error;
  }
  return lowest;
}

/** Share of the whole run's images seen, 0 to 1. */
export function progressOf(view: RunView): number {
  return view.finished !== null ? 1 : Math.min(1, view.imagesSeen / totalImages(view.recipe));
}
