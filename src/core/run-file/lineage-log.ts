import type { NetworkId, SearchEvent } from '../search/events.ts';
import { StateFold } from '../search/fold.ts';
import { compete } from '../search/loop.ts';
import { networkProblem } from '../search/network-problem.ts';
import type { Problem } from '../search/problem.ts';

/** What a link says of how parents were drawn. */
const left = 'left out of the link';

export interface LineageLog {
  readonly events: readonly SearchEvent[];
  /** New numbers of the networks that are kept, by their old ones. */
  readonly numbers: ReadonlyMap<NetworkId, NetworkId>;
  /** Networks that were evaluated in the whole run. */
  readonly evaluated: number;
}

/** The last front, its ancestors, and the starting networks. */
function keptNetworks(events: readonly SearchEvent[]): ReadonlySet<NetworkId> {
  const parents = new Map<NetworkId, NetworkId>();
  const proposed = new Map<string, NetworkId>();
  const kept = new Set<NetworkId>();
  for (const event of events) {
    if (event.type === 'seeded') kept.add(event.network);
    else if (event.type === 'proposed') proposed.set(event.proposal, event.parent);
    else if (event.type === 'accepted') parents.set(event.network, proposed.get(event.proposal)!);
  }
  const last = events.findLast((event) => event.type === 'competed');
  for (const member of last?.front ?? [])
    for (let id: NetworkId | undefined = member; id !== undefined && !kept.has(id); id = parents.get(id))
      kept.add(id);
  return kept;
}

const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/**
 * A log that is small enough for a link: of a finished run only the front and what led to it, with its errors, no
 * learning curves, and none of the children that were never trained. It is a log like any other: fronts and hypervolumes are
 * those of the networks that are left, so that it folds, replays and can be verified; the last ones are the run's own.
 */
export function lineageLog(events: readonly SearchEvent[], problem: Problem = networkProblem): LineageLog {
  const kept = keptNetworks(events);
  const numbers = new Map([...kept].sort((a, b) => a - b).map((id, index) => [id, index + 1] as const));
  const accepted = new Set(
    events.flatMap((event) => (event.type === 'accepted' && kept.has(event.network) ? [event.proposal] : [])),
  );
  const fold = new StateFold(problem);
  const found: SearchEvent[] = [];
  const add = (event: SearchEvent) => {
    const next = { ...event, seconds: toMilliseconds(event.seconds) };
    fold.apply(next);
    found.push(next);
  };
  for (const event of events) {
    switch (event.type) {
      case 'started':
      case 'finished':
        add(event);
        break;
      case 'seeded':
        add({ ...event, network: numbers.get(event.network)! });
        break;
      case 'generation': {
        const { type, generation, seconds } = event;
        add({ type, generation, seconds, density: { kind: 'uniform', reason: left } });
        break;
      }
      case 'proposed':
        if (accepted.has(event.proposal)) add({ ...event, parent: numbers.get(event.parent)! });
        break;
      case 'accepted': {
        const network = numbers.get(event.network);
        if (network === undefined) break;
        const { type, generation, proposal, seconds } = event;
        add({ type, generation, proposal, seconds, network, probability: 1 });
        break;
      }
      case 'evaluated': {
        const network = numbers.get(event.network);
        if (network === undefined) break;
        const { type, seconds, objectives, ownImages, inheritedImages } = event;
        const trainSeconds = toMilliseconds(event.trainSeconds);
        add({ type, seconds, network, objectives, ownImages, inheritedImages, trainSeconds });
        break;
      }
      case 'failed': {
        const network = numbers.get(event.network);
        if (network !== undefined) add({ ...event, network });
        break;
      }
      case 'competed':
        add({ ...compete(fold.state!), seconds: event.seconds });
        break;
      case 'progress':
        break;
    }
  }
  return { events: found, numbers, evaluated: events.filter(({ type }) => type === 'evaluated').length };
}
