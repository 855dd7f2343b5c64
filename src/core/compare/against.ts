import { holm, infer, type Inference } from '../metrics/inference.ts';
import type { ErrorSource, Measured } from './measures.ts';

/** A finished run and all that it is measured by. */
export interface MeasuredRun {
  readonly label: string;
  readonly seed: number;
  readonly images: number;
  readonly forwardEquivalents: number;
  readonly values: Readonly<Record<ErrorSource, Measured>>;
}

/** The first search less another in one measure, seed by seed. */
export interface Against {
  readonly opponent: string;
  readonly inference: Inference;
  /** Its p after Holm's correction over the opponents it stands beside. */
  readonly holm: number;
}

/** Which number of a run is compared. */
export type ValueOf = (run: MeasuredRun) => number | null;

/** Differences by seed, of the seeds for which both searches have the number. */
function differencesOf(
  runs: readonly MeasuredRun[],
  [first, other]: readonly [string, string],
  valueOf: ValueOf,
): ReadonlyMap<number, number> {
  const valuesOf = (wanted: string) =>
    new Map(runs.flatMap((run) => (run.label === wanted ? [[run.seed, valueOf(run)] as const] : [])));
  const theirs = valuesOf(other);
  return new Map(
    [...valuesOf(first)].flatMap(([seed, own]) => {
      const their = theirs.get(seed) ?? null;
      return own === null || their === null ? [] : [[seed, own - their] as const];
    }),
  );
}

/** The seeds that every data set has: for each the mean over data sets of its difference. */
function pooled(sets: readonly ReadonlyMap<number, number>[]): readonly number[] {
  const seeds = [...(sets[0]?.keys() ?? [])].filter((seed) => sets.every((set) => set.has(seed)));
  return seeds.map((seed) => sets.reduce((sum, set) => sum + set.get(seed)!, 0) / sets.length);
}

/**
 * How `first` differs from every other search of `sets`, the runs of one or more data sets. Of several, the differences
 * of a seed are averaged over data sets first: the interval is one over seeds, for just these data sets taken as they
 * are, and says nothing of others. Opponents with fewer than two pairs are left out.
 */
export function against(
  sets: readonly (readonly MeasuredRun[])[],
  first: string,
  valueOf: ValueOf,
): readonly Against[] {
  const labels = [...new Set(sets.flatMap((runs) => runs.map(({ label }) => label)))];
  const found = labels.flatMap((opponent) => {
    if (opponent === first) return [];
    const inference = infer(pooled(sets.map((runs) => differencesOf(runs, [first, opponent], valueOf))));
    return inference ? [{ opponent, inference }] : [];
  });
  const corrected = holm(found.map(({ inference }) => inference.p));
  return found.map((each, index) => ({ ...each, holm: corrected[index]! }));
}
