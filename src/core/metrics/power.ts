import { logGamma, twoSidedQuantile } from './student-t.ts';

/** Complementary error function, relative error below 1.2e-7 (Numerical Recipes, 2nd ed., 6.2: a Chebyshev fit). */
function erfc(x: number): number {
  const t = 1 / (1 + 0.5 * Math.abs(x));
  const sum = chebyshev.reduceRight((total, coefficient) => total * t + coefficient, 0);
  const value = t * Math.exp(-x * x + sum);
  return x >= 0 ? value : 2 - value;
}

const chebyshev = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
] as const;

const normalCdf = (x: number): number => 0.5 * erfc(-x / Math.SQRT2);

/** Density of sqrt(chi squared / degrees): how the estimated standard deviation spreads around the true one, 1. */
function deviationDensity(s: number, degrees: number): number {
  if (s === 0) return degrees === 1 ? Math.sqrt(2 / Math.PI) : 0;
  const half = degrees / 2;
  const log = half * Math.log(half) - logGamma(half) + (degrees - 1) * Math.log(s) - half * s * s;
  return 2 * Math.exp(log);
}

/**
 * Power of the two-sided paired t-test with `pairs` pairs whose true difference is `effect` standard deviations (of
 * the differences): the noncentral t distribution, exact but for Simpson's rule over the estimated deviation.
 */
export function pairedPower(effect: number, pairs: number, level = 0.05): number {
  const degrees = pairs - 1;
  const limit = twoSidedQuantile(level, degrees);
  const shift = Math.abs(effect) * Math.sqrt(pairs);
  const rejected = (s: number) => normalCdf(shift - limit * s) + normalCdf(-shift - limit * s);
  const spread = 8 / Math.sqrt(2 * degrees);
  const [from, to, steps] = [Math.max(0, 1 - spread), 1 + spread, 400];
  const width = (to - from) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const s = from + i * width;
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * rejected(s) * deviationDensity(s, degrees);
  }
  return (sum * width) / 3;
}

/**
 * The fewest pairs with which a paired t-test shows a true difference of `effect` standard deviations with probability
 * `power`. Null for no effect, or where more than `most` would be needed.
 */
export function pairsNeeded(effect: number, power = 0.8, level = 0.05, most = 10_000): number | null {
  const enough = (pairs: number) => pairedPower(effect, pairs, level) >= power;
  if (!(Math.abs(effect) > 0) || !enough(most)) return null;
  let [low, high] = [1, most];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
