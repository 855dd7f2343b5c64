import * as v from 'valibot';
import type { NetworkId } from '../search/events.ts';
import type { Recipe } from '../search/recipe.ts';
import type { RunFinished } from './finished.ts';
import { count, datasetId, id, most, share } from './values.ts';

/** Share of wrong answers on the official test images, which no search sees; measured once, after the search. */
export interface RunTestError {
  readonly network: NetworkId;
  readonly error: number;
}

/**
 * A cell of this run in another macro-architecture or on another data set, trained from scratch by hand, after the
 * search and apart from it.
 */
export interface RunTransfer {
  /** The network whose cell it is. */
  readonly from: NetworkId;
  readonly dataset: Recipe['dataset'];
  readonly stages: number;
  readonly cellsPerStage: number;
  /** Filters of the first stage. */
  readonly width: number;
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Images seen in its training. */
  readonly images: number;
  /** On the validation images of `dataset`, split by the run's seed. */
  readonly error: number;
  /** On its official test images, once. */
  readonly testError?: number;
}

/** What was measured of a run after it had ended, by hand. */
export interface AfterSearch {
  readonly testErrors: readonly RunTestError[];
  readonly transfers: readonly RunTransfer[];
  /** In the order in which they were finished; missing where an older page kept it. */
  readonly finished?: readonly RunFinished[];
}

export const testErrorsSchema = v.pipe(
  v.array(v.object({ network: id, error: share })),
  v.maxLength(most.networks),
);

export const transfersSchema = v.pipe(
  v.array(
    v.object({
      from: id,
      dataset: datasetId,
      stages: count,
      cellsPerStage: count,
      width: count,
      parameters: count,
      multiplyAdds: count,
      images: count,
      error: share,
      testError: v.exactOptional(share),
    }),
  ),
  v.maxLength(most.list),
);
