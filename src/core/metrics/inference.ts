import { summarise } from './compare.ts';
import { pairsNeeded } from './power.ts';
import { twoSidedP, twoSidedQuantile } from './student-t.ts';

/** What differences of paired runs say of the true difference. */
export interface Inference {
  readonly pairs: number;
  readonly mean: number;
  /** Sample standard deviation of the differences. */
  readonly deviation: number;
  /** 95 % interval for the true mean, Student's t. */
  readonly low: number;
  readonly high: number;
  /** Of the two-sided paired t-test that the true mean is 0. */
  readonly p: number;
  /** Differences above and below 0. */
  readonly above: number;
  readonly below: number;
}

const level = 0.05;

/**
 * Paired t-test and interval of `differences`, which are taken as independent draws from a normal distribution. Null
 * for fewer than two: nothing is known of their spread. Without any spread p is 1 at 0 and else 0.
 */
export function infer(differences: readonly number[]): Inference | null {
  if (differences.length < 2) return null;
  const { count, mean, deviation } = summarise(differences);
  const standardError = deviation / Math.sqrt(count);
  const half = twoSidedQuantile(level, count - 1) * standardError;
  return {
    pairs: count,
    mean,
    deviation,
    low: mean - half,
    high: mean + half,
    p: standardError > 0 ? twoSidedP(mean / standardError, count - 1) : mean === 0 ? 1 : 0,
    above: differences.filter((difference) => difference > 0).length,
    below: differences.filter((difference) => difference < 0).length,
  };
}

/**
 * Holm's step-down correction of the p of several tests, in their order: each may be held against the level as it
 * stands, and the probability of any false rejection stays below that level (Holm 1979).
 */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((_, index) => index).sort((a, b) => ps[a]! - ps[b]!);
  const adjusted = [...ps];
  let reached = 0;
  order.forEach((index, rank) => {
    reached = Math.max(reached, Math.min(1, (ps.length - rank) * ps[index]!));
    adjusted[index] = reached;
  });
  return adjusted;
}

/**
 * Pairs that would show a true difference as large as the one observed, with 80 % power at two-sided 5 % (noncentral
 * t). Mean and deviation are themselves estimates, so this is an order of size. Null without a difference or a spread.
 */
export const pairsToShow = ({ mean, deviation }: Inference): number | null =>
  deviation > 0 ? pairsNeeded(mean / deviation, 0.8, level) : null;

/** Standard error of an error (a share of wrong answers) measured on `images` independent images: binomial. */
export const errorStandardError = (error: number, images: number): number =>
  Math.sqrt((error * (1 - error)) / images);
