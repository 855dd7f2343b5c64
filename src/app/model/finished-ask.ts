import type { NetworkId } from '../../core/search/events.ts';
import type { AskedId, NetworkAsk } from './ask.ts';

export const finishedId = (network: NetworkId): AskedId => -network;
export const isFinishedId = (asked: AskedId): boolean => asked < 0;

/** `ask`, but whoever asks about `network` is answered with what its finishing left, and given test images. */
export function finishedAsk(ask: NetworkAsk, network: NetworkId): NetworkAsk {
  const other = (id: AskedId) => (id === network ? finishedId(id) : id);
  return {
    facts: ask.facts,
    predict: (id, images) => ask.predict(other(id), images),
    images: (_part, start, count) => ask.images('test', start, count),
    details: (id) => ask.details(other(id)),
    testError: (id) => ask.testError(other(id)),
    inferenceTimes: (id) => ask.inferenceTimes(id),
    secondHead: () => ask.secondHead(),
    weights: (id) => ask.weights(other(id)),
  };
}
