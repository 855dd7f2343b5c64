import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankOne } from '../../../src/core/morphisms/rank-one.ts';
import { seeded } from '../../../src/core/random.ts';

/** Singular values by one-sided Jacobi rotations: slow, and independent of the code under test. */
function singularValues(matrix: number[][]): number[] {
  const a = matrix.map((row) => [...row]);
  const columns = a[0]!.length;
  for (let sweep = 0; sweep < 60; sweep++)
    for (let p = 0; p < columns; p++)
      for (let q = p + 1; q < columns; q++) {
        const dot = (i: number, j: number) => a.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
        const [alpha, beta, gamma] = [dot(p, p), dot(q, q), dot(p, q)];
        if (Math.abs(gamma) < 1e-15) continue;
        const zeta = (beta - alpha) / (2 * gamma);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const [c, s] = [1 / Math.hypot(1, t), t / Math.hypot(1, t)];
        for (const row of a) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
      }
  return a[0]!.map((_, j) => Math.hypot(...a.map((row) => row[j]!))).sort((x, y) => y - x);
}

test('is the best approximation of rank 1 (Eckart-Young), on random and nearly degenerate matrices', () => {
  const size = fc.record({ rows: fc.constantFrom(1, 9, 25), columns: fc.integer({ min: 1, max: 12 }) });
  fc.assert(
    fc.property(size, fc.integer(), fc.boolean(), ({ rows, columns }, seed, degenerate) => {
      const random = seeded(seed);
      const matrix = Array.from({ length: rows }, (_, r) =>
        Array.from({ length: columns }, (_, c) => (degenerate ? Number(r === c) : random.normal())),
      );
      const best = rankOne(matrix.flat(), rows, columns);
      let residual = 0;
      matrix.forEach((row, r) =>
        row.forEach((value, c) => (residual += (value - best.rows[r]! * best.columns[c]!) ** 2)),
      );
      const rest = singularValues(matrix).slice(1);
      expect(Math.sqrt(residual)).toBeCloseTo(Math.hypot(...rest), 5);
      expect(Math.hypot(...best.rows)).toBeCloseTo(Math.hypot(...best.columns), 8);
    }),
    { numRuns: 60 },
  );
});

test('a zero matrix gives a factor that can still learn', () => {
  const { rows, columns } = rankOne(new Float32Array(9 * 2), 9, 2);
  expect([...rows]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
  expect([...columns]).toEqual([0, 0]);
});
