/** A quantity that changes in steps: its value holds from `x` until the next point. Points by rising x. */
export interface StepPoint {
  readonly x: number;
  readonly value: number;
}

/** Value of a step curve at `x`, by bisection; 0 before its first point (no network yet: no hypervolume). */
export function stepAt(curve: readonly StepPoint[], x: number): number {
  let [low, high] = [0, curve.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (curve[middle]!.x <= x) low = middle + 1;
    else high = middle;
  }
  return curve[low - 1]?.value ?? 0;
}

/** The least x at which the curve reaches `value`; null where it never does. */
export const firstReaching = (curve: readonly StepPoint[], value: number): number | null =>
  curve.find((point) => point.value >= value)?.x ?? null;

export interface Summary {
  readonly count: number;
  readonly mean: number;
  /** Sample standard deviation (n - 1); 0 for one value. */
  readonly deviation: number;
  readonly low: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly high: number;
}

/** Quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7). `sorted` ascends. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const [a, b] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  return a + (position - below) * (b - a);
}

/** Throws RangeError without values. */
export function summarise(values: readonly number[]): Summary {
  if (values.length === 0) throw new RangeError('summarise: no values');
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    count,
    mean,
    deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : 0,
    low: sorted[0]!,
    lowerQuartile: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    upperQuartile: quantile(sorted, 0.75),
    high: sorted[count - 1]!,
  };
}

/** Summaries of several runs' step curves at each of `xs`: the middle line and band of a chart. */
export const bandAt = (
  curves: readonly (readonly StepPoint[])[],
  xs: readonly number[],
): readonly (Summary & { readonly x: number })[] =>
  xs.map((x) => ({ x, ...summarise(curves.map((curve) => stepAt(curve, x))) }));

export interface Difference {
  /** Mean of a less mean of b. */
  readonly difference: number;
  /** Root of the mean of both variances: the spread over seeds of one run. */
  readonly spread: number;
  /** True where the difference exceeds the spread; null where a group has fewer than two runs. */
  readonly exceedsSpread: boolean | null;
  /** Share of pairs in which a is above b, ties half (Vargha and Delaney 2000, A12): 0.5 is no difference. */
  readonly above: number;
}

/** How two groups of runs (seeds) differ in one number. Throws RangeError when either is empty. */
export function compareGroups(a: readonly number[], b: readonly number[]): Difference {
  const [first, second] = [summarise(a), summarise(b)];
  const difference = first.mean - second.mean;
  const spread = Math.sqrt((first.deviation ** 2 + second.deviation ** 2) / 2);
  const wins = a.reduce((sum, x) => sum + b.reduce((won, y) => won + (x > y ? 1 : x === y ? 0.5 : 0), 0), 0);
  return {
    difference,
    spread,
    exceedsSpread: a.length < 2 || b.length < 2 ? null : Math.abs(difference) > spread,
    above: wins / (a.length * b.length),
  };
}

export interface PairedDifference {
  /** Pairs of runs with one seed. */
  readonly pairs: number;
  /** Mean of a less b, seed by seed. */
  readonly mean: number;
  /** Sample standard deviation of those differences; 0 for one pair. */
  readonly deviation: number;
  /** Pairs in which a is above b, and below it. */
  readonly ahead: number;
  readonly behind: number;
  /** True where the mean exceeds the deviation; null for fewer than two pairs. */
  readonly exceedsSpread: boolean | null;
}

/**
 * Two searches seed by seed: what runs of one seed share (split, starting networks) cancels in their differences.
 * Throws RangeError without pairs.
 */
export function comparePairs(pairs: readonly (readonly [a: number, b: number])[]): PairedDifference {
  const differences = pairs.map(([a, b]) => a - b);
  const { count, mean, deviation } = summarise(differences);
  return {
    pairs: count,
    mean,
    deviation,
    ahead: differences.filter((difference) => difference > 0).length,
    behind: differences.filter((difference) => difference < 0).length,
    exceedsSpread: count < 2 ? null : Math.abs(mean) > deviation,
  };
}
