import * as v from 'valibot';
import { hypervolumeShare } from '../metrics/hypervolume.ts';
import type { NetworkView, RunView } from '../run-file/view.ts';
import { vectorOf } from '../search/bounds.ts';
import { nonDominated } from '../search/dominance.ts';
import type { Bound, NetworkId } from '../search/events.ts';
import { objectives } from '../search/objectives.ts';
import { formatRecipe, parseRecipe } from '../search/recipe-parse.ts';

/*
 * A run as no more than its front: what it was searched for, the values of the networks on it, and the box they are
 * measured in. Short enough for a QR code; it has no networks, no curve and nothing that could be checked again.
 */

const longestName = 60;
/** No front of this page is longer, and none that fits a QR code. [ours] */
const mostMembers = 200;

const real = v.pipe(v.number(), v.finite());
const schema = v.strictObject({
  /** Its name, or the pupil's. */
  n: v.pipe(v.string(), v.maxLength(longestName)),
  /** The recipe as in an address. */
  r: v.pipe(v.string(), v.maxLength(2000)),
  /** Images seen in training. */
  i: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** Lowest and highest value of each objective, in the recipe's order. */
  b: v.array(v.strictTuple([real, real])),
  /** The values of each network on the front, in the same order. */
  f: v.pipe(v.array(v.array(real)), v.minLength(1), v.maxLength(mostMembers)),
});

export type FrontDigest = v.InferOutput<typeof schema>;

/** What is left of a run with a front, its numbers as they are; `name` is cut where it is long. */
export const digestOf = (
  view: Pick<RunView, 'recipe' | 'bounds' | 'front' | 'networks' | 'imagesSeen'>,
  name: string,
): FrontDigest => ({
  n: name.slice(0, longestName),
  r: formatRecipe(view.recipe),
  i: view.imagesSeen,
  b: view.bounds.map(({ low, high }) => [low, high]),
  f: view.front.map((id) => {
    const values = view.networks.get(id)!.objectives;
    return view.recipe.objectives.map((key) => values[key] ?? 0);
  }),
});

/** Its architecture is not known: it has no nodes. */
const memberOf = (id: NetworkId, values: NetworkView['objectives']): NetworkView => ({
  ...{ id, parent: null, chain: [], architecture: { nodes: [] }, generation: 0, status: 'evaluated' },
  ...{ objectives: values, ownImages: 0, inheritedImages: 0, trainSeconds: 0, curve: [], onFront: true },
});

/**
 * The run that a digest tells of, as far as it tells; null where it is none: another recipe's numbers of values, an
 * error beyond 0 to 1, a size of nothing. A network that another one dominates is not on its front.
 */
export function frontOf(value: unknown): { readonly name: string; readonly view: RunView } | null {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) return null;
  const { n, r, i, b, f } = parsed.output;
  const { recipe, problems } = parseRecipe(r);
  const keys = recipe.objectives;
  if (problems.length > 0 || b.length !== keys.length || f.some((each) => each.length !== keys.length))
    return null;
  const isShare = (index: number) => objectives[keys[index]!].scale === 'linear';
  const bounds = b.map(([low, high], index): Bound => ({
    ...{ objective: keys[index]!, low, high, scale: objectives[keys[index]!].scale },
  }));
  if (bounds.some(({ low, high }, index) => !(low < high) || (isShare(index) ? low < 0 : low <= 0)))
    return null;
  const isSound = (x: number, index: number) => (isShare(index) ? x >= 0 && x <= 1 : x > 0);
  if (!f.every((each) => each.every(isSound))) return null;
  const values = f.map((each) => Object.fromEntries(keys.map((key, at) => [key, each[at]!])));
  const best = nonDominated(values.map((each) => vectorOf(each, keys))).map((index) => values[index]!);
  const members = best.map((each, index) => memberOf(index + 1, each));
  const ids = members.map(({ id }) => id);
  const view: RunView = {
    ...{
      recipe,
      bounds,
      generations: [],
      generation: 0,
      milestones: 0,
      phase: 'finished',
      finished: 'budget',
    },
    networks: new Map(members.map((member) => [member.id, member])),
    ...{ population: ids, front: ids, hypervolume: hypervolumeShare(best, bounds) },
    ...{ seconds: 0, proposedCount: 0, trainedCount: members.length, imagesSeen: i },
  };
  return { name: n, view };
}
