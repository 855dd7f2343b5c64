import { hypervolumeContributions } from '../metrics/contribution.ts';
import { referenceCoordinate } from '../metrics/hypervolume.ts';
import { normaliseAll } from './bounds.ts';
import { networkOf, type NetworkRecord, type SearchState } from './state.ts';

/**
 * The members of the front that the last generation trains on: while there are more than the recipe allows, the one
 * goes without which the front's hypervolume is largest (Beume, Naujoks, Emmerich 2007, "SMS-EMOA", section 3.2). [ours]
 */
export function finalistsOf(state: SearchState): readonly NetworkRecord[] {
  let members = state.front.map((id) => networkOf(state, id));
  const reference = state.bounds.map(() => referenceCoordinate);
  while (members.length > state.recipe.finalists) {
    const points = members.map(({ objectives }) => normaliseAll(objectives, state.bounds));
    const contributions = hypervolumeContributions(points, reference);
    const least = contributions.indexOf(Math.min(...contributions));
    members = members.filter((_, index) => index !== least);
  }
  return members;
}
