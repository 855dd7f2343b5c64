import { familyWithin } from '../../architecture/families/widths.ts';
import type { StartingOptions } from '../../architecture/starting-networks.ts';
import type { Architecture, Shape } from '../../architecture/types.ts';
import { familySize } from '../recipe.ts';
import type { Strategy } from '../strategy.ts';
import { fixedNetworks } from './fixed.ts';

type FamilyNetwork = (shape: Shape, classes: number, width: number, options: StartingOptions) => Architecture;

/** A hand-made family as a strategy: its networks at several widths, over all sizes that the recipe allows. */
export const handMade = (
  facts: Pick<Strategy, 'key' | 'title' | 'source'>,
  network: FamilyNetwork,
): Strategy =>
  fixedNetworks(facts, (shape, classes, options, recipe) =>
    familyWithin((width) => network(shape, classes, width, options), recipe, familySize),
  );
