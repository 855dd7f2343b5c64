export interface SeriesPoint {
  readonly x: number;
  readonly hypervolume: number;
}

/** The last value at or before x of a step function; null before its start. */
export function stepAt(points: readonly SeriesPoint[], x: number): number | null {
  let value: number | null = null;
  for (const point of points) {
    if (point.x > x) break;
    value = point.hypervolume;
  }
  return value;
}

export interface Band {
  readonly x: number;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** Lowest, median and highest of some runs at every x where one of them changes and all have begun. */
export function bandOf(runs: readonly (readonly SeriesPoint[])[]): Band[] {
  const xs = [...new Set(runs.flatMap((run) => run.map((point) => point.x)))].sort((a, b) => a - b);
  // The runs end at different x: beyond the first end the median would jump, so the band ends there.
  const end = Math.min(...runs.map((run) => run.at(-1)?.x ?? -Infinity));
  return xs.flatMap((x) => {
    const values = runs.map((run) => stepAt(run, x));
    if (x > end || values.some((value) => value === null)) return [];
    const sorted = (values as number[]).sort((a, b) => a - b);
    const half = (sorted.length - 1) / 2;
    const middle = (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
    return [{ x, low: sorted[0]!, middle, high: sorted.at(-1)! }];
  });
}

/** First x at which `own` is above the last value of `other`; null when it never is. */
export function crossing(own: readonly Band[], other: readonly Band[]): Band | null {
  const goal = other.at(-1)?.middle;
  if (goal === undefined) return null;
  return own.find((band) => band.middle > goal + 1e-9) ?? null;
}
