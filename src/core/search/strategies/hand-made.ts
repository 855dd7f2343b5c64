import { familyWithin } from '../../architecture/families/widths.ts';
import type { StartingOptions } from '../../architecture/starting-networks.ts';
import type { Architecture, Shape } from '../../architecture/types.ts';
import { nextFront } from '../front.ts';
import { familySize } from '../recipe.ts';
import type { Strategy } from '../strategy.ts';
import { noDensity, takeFirst } from './take-first.ts';

type FamilyNetwork = (shape: Shape, classes: number, width: number, options: StartingOptions) => Architecture;

/**
 * A hand-made family as a strategy: its networks, at several widths, take the place of the starting networks, each is
 * trained from scratch on `imagesPerSeed` images, and no generation follows. To be a reference for a front,
 * `imagesPerSeed` should be what a member of it has seen, own and inherited (see compare/family-images.ts).
 */
export const handMade = (
  facts: Pick<Strategy, 'key' | 'title' | 'source'>,
  network: FamilyNetwork,
): Strategy => ({
  ...facts,
  usesApproximate: false,
  screens: false,
  chainLength: () => ({ min: 1, max: 1 }),
  density: noDensity('a hand-made family has no children'),
  parents: () => [],
  accept: takeFirst,
  survive: nextFront,
  family: (shape, classes, options, recipe) =>
    familyWithin((width) => network(shape, classes, width, options), recipe, familySize),
});
