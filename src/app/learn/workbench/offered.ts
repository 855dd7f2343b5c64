import type { Run } from '../../model/run.svelte.ts';
import type { RunNetwork } from './workbench-state.svelte.ts';

/** The selected network of the run, or the first of its front; of a recording or a file one whose weights came along. */
export function offeredNetwork(run: Run): RunNetwork | null {
  const { view, recipe, selection } = run;
  if (!view) return null;
  const recorded = run.kind === 'recording' ? run.log.whole?.front : undefined;
  const hasWeights = (id: number) => run.live || run.weights.has(id) || (recorded?.includes(id) ?? false);
  const wanted = [...(selection.selected === null ? [] : [selection.selected]), ...view.front].find(
    hasWeights,
  );
  const network = wanted === undefined ? undefined : view.networks.get(wanted);
  if (!network || network.status !== 'evaluated') return null;
  const { id, architecture, ownImages, inheritedImages } = network;
  return {
    id,
    architecture,
    dataset: recipe.dataset,
    seed: recipe.seed,
    images: ownImages + inheritedImages,
    weights: () => run.weightsOf(id),
  };
}
