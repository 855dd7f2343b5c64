import type { Finished } from './finished.svelte.ts';
import type { FinisherRun } from './finisher.svelte.ts';

/** A run whose networks can be finished in their pane. */
export interface FinishingRun extends FinisherRun {
  /** A search goes on where all of these hold and it has not finished. */
  readonly live: boolean;
  readonly running: boolean;
  readonly finished: boolean;
  readonly sideRuns: { readonly finished: Finished };
}
