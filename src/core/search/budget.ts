import {
  familySize,
  gridSize,
  inheritsWeights,
  isFamily,
  isFixed,
  isOneShot,
  isPlain,
  oneShotSizes,
  progressiveStarts,
  type Recipe,
} from './recipe.ts';
import type { NetworkRecord } from './network-record.ts';
import { bornIn, networkOf, type SearchState } from './state.ts';

/*
 * What a run may spend, in images seen in training, and how it is shared out. All of it is [ours]: the paper gives every
 * child the same number of epochs. It follows from the recipe alone, so that resuming and the order of workers change nothing.
 */

/** Starting networks of every kind of start, and of a grid. */
export const startingCounts = { trivial: 4, deep: 3 } as const satisfies Record<Recipe['starts'], number>;

/** Starting networks of the search itself; its no-search rivals spend the budget of the same. */
export const searchStarts = ({ starts, space }: Pick<Recipe, 'starts' | 'space'>): number =>
  space === 'cell' ? startingCounts.trivial : startingCounts[starts];

/** Networks that a run begins with; of a grid or a hand-made family at most so many, and that is all. */
export function startsOf(recipe: Pick<Recipe, 'starts' | 'space' | 'strategy'>): number {
  if (isFamily(recipe.strategy)) return familySize;
  if (isOneShot(recipe.strategy)) return oneShotSizes.supernets;
  if (recipe.strategy === 'dpp-net') return progressiveStarts;
  return recipe.strategy === 'grid' ? gridSize : searchStarts(recipe);
}

/** The last generation trains members of the front on and new children: only where networks keep their weights. */
export const hasFinish = ({ strategy, imagesFinal }: Pick<Recipe, 'strategy' | 'imagesFinal'>): boolean =>
  imagesFinal > 0 && inheritsWeights[strategy] && !isFixed(strategy) && !isPlain(strategy);

/** Generations that follow the starting networks, the last one that trains the front on included. */
export const generationsOf = (recipe: Pick<Recipe, 'strategy' | 'generations' | 'imagesFinal'>): number =>
  isFixed(recipe.strategy) ? 0 : recipe.generations + (hasFinish(recipe) ? 1 : 0);

/** Children that a generation before the last trains, or only evaluates. */
export const childrenPerGeneration = ({
  strategy,
  accepted,
}: Pick<Recipe, 'strategy' | 'accepted'>): number => (isOneShot(strategy) ? oneShotSizes.paths : accepted);

const childrenOf = ({ generations, accepted }: Recipe): number => generations * accepted;

/** Images that a whole run sees in training; the same for every strategy. */
export const totalImages = (recipe: Recipe, starts = searchStarts(recipe)): number =>
  starts * recipe.imagesPerSeed + childrenOf(recipe) * recipe.imagesPerChild + recipe.imagesFinal;

/** Images that each network born in `generation` sees. `born` is how many are. */
export function imagesPerNetwork(recipe: Recipe, generation: number, born: number): number {
  const total = totalImages(recipe);
  if (isFixed(recipe.strategy)) return Math.floor(total / Math.max(1, born));
  // Each is trained once, and whether it is a starting network decides nothing. [ours]
  if (recipe.strategy === 'dpp-net')
    return Math.max(1, Math.floor(total / (startsOf(recipe) + childrenOf(recipe))));
  if (isOneShot(recipe.strategy) && generation <= recipe.generations)
    return generation === 0 ? Math.floor((total - recipe.imagesFinal) / Math.max(1, born)) : 0;
  if (generation === 0) return recipe.imagesPerSeed;
  if (generation > recipe.generations) return Math.max(1, Math.floor(recipe.imagesFinal / Math.max(1, born)));
  if (hasFinish(recipe)) return recipe.imagesPerChild;
  // What cannot be used to train a front on goes to the children.
  return recipe.imagesPerChild + Math.floor(recipe.imagesFinal / Math.max(1, childrenOf(recipe)));
}

/** Share of all the run's images that lies behind when `generation` begins: 0 for the starting networks. */
function shareBehind(recipe: Recipe, starts: number, generation: number): number {
  if (generation === 0) return 0;
  const children = (generation - 1) * recipe.accepted * recipe.imagesPerChild;
  return (starts * recipe.imagesPerSeed + children) / totalImages(recipe, starts);
}

/** Learning rates of one training, as shares of the recipe's peak. */
export interface RateSpan {
  readonly first: number;
  readonly last: number;
}

/**
 * Peak rates of a supernet, and of a path that is trained on, as shares of the recipe's: steps along one path disturb
 * all others. Both fall to 0, as shared weights are only comparable then. Measured (docs/evidence/tuning.csv). [ours]
 */
const supernetRate = 0.25;
const pathRate = 0.5;

/**
 * The rate of a network born in `generation` where rates fall linearly (decay=search): over the whole run, from the
 * share of images still ahead when its generation begins to that when it ends; from 1 to 0 where nothing is inherited
 * and every training is in one piece. Null where every network has a cosine of its own.
 */
export function rateSpan(state: SearchState, generation: number): RateSpan | null {
  const { recipe } = state;
  const { strategy, decay } = recipe;
  if (decay !== 'search' || isPlain(strategy)) return null;
  if (!inheritsWeights[strategy] || isFixed(strategy)) return { first: 1, last: 0 };
  if (isOneShot(strategy)) return { first: generation === 0 ? supernetRate : pathRate, last: 0 };
  const starts = bornIn(state, 0).length;
  const ahead = (at: number) => Math.max(0, 1 - shareBehind(recipe, starts, at));
  const isLast = generation >= generationsOf(recipe);
  return { first: ahead(generation), last: isLast ? 0 : ahead(generation + 1) };
}

/** Images seen along the line of inheritance before `record` was born. */
export function imagesBefore(state: SearchState, { parent }: NetworkRecord): number {
  if (parent === null || !inheritsWeights[state.recipe.strategy]) return 0;
  const { ownImages, inheritedImages } = networkOf(state, parent);
  return ownImages + inheritedImages;
}
