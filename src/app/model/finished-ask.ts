import type { CardFacts } from '../../core/export/model-card.ts';
import type { RunFinished } from '../../core/run-file/finished.ts';
import type { NetworkId } from '../../core/search/events.ts';
import type { AskedId, NetworkAsk } from './ask.ts';

export const finishedId = (network: NetworkId): AskedId => -network;
export const isFinishedId = (asked: AskedId): boolean => asked < 0;

/** A found network's card, with what its finishing made of it: its validation images are no measure any more. */
function finishedCard(card: CardFacts, { start, images, testError }: RunFinished): CardFacts {
  const [first, ...others] = card.heads;
  const last = card.lineage.at(-1);
  return {
    ...card,
    heads: [{ ...first!, validationError: null, testError }, ...others],
    lineage: [...card.lineage, ...(last ? [{ ...last, operators: [], error: null }] : [])],
    ownImages: images,
    inheritedImages: start === 'scratch' ? 0 : card.ownImages + card.inheritedImages,
  };
}

/** `ask`, but whoever asks about `network` is answered with what its finishing left, and given test images. */
export function finishedAsk(ask: NetworkAsk, network: NetworkId, finished: RunFinished): NetworkAsk {
  const other = (id: AskedId) => (id === network ? finishedId(id) : id);
  return {
    facts: ask.facts,
    predict: (id, images) => ask.predict(other(id), images),
    images: (_part, start, count) => ask.images('test', start, count),
    details: (id) => ask.details(other(id)),
    testError: (id) => ask.testError(other(id)),
    inferenceTimes: (id) => ask.inferenceTimes(id),
    secondHead: () => ask.secondHead(),
    deviceFiles: (id, kind, about) => ask.deviceFiles(other(id), kind, about),
    card: async (id) => {
      const card = await ask.card(id);
      return card && id === network ? finishedCard(card, finished) : card;
    },
    weights: (id) => ask.weights(other(id)),
  };
}
