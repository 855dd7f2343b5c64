import { mobilenetNetwork } from '../../architecture/families/mobilenet.ts';
import { vggNetwork } from '../../architecture/families/vgg.ts';
import { familyWithin } from '../../architecture/families/widths.ts';
import type { StartingOptions } from '../../architecture/families/stages.ts';
import type { Architecture, Shape } from '../../architecture/types.ts';
import { familySize } from '../recipe.ts';
import type { Strategy } from '../strategy.ts';
import { fixedNetworks } from './fixed.ts';

type FamilyNetwork = (shape: Shape, classes: number, width: number, options: StartingOptions) => Architecture;

/** A hand-made family as a strategy: its networks at several widths, over all sizes that the recipe allows. */
const handMade = (facts: Pick<Strategy, 'key' | 'title' | 'source'>, network: FamilyNetwork): Strategy =>
  fixedNetworks(facts, (shape, classes, options, recipe) =>
    familyWithin((width) => network(shape, classes, width, options), recipe, familySize),
  );

export const vgg = handMade(
  {
    key: 'vgg',
    title: 'Plain VGG-like family',
    source: 'by hand, after Simonyan and Zisserman 2015; five widths (ours)',
  },
  vggNetwork,
);

export const mobilenet = handMade(
  {
    key: 'mobilenet',
    title: 'MobileNetV2-like family',
    source: 'by hand, after Sandler et al. 2018, as near as this graph language comes; five widths (ours)',
  },
  mobilenetNetwork,
);
