import { imagesPerNetwork } from '../search/budget.ts';
import type { RunView } from './view.ts';

/** Images that a network of `generation` is to see in its own training. */
export const plannedImages = (view: RunView, generation: number): number =>
  imagesPerNetwork(view.recipe, generation, view.generations[generation]?.trained.length ?? 1);
