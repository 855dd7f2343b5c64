import type { NetworkView } from '../../core/run-file/view.ts';
import type { DatasetId } from '../../core/search/recipe.ts';
import { errorResolution } from '../model/datasets.ts';
import type { Picks } from '../model/picks.ts';
import { percentText, sizeText } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import type { Gain } from './gain.ts';

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
export function coarseWords(id: DatasetId): string {
  const { images, points, coarse } = errorResolution(id);
  return coarse ? texts.summary.coarse(images, points.toFixed(1)) : '';
}

const share = (part: number) => `${Math.round(100 * part)} %`;

/** What the search won over its start: a headline, and what else there is to say. */
export function gainWords(gain: Gain): {
  readonly title: string;
  readonly more: string;
  readonly brief: string;
} {
  const { start, starts, left, found, smaller, better, beyond, head, onlyTrained } = gain;
  const [error, size] = [start.objectives.error ?? 1, start.objectives.parameters ?? 1];
  const fewer = (network: NetworkView) => share(1 - (network.objectives.error ?? 0) / error);
  const won = {
    error: percentText(error),
    size: sizeText(size),
    ofItsSize: smaller && share((smaller.objectives.parameters ?? 1) / size),
    fewerErrors: better && fewer(better),
    beyond: beyond && {
      fewerErrors: fewer(beyond),
      error: percentText(beyond.objectives.error ?? 0),
      size: sizeText(beyond.objectives.parameters ?? 0),
    },
    head,
    starts,
    left,
    found,
    onlyTrained,
  };
  const { whole, brief } = texts.gainSentences(won);
  return { title: texts.gainTitle(won), more: whole, brief };
}
