import {
  compareGroups,
  comparePairs,
  firstReaching,
  quantile,
  type Difference,
  type PairedDifference,
} from '../metrics/compare.ts';
import type { Comparison, Group, RunMeasures } from './comparison.ts';

/** What two searches are compared by: each run's final hypervolume, with validation or with test errors. */
export type Measure = 'validation' | 'test';

/** How two groups' final hypervolume differs, by two measures: over all runs, and seed by seed. */
export interface Verdict {
  readonly a: string;
  readonly b: string;
  /** Means of the groups against the spread over seeds. */
  readonly difference: Difference;
  /** Mean of the differences of equal seeds against the spread of those differences; null without equal seeds. */
  readonly paired: PairedDifference | null;
}

const valueOf = (run: RunMeasures, measure: Measure): number | null =>
  measure === 'validation' ? run.hypervolume : (run.test?.hypervolume ?? null);

/** Null where one of the groups has no run with this measure. */
function verdictOf(a: Group, b: Group, measure: Measure): Verdict | null {
  const values = ({ runs }: Group) => runs.flatMap((run) => valueOf(run, measure) ?? []);
  const [first, second] = [values(a), values(b)];
  if (first.length === 0 || second.length === 0) return null;
  const pairs = a.runs.flatMap((own) => {
    const theirs = b.runs.find(({ seed }) => seed === own.seed);
    const [x, y] = [valueOf(own, measure), theirs ? valueOf(theirs, measure) : null];
    return x === null || y === null ? [] : [[x, y] as const];
  });
  return {
    a: a.label,
    b: b.label,
    difference: compareGroups(first, second),
    paired: pairs.length > 0 ? comparePairs(pairs) : null,
  };
}

/** How `label`'s final hypervolume differs from every other group's. */
export function verdicts(
  { groups }: Comparison,
  label: string,
  measure: Measure = 'validation',
): readonly Verdict[] {
  const own = groups.find((group) => group.label === label);
  if (!own) return [];
  return groups.flatMap((group) => (group === own ? [] : (verdictOf(own, group, measure) ?? [])));
}

/** Every pair of groups once, the earlier one first. */
export const allVerdicts = ({ groups }: Comparison, measure: Measure = 'validation'): readonly Verdict[] =>
  groups.flatMap((a, index) => groups.slice(index + 1).flatMap((b) => verdictOf(a, b, measure) ?? []));

export interface ImagesToReach {
  /** Images that a needed for b's final hypervolume, over all that b saw; median over pairs, Infinity if not reached. */
  readonly share: number;
  /** The same without the images of the starting networks, which both trained alike. */
  readonly shareOfChildren: number;
  /** Pairs of runs in which a reached it, of all pairs of equal seeds. */
  readonly reached: number;
  readonly pairs: number;
}

/** Median; where the two in the middle are not both finite, the lower of them. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted.every(Number.isFinite) ? quantile(sorted, 0.5) : sorted[(sorted.length - 1) >> 1]!;
}

/** With which share of b's images a has what b has at its end, seed by seed; null without equal seeds. */
export function imagesToReach(a: Group, b: Group): ImagesToReach | null {
  const pairs = b.runs.flatMap((theirs) => {
    const own = a.runs.find(({ seed }) => seed === theirs.seed);
    // A run of which only the front is known has no curve.
    if (!own || own.curve.length === 0 || theirs.curve.length === 0) return [];
    const needed = firstReaching(own.curve, theirs.hypervolume) ?? Infinity;
    const start = theirs.startImages;
    return [
      {
        share: needed / theirs.images,
        shareOfChildren: Math.max(0, needed - start) / (theirs.images - start || 1),
      },
    ];
  });
  if (pairs.length === 0) return null;
  return {
    share: median(pairs.map(({ share }) => share)),
    shareOfChildren: median(pairs.map(({ shareOfChildren }) => shareOfChildren)),
    reached: pairs.filter(({ share }) => Number.isFinite(share)).length,
    pairs: pairs.length,
  };
}
