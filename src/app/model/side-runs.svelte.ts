import type { RunTransfer } from '../../core/run-file/after-search.ts';
import type { Baseline } from './baseline.svelte.ts';
import type { HandMade } from './hand-made.svelte.ts';
import type { Transfers } from './transfers.svelte.ts';

/** What is trained beside a run. The panes that want it bring its code, so that the first page need not. */
export class SideRuns {
  random = $state.raw<Baseline | null>(null);
  handMade = $state.raw<HandMade | null>(null);
  transfers: Transfers | null = null;
  /** Transferred cells that were trained; kept with the run. */
  transferred = $state.raw<readonly RunTransfer[]>([]);

  clear(): void {
    this.random?.clear();
    this.handMade?.clear();
    this.transfers?.clear();
    this.transferred = [];
  }
}
