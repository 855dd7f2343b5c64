import { multiplyAdds } from '../../core/architecture/cost.ts';
import { plannedImages } from '../../core/run-file/planned-images.ts';
import type { NetworkView, RunView } from '../../core/run-file/view.ts';
import { generationsOf, hasFinish, totalImages } from '../../core/search/budget.ts';
import { members } from './picks.ts';

/** Multiply-adds that an image costs beside those of its network: copying, small layers, the page. [ours] */
const overhead = 2e5;

const workOfImage = ({ objectives, architecture }: NetworkView): number =>
  overhead + (objectives.multiplyAdds ?? multiplyAdds(architecture));

/** Mean work of an image that is still to come: of the last generation's networks, or of the front it will train. */
function workOfLast(view: RunView): number | null {
  const last = generationsOf(view.recipe);
  const trained = members(view, view.generations[last]?.trained ?? []);
  const list = trained.length > 0 ? trained : members(view, view.front);
  const images = list.map((network) => (trained.length > 0 ? plannedImages(view, network) : 1));
  const all = images.reduce((a, b) => a + b, 0);
  return all > 0 ? list.reduce((sum, network, i) => sum + images[i]! * workOfImage(network), 0) / all : null;
}

/**
 * Seconds left, from the pace of the run so far, by the work of the networks: the last generation trains the large
 * ones on most images. Null until the starting networks are done.
 */
export function secondsLeft(view: RunView): number | null {
  if (view.finished !== null || view.generation < 1 || view.seconds <= 0) return null;
  const { recipe, imagesSeen } = view;
  let work = 0;
  for (const network of view.networks.values())
    work += (network.ownImages || (network.curve.at(-1)?.images ?? 0)) * workOfImage(network);
  if (imagesSeen <= 0 || work <= 0) return null;
  const left = Math.max(0, totalImages(recipe) - imagesSeen);
  const inLast = hasFinish(recipe) ? Math.min(left, recipe.imagesFinal) : 0;
  const mean = work / imagesSeen;
  const toCome = (left - inLast) * mean + inLast * (workOfLast(view) ?? mean);
  const byWork = (toCome / work) * view.seconds;
  return recipe.maxSeconds > 0 ? Math.min(byWork, Math.max(0, recipe.maxSeconds - view.seconds)) : byWork;
}
