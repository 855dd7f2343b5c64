import { imagesPerNetwork } from '../search/budget.ts';
import type { NetworkView, RunView } from './view.ts';

/** Images that `network` is to see in its own training. */
export const plannedImages = (view: RunView, { images, generation }: NetworkView): number =>
  images ?? imagesPerNetwork(view.recipe, generation, view.generations[generation]?.trained.length ?? 1);
