import type { Weights } from '../architecture/weights.ts';
import { referenceCoordinate } from '../metrics/hypervolume.ts';
import type { NetworkId, SearchEvent } from '../search/events.ts';
import { applyEvents } from '../search/fold.ts';
import { networkProblem } from '../search/network-problem.ts';
import type { Problem } from '../search/problem.ts';
import type { SearchState } from '../search/state.ts';
import type { RunTransfer } from './after-search.ts';
import type { RunFinished } from './finished.ts';
import { encodeFloats } from './base64.ts';
import {
  runFormat,
  runVersion,
  type RunDataset,
  type RunDevice,
  type RunFile,
  type RunWeights,
} from './schema.ts';

/** What a run file says besides its log. */
export interface RunFacts {
  readonly name: string;
  readonly appVersion: string;
  readonly note: string;
  /** ISO 8601. */
  readonly date: string;
  readonly device: RunDevice | null;
  readonly dataset: RunDataset;
  readonly origin?: string;
  readonly selected?: NetworkId;
  /** Errors on the official test images, of the networks that were tested. */
  readonly testErrors?: ReadonlyMap<NetworkId, number>;
  readonly transfers?: readonly RunTransfer[];
  /** Of the networks whose weights go along. */
  readonly weights?: ReadonlyMap<NetworkId, Weights>;
  readonly finished?: readonly RunFinished[];
  /** What their last finishing left, of those whose weights go along. */
  readonly finishedWeights?: ReadonlyMap<NetworkId, Weights>;
}

/** Points of a learning curve that are kept in a file, at most. */
const curvePoints = 12;

/** The log with every network's learning curve thinned evenly to at most `most` points, its last one kept. */
export function thinProgress(events: readonly SearchEvent[], most = curvePoints): readonly SearchEvent[] {
  const counts = new Map<NetworkId, number>();
  for (const event of events)
    if (event.type === 'progress') counts.set(event.network, (counts.get(event.network) ?? 0) + 1);
  const seen = new Map<NetworkId, number>();
  return events.filter((event) => {
    if (event.type !== 'progress') return true;
    const total = counts.get(event.network)!;
    const position = (seen.get(event.network) ?? 0) + 1;
    seen.set(event.network, position);
    return Math.floor((position * most) / total) > Math.floor(((position - 1) * most) / total);
  });
}

const finite = (values: object): boolean => Object.values(values).every(Number.isFinite);

/**
 * Milliseconds are enough for the clock, four digits for the loss of a curve; all that the search reads stays exact.
 * JSON has no NaN: what a diverged training left is dropped (its failure is in the log). Null: not kept at all.
 */
function compact(event: SearchEvent): SearchEvent | null {
  const seconds = Math.round(event.seconds * 1000) / 1000;
  switch (event.type) {
    case 'progress': {
      const { images, loss } = event.point;
      if (!Number.isFinite(loss)) return null;
      return { ...event, seconds, point: { images, loss: Number(loss.toPrecision(4)) } };
    }
    case 'evaluated': {
      const { distillation, agreement, ...rest } = event;
      return {
        ...rest,
        seconds,
        ...(distillation && finite(distillation) ? { distillation } : {}),
        ...(agreement && finite(agreement) ? { agreement } : {}),
      };
    }
    case 'failed':
      return { ...event, seconds, reason: event.reason.slice(0, 2000) };
    default:
      return { ...event, seconds };
  }
}

/** Of networks of the search that `state` folds to. */
const encoded = (state: SearchState, weights: ReadonlyMap<NetworkId, Weights>): readonly RunWeights[] =>
  [...weights].map(([network, values]) => {
    const record = state.networks[network - 1];
    return { network, ...(record && { architecture: record.architecture }), float32: encodeFloats(values) };
  });

/** The run file of a log. Throws on a log that does not fold or is empty. */
export function makeRunFile(
  events: readonly SearchEvent[],
  facts: RunFacts,
  problem: Problem = networkProblem,
): RunFile {
  const state = applyEvents(null, events, problem);
  if (!state) throw new Error('makeRunFile: a log that begins with started was expected');
  const front = new Set(state.front);
  return {
    format: runFormat,
    version: runVersion,
    name: facts.name,
    app: { version: facts.appVersion },
    author: { note: facts.note, date: facts.date },
    recipe: state.recipe,
    device: facts.device,
    dataset: facts.dataset,
    ...(facts.origin === undefined ? {} : { origin: facts.origin }),
    ...(facts.selected === undefined ? {} : { selected: facts.selected }),
    hypervolume: { bounds: state.bounds, reference: referenceCoordinate, share: state.hypervolume },
    networks: state.networks.map((record) => ({
      id: record.id,
      parent: record.parent,
      chain: record.chain,
      generation: record.generation,
      status: record.status,
      objectives: record.objectives,
      ownImages: record.ownImages,
      inheritedImages: record.inheritedImages,
      onFront: front.has(record.id),
    })),
    events: thinProgress(events).flatMap((event) => compact(event) ?? []),
    ...(facts.testErrors && facts.testErrors.size > 0
      ? { testErrors: [...facts.testErrors].map(([network, error]) => ({ network, error })) }
      : {}),
    ...(facts.transfers && facts.transfers.length > 0 ? { transfers: facts.transfers } : {}),
    ...(facts.weights && facts.weights.size > 0 ? { weights: encoded(state, facts.weights) } : {}),
    ...(facts.finished && facts.finished.length > 0 ? { finished: facts.finished } : {}),
    ...(facts.finishedWeights && facts.finishedWeights.size > 0
      ? { finishedWeights: encoded(state, facts.finishedWeights) }
      : {}),
  };
}

/** The JSON text of a run file: one line a network and an event, so that it can be read and compared. */
export function serialiseRunFile(file: RunFile): string {
  const lines = (items: readonly unknown[]) =>
    `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  return `{\n${Object.entries(file)
    .map(([key, value]) => {
      const listed = ['networks', 'events', 'weights', 'finished', 'finishedWeights'].includes(key);
      return `${JSON.stringify(key)}:${listed ? lines(value as readonly unknown[]) : JSON.stringify(value)}`;
    })
    .join(',\n')}\n}\n`;
}
