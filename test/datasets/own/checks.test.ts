import { expect, it } from 'vitest';
import {
  fingerprint,
  notesOn,
  repeated,
  sameClass,
  type PreparedRow,
} from '../../../src/datasets/own/checks.ts';

const shape = { size: 4, channels: 3 } as const;
const row = (label: number, seed: number, changes: Partial<PreparedRow> = {}): PreparedRow => ({
  label,
  side: 100,
  pixels: Uint8Array.from({ length: 48 }, (_, i) => (seed * 37 + i * (i % 3 === 0 ? 11 : 5)) % 256),
  ...changes,
});
const rows = (counts: readonly number[], change: (i: number) => Partial<PreparedRow> = () => ({})) => {
  let seed = 0;
  return counts.flatMap((count, label) =>
    Array.from({ length: count }, () => row(label, ++seed, change(seed))),
  );
};
const codes = (of: readonly PreparedRow[], classes = 2, channels: 1 | 3 = 3) =>
  notesOn(of, classes, { size: shape.size, channels }).map(({ code }) => code);

it('says nothing of a sound set', () => expect(codes(rows([40, 50]))).toEqual([]));

it('names a class with hardly any pictures, and one with too many', () => {
  expect(notesOn(rows([100, 12]), 2, shape)).toEqual([
    { code: 'near-empty', label: 1, count: 12, others: 0 },
    { code: 'imbalanced', most: 0, least: 1, each: 12 },
  ]);
  expect(notesOn(rows([12, 12, 9]), 3, shape)).toEqual([
    { code: 'near-empty', label: 2, count: 9, others: 2 },
  ]);
});

it('names pictures smaller than their size, by their middle side', () =>
  expect(
    notesOn(
      rows([30, 30], (i) => (i > 20 ? { side: 3 } : {})),
      2,
      shape,
    ),
  ).toEqual([{ code: 'tiny', count: 40, side: 3 }]));

it('finds a set that is all but black, as 12 bits kept in 16 are', () => {
  const dark = rows([30, 30]).map((one) => ({ ...one, pixels: one.pixels.map((value) => value >> 4) }));
  expect(notesOn(dark, 2, shape)).toEqual([{ code: 'dark', brightest: 15, gain: 17 }]);
});

it('finds pictures of one colour, and sets of grey ones', () => {
  const flat = rows([30, 30], (i) =>
    i === 7 ? { pixels: new Uint8Array(48).map((_, p) => [9, 200, 3][p % 3]!) } : {},
  );
  expect(notesOn(flat, 2, shape)).toEqual([{ code: 'flat', count: 1, first: 6 }]);
  const grey = rows([30, 30]).map((one) => ({
    ...one,
    pixels: one.pixels.map((_, p) => one.pixels[p - (p % 3)]!),
  }));
  expect(codes(grey)).toEqual(['grey']);
});

it('finds pictures that stand in two classes, and repeated ones of a class', () => {
  const twins = [...rows([30, 30]), row(1, 3), row(0, 5)];
  expect(notesOn(twins, 2, shape)).toEqual([{ code: 'two-classes', pairs: [[2, 60]] }]);
  expect(repeated(twins, sameClass)).toEqual([[4, 61]]);
});

it('tells 60,000 pictures apart by number', () => {
  const seen = new Set<number>();
  for (let i = 0; i < 60_000; i++)
    seen.add(
      fingerprint(Uint8Array.from({ length: 64 }, (_, p) => (p % 9 === 0 ? i >> (p % 2 ? 8 : 0) : p) & 255)),
    );
  expect(seen.size).toBe(60_000);
});
