/**
 * Upper 0.1 % point of the chi-square distribution (Wilson-Hilferty; within 1 % for 3 degrees of freedom or more).
 */
export function chiSquareLimit(degrees: number): number {
  const z = 3.0902;
  const third = 2 / (9 * degrees);
  return degrees * (1 - third + z * Math.sqrt(third)) ** 3;
}

/** Pearson's statistic of `counts` against `probabilities` (which sum to 1). */
export function chiSquare(counts: readonly number[], probabilities: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, i) => {
    const expected = total * probabilities[i]!;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
}
