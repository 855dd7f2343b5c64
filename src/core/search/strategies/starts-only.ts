import { fixedNetworks } from './fixed.ts';

/** The search's own starting networks with its whole budget: what a search must beat to be worth it. */
export const startsOnly = fixedNetworks({
  key: 'starts-only',
  title: 'Starting networks only',
  source: 'the starting networks share the whole budget; no search (ours)',
});
