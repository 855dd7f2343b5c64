import { seeded } from '../random.ts';

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

/** Samples of the bootstrap, and its generator. */
const [resamples, generator] = [400, 'kendall-interval'];

/**
 * Where tau of the whole from which these pairs were drawn lies with 95 %: the bootstrap's percentiles (Efron 1979), the
 * pairs drawn again with replacement. Null below eight pairs, or where tau is. The same for the same lists.
 */
export function kendallInterval(
  a: readonly number[],
  b: readonly number[],
): readonly [low: number, high: number] | null {
  if (a.length < 8 || kendall(a, b) === null) return null;
  const random = seeded(generator);
  const found: number[] = [];
  for (let i = 0; i < resamples; i++) {
    const drawn = a.map(() => random.integer(a.length));
    const tau = kendall(
      drawn.map((at) => a[at]!),
      drawn.map((at) => b[at]!),
    );
    if (tau !== null) found.push(tau);
  }
  found.sort((x, y) => x - y);
  const at = (share: number) => found[Math.round(share * (found.length - 1))]!;
  return [at(0.025), at(0.975)];
}
