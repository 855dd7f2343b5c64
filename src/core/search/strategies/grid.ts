import { gridNetworks } from '../../architecture/grid.ts';
import { fixedNetworks } from './fixed.ts';

/** Networks of the starting networks' kinds over all sizes that the recipe allows, with the whole budget. */
export const grid = fixedNetworks(
  {
    key: 'grid',
    title: 'Grid of sizes',
    source: 'networks of the starting networks’ kinds, evenly spread in log size; no search (ours)',
  },
  gridNetworks,
);
