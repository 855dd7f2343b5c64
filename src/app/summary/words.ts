import { summary } from '../strings.ts';
import type { Picks } from '../session/facts.ts';

/** " #151 has 79 % fewer parameters than the most accurate one, for 1.9 points more error." or nothing. */
export function bargainWords({ bargain, best }: Picks): string {
  const small = bargain.objectives.parameters ?? 0;
  const big = best.objectives.parameters ?? 0;
  if (bargain.id === best.id || big <= 0 || small >= big) return '';
  const less = `${Math.round(100 * (1 - small / big))} %`;
  const more = (100 * ((bargain.objectives.error ?? 0) - (best.objectives.error ?? 0))).toFixed(1);
  return summary.bargain(bargain.id, less, more);
}
