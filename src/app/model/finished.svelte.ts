import type { Weights } from '../../core/architecture/weights.ts';
import type { RunFinished } from '../../core/run-file/finished.ts';
import type { NetworkId } from '../../core/search/events.ts';
import type { Int8Loss } from '../../workers/device-files.ts';
import type { Finisher } from './finisher.svelte.ts';
import { emptyMap } from './maps.ts';

/** The networks of a run whose training was finished after the search; kept with the run. */
export class Finished {
  list = $state.raw<readonly RunFinished[]>([]);
  /** What their last finishing left, of those that are not only in the browser's storage. */
  weights = $state.raw<ReadonlyMap<NetworkId, Weights>>(emptyMap());
  /** What rounding to integers costs, as far as it was measured: by `int8Key`, one entry a head. */
  int8 = $state.raw<ReadonlyMap<string, readonly Int8Loss[]>>(emptyMap());
  /** The one switch: whether a finished network is shown, asked and downloaded with what its finishing left. */
  shown = $state(false);
  /** The place where networks are finished is to be open and in sight next time. */
  asked = false;
  /** The pane that finishes networks brings their code, so that the first page need not. */
  finisher: Finisher | null = null;

  /** How its training was finished last. */
  of(network: NetworkId): RunFinished | undefined {
    return this.list.findLast((one) => one.network === network);
  }

  /** The same, where what that left is shown instead of what was found. */
  shownOf(network: NetworkId): RunFinished | undefined {
    return this.shown ? this.of(network) : undefined;
  }
}
