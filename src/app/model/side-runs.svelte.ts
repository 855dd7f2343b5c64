import type { RunTransfer } from '../../core/run-file/after-search.ts';
import { Finished } from './finished.svelte.ts';
import type { ImportedOnnx } from './imported.ts';
import type { Importer } from './importer.svelte.ts';
import { HandMade } from './hand-made.svelte.ts';
import { SideRun } from './side-run.svelte.ts';
import type { Transfers } from './transfers.svelte.ts';

/** What any search has to beat, its starting networks alone and random search; and the other families of searches. */
export const rivalStrategies = ['starts-only', 'random', 'one-shot', 'dpp-net'] as const;
export type RivalStrategy = (typeof rivalStrategies)[number];

/** What is trained beside a run. */
export class SideRuns {
  /** With the same recipe, so on as many images. */
  readonly rivals: Readonly<Record<RivalStrategy, SideRun>> = {
    'starts-only': new SideRun(500),
    random: new SideRun(500),
    'one-shot': new SideRun(500),
    'dpp-net': new SideRun(500),
  };
  readonly handMade = new HandMade();
  readonly finished = new Finished();
  /** The pane that transfers cells brings their code, so that the first page need not. */
  transfers: Transfers | null = null;
  /** Transferred cells that were trained; kept with the run. */
  transferred = $state.raw<readonly RunTransfer[]>([]);
  /** Its code comes with the first ONNX file. */
  importer: Importer | null = null;
  /** Networks of the user's own, held against this run. */
  imported = $state.raw<readonly ImportedOnnx[]>([]);

  dispose(): void {
    for (const strategy of rivalStrategies) this.rivals[strategy].stop();
    this.handMade.stop();
    this.transfers?.stop();
    this.finished.finisher?.stop();
    this.importer?.stop();
  }
}
