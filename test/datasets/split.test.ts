import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitRows, validationShare } from '../../src/datasets/split.ts';
import { worstImbalance } from './files.ts';

describe('splitRows', () => {
  it('gives every row to exactly one part and never parts a group', () => {
    const rows = fc.array(fc.record({ label: fc.nat(3), group: fc.nat(12) }), {
      minLength: 1,
      maxLength: 120,
    });
    fc.assert(
      fc.property(rows, fc.nat(1000), (all, seed) => {
        const labels = Uint8Array.from(all, (row) => row.label);
        const groups = Uint8Array.from(all, (row) => row.group);
        const { train, validation } = splitRows(labels, groups, seed);
        expect([...train, ...validation].sort((a, b) => a - b)).toEqual(all.map((_, i) => i));
        const key = (row: number) => `${labels[row]}/${groups[row]}`;
        const seen = new Set(train.map(key));
        expect(validation.filter((row) => seen.has(key(row)))).toEqual([]);
        expect(validation.length).toBeLessThanOrEqual(Math.round(all.length * validationShare) + 2);
      }),
      { numRuns: 200 },
    );
  });

  it('takes a fifth of each class, balanced in every prefix', () => {
    const labels = Uint8Array.from({ length: 200 }, (_, i) => i % 10);
    const { train, validation } = splitRows(labels, new Uint8Array(0), 4);
    expect([train.length, validation.length]).toEqual([160, 40]);
    for (const part of [train, validation]) {
      expect(
        worstImbalance(
          Uint8Array.from(part, (row) => labels[row]!),
          10,
        ),
      ).toBe(1);
    }
    expect(splitRows(labels, new Uint8Array(0), 5).validation).not.toEqual(validation);
  });
});
