import type { DensityRecord } from './events.ts';
import { objectives, type ObjectiveKey, type ObjectiveValues } from './objectives.ts';

/** Smallest bandwidth, in decades (log10 units). [ours] A population of near-equal sizes keeps a usable density. */
export const bandwidthFloor = 0.05;

/** The cheap ones of `keys`: what the density is estimated over. */
export const cheapKeys = (keys: readonly ObjectiveKey[]): readonly ObjectiveKey[] =>
  keys.filter((key) => !objectives[key].costly);

/** log10 of `values` at `keys`. Throws when one is missing or not positive. */
export function logRow(values: ObjectiveValues, keys: readonly ObjectiveKey[]): readonly number[] {
  return keys.map((key) => {
    const value = values[key];
    if (value === undefined || !(value > 0)) throw new Error(`objective ${key} is ${value}: not positive`);
    return Math.log10(value);
  });
}

/** Sample standard deviation (n - 1). */
function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/**
 * pKDE of the population's cheap objectives: a Gaussian product kernel on log10 of each, standardised per
 * objective, Scott's rule (1992): bandwidth = deviation * n^(-1 / (d + 4)), with a floor. Kernel, bandwidth and
 * logarithm are [ours]: the paper leaves them open. Uniform, with the reason, where no density can be had.
 * `factor` widens or narrows that bandwidth, floor included; the search leaves it at 1.
 */
export function estimateDensity(
  population: readonly ObjectiveValues[],
  keys: readonly ObjectiveKey[],
  factor = 1,
): DensityRecord {
  const count = population.length;
  if (keys.length === 0) return { kind: 'uniform', reason: 'no cheap objective' };
  if (count < 2) return { kind: 'uniform', reason: 'fewer than two networks' };
  if (count < keys.length + 1)
    return { kind: 'uniform', reason: `${count} networks are too few for ${keys.length} cheap objectives` };
  const points = population.map((values) => logRow(values, keys));
  const scott = count ** (-1 / (keys.length + 4));
  const deviations = keys.map((_, axis) => deviation(points.map((point) => point[axis]!)));
  const flat = deviations.findIndex((value) => !(value > 1e-12));
  if (flat >= 0) {
    const title = objectives[keys[flat]!].title.toLowerCase();
    return { kind: 'uniform', reason: `no spread in ${title}` };
  }
  const bandwidths = deviations.map((value) => factor * Math.max(value * scott, bandwidthFloor));
  return { kind: 'kde', objectives: keys, points, bandwidths };
}

/**
 * Natural logarithm of the density at `row` (log10 units, one entry an objective of the record), per product of
 * decades. Summed as log-sum-exp, so far away it stays finite where the density itself underflows. 0 if uniform.
 */
export function logDensity(record: DensityRecord, row: readonly number[]): number {
  if (record.kind === 'uniform') return 0;
  const { points, bandwidths } = record;
  const exponents = points.map((point) => {
    let sum = 0;
    for (let axis = 0; axis < bandwidths.length; axis++) {
      sum -= 0.5 * ((row[axis]! - point[axis]!) / bandwidths[axis]!) ** 2;
    }
    return sum;
  });
  const top = Math.max(...exponents);
  const total = exponents.reduce((sum, exponent) => sum + Math.exp(exponent - top), 0);
  const scale = bandwidths.reduce((sum, width) => sum + Math.log(width * Math.sqrt(2 * Math.PI)), 0);
  return top + Math.log(total / points.length) - scale;
}

/**
 * Logarithms of the sampling weights 1 / pKDE (NOT -log pKDE) of networks with the cheap objectives `values`.
 * Kept as logarithms because 1 / density overflows far from the population; all 0 where the record is uniform.
 */
export function logWeights(record: DensityRecord, values: readonly ObjectiveValues[]): number[] {
  if (record.kind === 'uniform') return values.map(() => 0);
  return values.map((value) => 0 - logDensity(record, logRow(value, record.objectives)));
}
