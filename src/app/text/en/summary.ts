import { summary } from './page.ts';
import type { DatasetId } from '../../../core/search/recipe.ts';
import type { Picks } from '../../model/picks.ts';
import { errorResolution } from '../../model/datasets.ts';
import { percentText, sizeText } from '../format.ts';
import type { Gain } from '../../run/gain.ts';

/** " #151 has 79 % fewer parameters than the most accurate one, for 1.9 points more error." or nothing. */
export function bargainWords({ bargain, best }: Picks): string {
  const small = bargain.objectives.parameters ?? 0;
  const big = best.objectives.parameters ?? 0;
  if (bargain.id === best.id || big <= 0 || small >= big) return '';
  const less = `${Math.round(100 * (1 - small / big))}\u00a0%`;
  const more = (100 * ((bargain.objectives.error ?? 0) - (best.objectives.error ?? 0))).toFixed(1);
  return summary.bargain(bargain.id, less, more);
}

/** On a small data set, how coarse its errors are; else nothing. */
export function coarseWords(id: DatasetId): string {
  const { images, points, coarse } = errorResolution(id);
  return coarse ? summary.coarse(images, points.toFixed(1)) : '';
}

/** The run held against random search. */
export const rival = {
  against: 'Against random search',
  random: 'random search',
  same: 'same engine, same images seen, one seed',
  notRun: 'Random search was not run on this computer yet.',
  notInFile: 'A file brings one search; random search beside it is run here.',
  runToo: (time: string) => `Run it too, about ${time}`,
  runTooUnknown: 'Run it too',
  running: (share: string) => `Random search is running, ${share}`,
  never: 'Random search ended higher in this run.',
  tie: 'Both ended at the same value.',
};

const share = (part: number) => `${Math.round(100 * part)} %`;

/** What the search won over its start, in one or two sentences. */
export function gainWords({ start, left, smaller, better }: Gain): string {
  const [error, size] = [start.objectives.error ?? 1, start.objectives.parameters ?? 1];
  const begun = `The best starting network had ${percentText(error)} error with ${sizeText(size)} parameters.`;
  const won = [
    ...(smaller
      ? [`the front is as accurate with ${share((smaller.objectives.parameters ?? 1) / size)} of its size`]
      : []),
    ...(better
      ? [`at its size it makes ${share(1 - (better.objectives.error ?? 0) / error)} fewer errors`]
      : []),
  ];
  const behind =
    left === 0
      ? 'No starting network is left on it.'
      : `${left} of the starting networks ${left === 1 ? 'is' : 'are'} still on it.`;
  if (won.length === 0) return `${begun} Nothing better of its size was found. ${behind}`;
  const sentence = won.join('; ');
  return `${begun} ${sentence[0]!.toUpperCase()}${sentence.slice(1)}. ${behind}`;
}
