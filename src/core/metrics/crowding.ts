import type { Vector } from '../search/dominance.ts';

/**
 * Crowding distance of each vector within its set: the sum over objectives of the gap between its neighbours,
 * over the objective's range; Infinity at the ends (Deb et al. 2002, section III-B). An objective without range
 * adds nothing beyond its ends.
 */
export function crowdingDistances(vectors: readonly Vector[]): number[] {
  const distances = vectors.map(() => 0);
  const objectives = vectors[0]?.length ?? 0;
  for (let axis = 0; axis < objectives; axis++) {
    const order = vectors.map((_, index) => index).sort((a, b) => vectors[a]![axis]! - vectors[b]![axis]!);
    const at = (position: number) => vectors[order[position]!]![axis]!;
    const last = order.length - 1;
    const range = at(last) - at(0);
    distances[order[0]!] = Infinity;
    distances[order[last]!] = Infinity;
    if (range <= 0) continue;
    for (let position = 1; position < last; position++) {
      distances[order[position]!]! += (at(position + 1) - at(position - 1)) / range;
    }
  }
  return distances;
}
