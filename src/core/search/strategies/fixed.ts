import { nextFront } from '../front.ts';
import type { Strategy } from '../strategy.ts';
import { noDensity, takeFirst } from './take-first.ts';

/**
 * No search: networks fixed beforehand share the whole budget evenly, each is trained once from scratch, and no
 * generation follows. `family` makes them; without it they are the search's own starting networks.
 */
export const fixedNetworks = (
  facts: Pick<Strategy, 'key' | 'title' | 'source'>,
  family?: Strategy['family'],
): Strategy => ({
  ...facts,
  usesApproximate: false,
  screens: false,
  chainLength: () => ({ min: 1, max: 1 }),
  density: noDensity('there is no search'),
  parents: () => [],
  accept: takeFirst,
  survive: nextFront,
  ...(family ? { family } : {}),
});
