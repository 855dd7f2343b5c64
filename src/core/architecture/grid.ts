import { familyWithin, type FamilyCaps } from './families/widths.ts';
import type { StartingOptions } from './families/stages.ts';
import { stackNetwork } from './starting-networks.ts';
import type { Architecture, Shape } from './types.ts';

/** Networks of each kind, at most: with two kinds, gridSize in all. [ours] */
const ofEachKind = 5;

/** The kinds that starting networks are of, filters growing with the width as theirs do. */
const kinds = {
  trivial: [
    { growth: [1, 2, 2], depth: 1, separable: true },
    { growth: [1, 1.5, 2], depth: 1, separable: false },
  ],
  deep: [
    { growth: [1, 2, 2], depth: 1, separable: true },
    { growth: [1, 1.6, 2.4], depth: 2, separable: false },
  ],
} as const;

/** Networks of each of the starting networks' kinds, evenly spread in log size over what `caps` allow, smallest first. */
export const gridNetworks = (
  shape: Shape,
  classes: number,
  options: StartingOptions,
  caps: FamilyCaps & { readonly starts: keyof typeof kinds },
): readonly Architecture[] =>
  kinds[caps.starts].flatMap(({ growth, depth, separable }) =>
    familyWithin(
      (width) => {
        const filters = growth.map((factor) => Math.max(1, Math.round(factor * width)));
        return stackNetwork(shape, classes, { filters, depth, separable }, options);
      },
      caps,
      ofEachKind,
    ),
  );
