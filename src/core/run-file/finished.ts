import type { LearningPoint, NetworkId } from '../search/events.ts';
import type { Recipe } from '../search/recipe.ts';

/**
 * A network of a run that was trained on after the search, by hand and on the whole training part, what the search
 * validated on included: only its error on the test images counts. The log and the front know nothing of it.
 */
export interface RunFinished {
  readonly network: NetworkId;
  /** On the weights that the search left, or from scratch (LEMONADE, section 5). */
  readonly start: 'found' | 'scratch';
  /** Images seen, rounded up to whole batches. */
  readonly images: number;
  readonly batch: number;
  /** Peak of the learning rate, which falls to 0 along a cosine. */
  readonly rate: number;
  /** Share of the images over which the rate rises. */
  readonly warmupShare: number;
  readonly weightDecay: number;
  readonly augment: Recipe['augment'];
  /** Names the generators of weights and batches. */
  readonly randomName: string;
  readonly seconds: number;
  /** Training loss, thinned. */
  readonly curve: readonly LearningPoint[];
  /** Images of the whole training part, and of the test part. */
  readonly trainImages: number;
  readonly testImages: number;
  /** Errors on the test images: as the search left it, and now; each measured once. */
  readonly testErrorBefore: number;
  readonly testError: number;
  /** ISO 8601. */
  readonly date: string;
}

/** Points of a learning curve that are kept, at most. */
export const finishedCurvePoints = 60;

/** At most `finishedCurvePoints` of a curve, evenly, its last one kept; losses with four digits. */
export function thinCurve(curve: readonly LearningPoint[]): readonly LearningPoint[] {
  const every = Math.max(1, Math.ceil(curve.length / finishedCurvePoints));
  return curve
    .filter((_, index) => (curve.length - 1 - index) % every === 0)
    .map(({ images, loss }) => ({ images, loss: Number(loss.toPrecision(4)) }));
}
