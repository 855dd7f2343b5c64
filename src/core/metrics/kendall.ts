/**
 * Kendall's rank correlation, tau-b (Kendall 1945): of all pairs, those in the same order in both lists less those in the
 * opposite one, where pairs that are equal in a list count for less. From -1 to 1; null where a list is all equal, or
 * shorter than two. Throws RangeError where the lists differ in length.
 */
export function kendall(a: readonly number[], b: readonly number[]): number | null {
  if (a.length !== b.length) throw new RangeError(`kendall: ${a.length} values and ${b.length}`);
  let [score, inA, inB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) {
      const [first, second] = [Math.sign(a[i]! - a[j]!), Math.sign(b[i]! - b[j]!)];
      score += first * second;
      inA += first * first;
      inB += second * second;
    }
  return inA === 0 || inB === 0 ? null : score / Math.sqrt(inA * inB);
}
