import type { NetworkView } from '../../core/run-file/view.ts';
import { percentText, sizeText } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import type { Gain } from './gain.ts';

const share = (part: number) => `${Math.round(100 * part)} %`;

const none = share(0);

/** Null for hardly larger, or smaller. */
const timesText = (ratio: number): string | null =>
  ratio < 1.05 ? null : ratio < 10 ? ratio.toFixed(1) : String(Math.round(ratio));

/** A number and its per cent sign stay on one line. */
const unbroken = (text: string): string => text.replaceAll(' %', '\u00a0%');

/** How much less of something `network` has than `start`, as a share. */
const less = (key: 'error' | 'parameters', network: NetworkView, start: NetworkView) =>
  share(1 - (network.objectives[key] ?? 0) / (start.objectives[key] ?? 1));

const figuresOf = ({ id, objectives }: NetworkView) => ({
  id,
  error: percentText(objectives.error ?? 1),
  size: sizeText(objectives.parameters ?? 0),
});

/** What the search won over its start: a headline, and what else there is to say. */
export function gainWords(gain: Gain): {
  readonly title: string;
  readonly more: string;
  readonly brief: string;
} {
  const { start, starts, left, found, smaller, better, beyond, beating, head, onlyTrained } = gain;
  const [error, size] = [start.objectives.error ?? 1, start.objectives.parameters ?? 1];
  const saved = beating ? less('parameters', beating.network, beating.start) : none;
  const won = {
    error: percentText(error),
    size: sizeText(size),
    ofItsSize: smaller && share((smaller.objectives.parameters ?? 1) / size),
    fewerErrors: better && less('error', better, start),
    beyond: beyond && {
      fewerErrors: less('error', beyond, start),
      error: percentText(beyond.objectives.error ?? 0),
      size: sizeText(beyond.objectives.parameters ?? 0),
      times: timesText((beyond.objectives.parameters ?? 0) / size),
    },
    beating: beating && {
      fewerErrors: less('error', beating.network, beating.start),
      fewerParameters: saved === none ? null : saved,
      start: figuresOf(beating.start),
      network: figuresOf(beating.network),
    },
    head,
    starts,
    left,
    found,
    onlyTrained,
    flawless: error === 0,
  };
  const { whole, brief } = texts.gainSentences(won);
  return { title: unbroken(texts.gainTitle(won)), more: unbroken(whole), brief: unbroken(brief) };
}
