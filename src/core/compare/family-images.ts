import { quantile } from '../metrics/compare.ts';
import type { NetworkView, RunView } from '../run-file/view.ts';
import { isFamily, strategyKeys, type Recipe } from '../search/recipe.ts';

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

/**
 * `recipe` of a hand-made family as a reference for the fronts in `views`: each of its networks sees as many images as
 * the middle member of the front of the run with the same data set, seed and budget; of several such runs, that of the
 * first strategy in the table. Any other recipe, and one without such a run, is given back as it is.
 */
export function asReference(recipe: Recipe, views: readonly RunView[]): Recipe {
  if (!isFamily(recipe.strategy)) return recipe;
  const alike = ['dataset', 'seed', 'generations', 'accepted', 'imagesPerChild', 'imagesPerSeed'] as const;
  const place = ({ recipe: { strategy } }: RunView) => strategyKeys.indexOf(strategy);
  const [first] = views
    .filter((view) => !isFamily(view.recipe.strategy) && view.front.length > 0)
    .filter((view) => alike.every((key) => view.recipe[key] === recipe[key]))
    .sort((a, b) => place(a) - place(b));
  if (!first) return recipe;
  const imagesPerSeed = memberImages(first.front.flatMap((id) => first.networks.get(id) ?? []));
  return { ...recipe, imagesPerSeed };
}
