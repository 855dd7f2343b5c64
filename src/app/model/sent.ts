import type { DigestScope } from '../../core/run-file/run-digest.ts';
import type { NetworkId } from '../../core/search/events.ts';

/** What is known of a run that came by a link. It has no weights, no proposals and no learning curves. */
export interface Sent {
  /** Which networks are here; `renumbered`: an older link, which told neither their numbers nor the run's counts. */
  readonly scope: DigestScope | 'renumbered';
  readonly kept: number;
  /** Networks that were evaluated in the whole run. */
  readonly of: number;
  /** The network that was selected when it was sent. */
  readonly selected: NetworkId | null;
  /** It was trained by WebAssembly, which gives the same digits everywhere. */
  readonly isExact: boolean;
  /** Searches the same here; null where its pictures are not in this browser. */
  readonly repeat: (() => void) | null;
}
