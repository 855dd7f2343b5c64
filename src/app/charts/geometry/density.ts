import type { DensityRecord } from '../../../core/search/events.ts';
import type { ObjectiveKey } from '../../../core/search/objectives.ts';

export type Kde = Extract<DensityRecord, { kind: 'kde' }>;

/**
 * The record's Gaussian kernel density seen on one objective alone (its marginal), at a stored value;
 * null where this objective had no part in it. Unit: per log10 step.
 */
export function marginalDensity(
  record: DensityRecord | null,
  key: ObjectiveKey,
): ((value: number) => number) | null {
  if (record?.kind !== 'kde' || record.points.length === 0) return null;
  const at = record.objectives.indexOf(key);
  const bandwidth = record.bandwidths[at];
  if (at < 0 || bandwidth === undefined || !(bandwidth > 0)) return null;
  const centres = record.points.map((row) => row[at]!);
  const scale = 1 / (centres.length * bandwidth * Math.sqrt(2 * Math.PI));
  return (value) => {
    const x = Math.log10(value);
    let sum = 0;
    for (const centre of centres) sum += Math.exp(-0.5 * ((x - centre) / bandwidth) ** 2);
    return sum * scale;
  };
}

/** The marginal sampled at px `from..to`: an area under `bottom`, its highest point `tall` px above it. */
export function densityCurve(
  density: (value: number) => number,
  valueAt: (px: number) => number,
  [from, to]: readonly [number, number],
  bottom: number,
  tall: number,
): { line: string; area: string } {
  const count = 84;
  const xs = Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count);
  const values = xs.map((x) => density(valueAt(x)));
  const top = Math.max(...values);
  const points = xs.map(
    (x, i) => `${x.toFixed(1)} ${(bottom - (top > 0 ? (values[i]! / top) * tall : 0)).toFixed(1)}`,
  );
  const line = `M${points.join('L')}`;
  return { line, area: `M${from.toFixed(1)} ${bottom}L${points.join('L')}L${to.toFixed(1)} ${bottom}Z` };
}
