import type { Random } from '../random.ts';

/** Weights proportional to exp(logs), the largest being 1. */
function relativeWeights(logs: readonly number[]): number[] {
  const top = Math.max(...logs);
  return logs.map((log) => Math.exp(log - top));
}

/** Index drawn with probability proportional to `weights` (all >= 0, not all 0). */
function drawOne(weights: readonly number[], random: Random): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let rest = random.next() * total;
  let last = 0;
  for (let index = 0; index < weights.length; index++) {
    if (weights[index]! <= 0) continue;
    last = index;
    rest -= weights[index]!;
    if (rest < 0) return index;
  }
  return last;
}

/** `count` indices, each drawn with probability proportional to exp(logs), with replacement. */
export function drawWithReplacement(logs: readonly number[], count: number, random: Random): number[] {
  if (logs.length === 0) throw new RangeError('drawWithReplacement: nothing to draw from');
  const weights = relativeWeights(logs);
  return Array.from({ length: count }, () => drawOne(weights, random));
}

/** An index and its share of the weights still in the draw when it was drawn. */
export interface Drawn {
  readonly index: number;
  readonly probability: number;
}

/**
 * `count` different indices (all of them when there are no more), drawn one after another with probability
 * proportional to exp(logs) among those left.
 */
export function drawWithoutReplacement(
  logs: readonly number[],
  count: number,
  random: Random,
): readonly Drawn[] {
  const left = logs.map((_, index) => index);
  const drawn: Drawn[] = [];
  while (drawn.length < count && left.length > 0) {
    const weights = relativeWeights(left.map((index) => logs[index]!));
    const position = drawOne(weights, random);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    drawn.push({ index: left[position]!, probability: weights[position]! / total });
    left.splice(position, 1);
  }
  return drawn;
}
