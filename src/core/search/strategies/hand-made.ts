import { mobilenetNetwork } from '../../architecture/families/mobilenet.ts';
import { vggNetwork } from '../../architecture/families/vgg.ts';
import { familyWithin } from '../../architecture/families/widths.ts';
import type { StartingOptions } from '../../architecture/families/stages.ts';
import type { Architecture, Shape } from '../../architecture/types.ts';
import { familySize, type StrategyKey } from '../recipe.ts';
import type { Strategy } from '../strategy.ts';
import { fixedNetworks } from './fixed.ts';

type FamilyNetwork = (shape: Shape, classes: number, width: number, options: StartingOptions) => Architecture;

/** A hand-made family as a strategy: its networks at several widths, over all sizes that the recipe allows. */
const handMade = (key: StrategyKey, network: FamilyNetwork): Strategy =>
  fixedNetworks(key, (shape, classes, options, recipe) =>
    familyWithin((width) => network(shape, classes, width, options), recipe, familySize),
  );

/** After Simonyan and Zisserman 2015; five widths [ours]. */
export const vgg = handMade('vgg', vggNetwork);

/** After Sandler and others 2018, as near as this graph language comes; five widths [ours]. */
export const mobilenet = handMade('mobilenet', mobilenetNetwork);
