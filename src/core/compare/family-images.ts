import { quantile } from '../metrics/compare.ts';
import type { NetworkView } from '../run-file/view.ts';

/** Images that the middle (median) member of a front has seen, own and inherited; 0 without members. */
export function memberImages(front: readonly Pick<NetworkView, 'ownImages' | 'inheritedImages'>[]): number {
  const seen = front.map(({ ownImages, inheritedImages }) => ownImages + inheritedImages);
  if (seen.length === 0) return 0;
  return Math.round(
    quantile(
      seen.sort((a, b) => a - b),
      0.5,
    ),
  );
}
