import type { NetworkView } from '../../core/run-file/view.ts';
import { percentText, sizeText } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import type { Gain } from './gain.ts';

const share = (part: number) => `${Math.round(100 * part)} %`;

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
  const fewer = (network: NetworkView) => share(1 - (network.objectives.error ?? 0) / error);
  const saved = beating
    ? share(1 - (beating.network.objectives.parameters ?? 0) / (beating.start.objectives.parameters ?? 1))
    : share(0);
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
    beating: beating && {
      fewerErrors: share(1 - (beating.network.objectives.error ?? 0) / (beating.start.objectives.error ?? 1)),
      fewerParameters: saved === share(0) ? null : saved,
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
  return { title: texts.gainTitle(won), more: whole, brief };
}
