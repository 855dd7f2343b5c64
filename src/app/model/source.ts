import type { RunDevice } from '../../core/run-file/schema.ts';

/** Where the log comes from: a search on this computer, or something that is only played back. */
export type Source = 'none' | 'live' | 'recording' | 'file';

/** What is known of an opened file besides its log. */
export interface Origin {
  readonly note: string;
  readonly device: RunDevice | null;
  readonly created: string;
  readonly from: string;
}
