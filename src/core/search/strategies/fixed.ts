import { gridNetworks } from '../../architecture/grid.ts';
import { nextFront } from '../front.ts';
import type { StrategyKey } from '../recipe.ts';
import type { Strategy } from '../strategy.ts';
import { noDensity, takeFirst } from './take-first.ts';

/**
 * No search: networks fixed beforehand share the whole budget evenly, each is trained once from scratch, and no
 * generation follows. `family` makes them; without it they are the search's own starting networks.
 */
export const fixedNetworks = (key: StrategyKey, family?: Strategy['family']): Strategy => ({
  key,
  usesApproximate: false,
  screens: false,
  chainLength: () => ({ min: 1, max: 1 }),
  density: noDensity('there is no search'),
  parents: () => [],
  accept: takeFirst,
  selectSurvivors: nextFront,
  ...(family ? { family } : {}),
});

/** The search's own starting networks with its whole budget: what a search must beat to be worth it. */
export const startsOnly = fixedNetworks('starts-only');

/** Networks of the starting networks' kinds over all sizes that the recipe allows, with the whole budget. */
export const grid = fixedNetworks('grid', gridNetworks);
