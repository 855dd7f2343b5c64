import type { RunView } from '../../core/run-file/view.ts';
import { errorResolutionIn } from '../model/error-resolution.ts';
import type { Picks } from '../model/picks.ts';
import { texts } from '../text/texts.ts';

/** " #151 has 79 % fewer parameters than the most accurate one, for 1.9 points more error." or nothing. */
export function bargainWords({ bargain, best }: Picks): string {
  const small = bargain.objectives.parameters ?? 0;
  const big = best.objectives.parameters ?? 0;
  if (bargain.id === best.id || big <= 0 || small >= big) return '';
  const less = `${Math.round(100 * (1 - small / big))}\u00a0%`;
  const more = (100 * ((bargain.objectives.error ?? 0) - (best.objectives.error ?? 0))).toFixed(1);
  return texts.summary.bargain(bargain.id, less, more);
}

/** On a small data set, how coarse its errors are; else nothing. */
export function coarseWords(view: RunView): string {
  const { images, points, coarse } = errorResolutionIn(view);
  return coarse ? texts.summary.coarse(images, points.toFixed(1)) : '';
}
