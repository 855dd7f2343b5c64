import type { Session } from '../../model/session.svelte.ts';
import type { RunNetwork } from './workbench-state.svelte.ts';

/** The selected network of the run, or the first of its front; of a recording or a file one whose weights came along. */
export function offeredNetwork(session: Session): RunNetwork | null {
  const { view, recipe, page } = session;
  if (!view) return null;
  const recorded = session.source === 'recording' ? session.log.whole?.front : undefined;
  const hasWeights = (id: number) =>
    session.live || session.weights.has(id) || (recorded?.includes(id) ?? false);
  const wanted = [...(page.selected === null ? [] : [page.selected]), ...view.front].find(hasWeights);
  const network = wanted === undefined ? undefined : view.networks.get(wanted);
  if (!network || network.status !== 'evaluated') return null;
  const { id, architecture, ownImages, inheritedImages } = network;
  return {
    id,
    architecture,
    dataset: recipe.dataset,
    seed: recipe.seed,
    images: ownImages + inheritedImages,
    weights: () => session.weightsOf(id),
  };
}
