import type { PlannedRun } from './plan.ts';
import type { RetrainOrder } from './retrain.ts';

export interface SearchOrder {
  readonly run: PlannedRun;
  /** Of the file to write. */
  readonly path: string;
}

export type ChildOrder = (
  (SearchOrder & { readonly kind: 'search' }) | (RetrainOrder & { readonly kind: 'retrain' })
) & {
  readonly through: Through;
  /** A folder with data sets of its own (scripts/data-folder.ts); null for the site's. */
  readonly dataFolder: string | null;
};

/** Where searches run: this process on wasm, or on Dawn's GPU; Chromium with WebGPU emulated, or on a real GPU. */
export const ways = ['node', 'dawn', 'chromium', 'gpu'] as const;
export type Through = (typeof ways)[number];
export type ChildReply =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly text: string };
