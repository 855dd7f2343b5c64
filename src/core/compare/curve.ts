import { hypervolumeShare } from '../metrics/hypervolume.ts';
import type { NetworkView, RunView } from '../run-file/view.ts';
import { normaliseAll } from '../search/bounds.ts';
import { dominates } from '../search/dominance.ts';
import type { Bound } from '../search/events.ts';

/** A run when one more of its networks has been trained. */
export interface CurvePoint {
  /** Own images that all networks so far have seen. */
  readonly images: number;
  readonly trainSeconds: number;
  /** Hypervolume of all networks so far, as a share of the box of `bounds`. */
  readonly hypervolume: number;
}

/**
 * How the hypervolume grew, network by network, over the finished generations. The networks of a generation count in
 * the order of their ids, which does not depend on the number of workers; failed ones cost images and add nothing.
 */
export function hypervolumeCurve(view: RunView, bounds: readonly Bound[]): readonly CurvePoint[] {
  let front: readonly { readonly network: NetworkView; readonly vector: readonly number[] }[] = [];
  let [images, trainSeconds, hypervolume] = [0, 0, 0];
  const order = view.generations.flatMap(({ outcome, trained }) =>
    outcome ? [...trained].sort((a, b) => a - b) : [],
  );
  return order.flatMap((id) => {
    const network = view.networks.get(id);
    if (!network) return [];
    images += network.ownImages;
    trainSeconds += network.trainSeconds;
    const vector = normaliseAll(network.objectives, bounds);
    const counts = network.status === 'evaluated' && !vector.some(Number.isNaN);
    if (counts && !front.some((other) => dominates(other.vector, vector))) {
      front = [...front.filter((other) => !dominates(vector, other.vector)), { network, vector }];
      hypervolume = hypervolumeShare(
        front.map((member) => member.network.objectives),
        bounds,
      );
    }
    return [{ images, trainSeconds, hypervolume }];
  });
}
