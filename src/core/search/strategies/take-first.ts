import type { DensityRecord } from '../events.ts';
import type { Drawn } from '../selection.ts';
import type { Strategy } from '../strategy.ts';

/** Strategies without a second stage train the first legal children they propose. */
export const takeFirst: Strategy['accept'] = (_density, candidates, count): readonly Drawn[] =>
  candidates.slice(0, count).map((_, index) => ({ index, probability: 1 }));

export const noDensity =
  (reason: string): (() => DensityRecord) =>
  () => ({ kind: 'uniform', reason });
