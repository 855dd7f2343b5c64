import type { RunTransfer } from '../../core/run-file/after-search.ts';
import { HandMade } from './hand-made.svelte.ts';
import { SideRun } from './side-run.svelte.ts';
import type { Transfers } from './transfers.svelte.ts';

/** What is trained beside a run. */
export class SideRuns {
  /** Random search with the same recipe. */
  readonly random = new SideRun(500);
  readonly handMade = new HandMade();
  /** The pane that transfers cells brings their code, so that the first page need not. */
  transfers: Transfers | null = null;
  /** Transferred cells that were trained; kept with the run. */
  transferred = $state.raw<readonly RunTransfer[]>([]);

  dispose(): void {
    this.random.stop();
    this.handMade.stop();
    this.transfers?.stop();
  }
}
