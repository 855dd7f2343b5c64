import type { DensityRecord } from './events.ts';
import type { Recipe } from './recipe.ts';
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

/** How much likelier than the rarest member anything may be drawn. [ours] */
const rarerAtMost = 10;

export interface DensityOptions {
  /** Widens or narrows Scott's bandwidth, floor included. */
  readonly factor?: number;
  /** See Recipe.density. */
  readonly kind?: Recipe['density'];
}

/**
 * pKDE of the population's cheap objectives: a Gaussian kernel on log10 of each, standardised, Scott's rule (1992):
 * bandwidth = deviation * n^(-1 / (d + 4)), with a floor. Kernel, bandwidth and logarithm are [ours]: the paper leaves
 * them open. Uniform, with the reason, where no density can be had.
 *
 * 'plain' has a product kernel. 'whitened' has the population's covariance in place of its diagonal, since parameters,
 * multiply-adds and time rise and fall together, and caps 1 / density near the rarest member's: beyond the population the
 * density falls without bound, so that one outermost child would take almost every draw. [ours]
 */
export function estimateDensity(
  population: readonly ObjectiveValues[],
  keys: readonly ObjectiveKey[],
  { factor = 1, kind = 'plain' }: DensityOptions = {},
): DensityRecord {
  const count = population.length;
  if (keys.length === 0) return { kind: 'uniform', reason: 'no cheap objective' };
  if (count < 2) return { kind: 'uniform', reason: 'fewer than two networks' };
  if (count < keys.length + 1)
    return { kind: 'uniform', reason: `${count} networks are too few for ${keys.length} cheap objectives` };
  const points = population.map((values) => logRow(values, keys));
  const scott = factor * count ** (-1 / (keys.length + 4));
  const deviations = keys.map((_, axis) => deviation(points.map((point) => point[axis]!)));
  const flat = deviations.findIndex((value) => !(value > 1e-12));
  if (flat >= 0) return { kind: 'uniform', reason: `no spread in ${keys[flat]!}` };
  const bandwidths = deviations.map((value) => Math.max(value * scott, factor * bandwidthFloor));
  const product: DensityRecord = { kind: 'kde', objectives: keys, points, bandwidths };
  if (kind === 'plain') return product;
  const whitening = keys.length > 1 ? { whitening: whiteningOf(points, scott, factor * bandwidthFloor) } : {};
  const record: DensityRecord = { ...product, ...whitening };
  const rarest = Math.max(...points.map((point) => -logDensity(record, point)));
  return { ...record, logWeightCap: rarest + Math.log(rarerAtMost) };
}

/** Inverse of the Cholesky factor of scale^2 times the covariance of `points`, plus floor^2 on its diagonal. */
function whiteningOf(
  points: readonly (readonly number[])[],
  scale: number,
  floor: number,
): readonly (readonly number[])[] {
  const size = points[0]!.length;
  const means = Array.from(
    { length: size },
    (_, i) => points.reduce((sum, p) => sum + p[i]!, 0) / points.length,
  );
  const covariance = (i: number, j: number) =>
    points.reduce((sum, p) => sum + (p[i]! - means[i]!) * (p[j]! - means[j]!), 0) / (points.length - 1);
  const factor = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const inverse = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = scale ** 2 * covariance(i, j) + (i === j ? floor ** 2 : 0);
      for (let k = 0; k < j; k++) sum -= factor[i]![k]! * factor[j]![k]!;
      factor[i]![j] = i === j ? Math.sqrt(Math.max(sum, floor ** 2)) : sum / factor[j]![j]!;
    }
    inverse[i]![i] = 1 / factor[i]![i]!;
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += factor[i]![k]! * inverse[k]![j]!;
      inverse[i]![j] = -sum / factor[i]![i]!;
    }
  }
  return inverse;
}

/**
 * Natural logarithm of the density at `row` (log10 units, one entry an objective of the record), per product of
 * decades. Summed as log-sum-exp, so far away it stays finite where the density itself underflows. 0 if uniform.
 */
export function logDensity(record: DensityRecord, row: readonly number[]): number {
  if (record.kind === 'uniform') return 0;
  const { points, bandwidths, whitening } = record;
  const axes =
    whitening ?? bandwidths.map((width, axis) => bandwidths.map((_, i) => (i === axis ? 1 / width : 0)));
  const exponents = points.map((point) => {
    let sum = 0;
    for (const [axis, weights] of axes.entries()) {
      let distance = 0;
      for (let i = 0; i <= axis; i++) distance += weights[i]! * (row[i]! - point[i]!);
      sum -= 0.5 * distance ** 2;
    }
    return sum;
  });
  const top = Math.max(...exponents);
  const total = exponents.reduce((sum, exponent) => sum + Math.exp(exponent - top), 0);
  const scale = axes.reduce(
    (sum, weights, axis) => sum + Math.log(Math.sqrt(2 * Math.PI) / weights[axis]!),
    0,
  );
  return top + Math.log(total / points.length) - scale;
}

/**
 * Logarithms of the sampling weights 1 / pKDE (NOT -log pKDE) of networks with the cheap objectives `values`.
 * Kept as logarithms because 1 / density overflows far from the population; all 0 where the record is uniform.
 */
export function logWeights(record: DensityRecord, values: readonly ObjectiveValues[]): number[] {
  if (record.kind === 'uniform') return values.map(() => 0);
  const cap = record.logWeightCap ?? Infinity;
  return values.map((value) => Math.min(cap, 0 - logDensity(record, logRow(value, record.objectives))));
}

/** 1 / sum of squared chances of draws weighted by exp(`logs`): how many equally likely ones would be as even. */
export function effectiveNumber(logs: readonly number[]): number {
  if (logs.length === 0) return 0;
  const top = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total ** 2 / weights.reduce((sum, weight) => sum + weight ** 2, 0);
}
