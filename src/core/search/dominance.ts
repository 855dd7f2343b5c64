/** Objective vectors; every entry is minimised. All vectors compared have one length. */
export type Vector = readonly number[];

/** a dominates b: a <= b in every objective and a < b in at least one. Equal vectors do not dominate each other. */
export function dominates(a: Vector, b: Vector): boolean {
  let better = false;
  for (let i = 0; i < a.length; i++) {
    if (a[i]! > b[i]!) return false;
    if (a[i]! < b[i]!) better = true;
  }
  return better;
}

/** Indices sorted lexicographically by vector: what may dominate a vector never comes after it. */
function lexicographic(vectors: readonly Vector[]): number[] {
  return vectors
    .map((_, index) => index)
    .sort((a, b) => {
      const left = vectors[a]!;
      const right = vectors[b]!;
      for (let i = 0; i < left.length; i++) {
        if (left[i]! !== right[i]!) return left[i]! - right[i]!;
      }
      return a - b;
    });
}

/** Two objectives: one pass over the sorted vectors, O(n log n) in all. */
function sweep(vectors: readonly Vector[], order: readonly number[]): number[] {
  const kept: number[] = [];
  let bestBefore = Infinity;
  let bestHere = Infinity;
  let first = -Infinity;
  for (const index of order) {
    const [x, y] = vectors[index] as [number, number];
    if (x !== first) {
      bestBefore = Math.min(bestBefore, bestHere);
      bestHere = y;
      first = x;
    }
    if (y < bestBefore && y === bestHere) kept.push(index);
  }
  return kept;
}

/**
 * Indices of the non-dominated vectors, ascending; equal vectors both stay. O(n log n) for two objectives,
 * O(n * front) above. Vectors with NaN are never on the front.
 */
export function nonDominated(vectors: readonly Vector[]): number[] {
  const order = lexicographic(vectors).filter((index) => !vectors[index]!.some(Number.isNaN));
  if (order.length === 0) return [];
  if (vectors[order[0]!]!.length === 2) return sweep(vectors, order).sort((a, b) => a - b);
  const kept: number[] = [];
  for (const index of order) {
    if (!kept.some((other) => dominates(vectors[other]!, vectors[index]!))) kept.push(index);
  }
  return kept.sort((a, b) => a - b);
}

/**
 * Non-dominated sorting: the front, then the front of the rest, and so on (Deb et al. 2002, "A fast and elitist
 * multiobjective genetic algorithm", section III-A). Each layer holds indices, ascending.
 */
export function layers(vectors: readonly Vector[]): number[][] {
  const found: number[][] = [];
  let rest = vectors.map((_, index) => index).filter((index) => !vectors[index]!.some(Number.isNaN));
  while (rest.length > 0) {
    const front = nonDominated(rest.map((index) => vectors[index]!)).map((position) => rest[position]!);
    const members = new Set(front);
    found.push(front);
    rest = rest.filter((index) => !members.has(index));
  }
  return found;
}
