import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  overlaps,
  placeLabels,
  pushApart,
  type LabelRequest,
} from '../../../../src/app/charts/geometry/labels.ts';
import { labelRect } from '../../../../src/app/charts/geometry/trade-off-labels.ts';

describe('pushApart', () => {
  const values = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 12 });

  it('keeps at least the gap, and the order', () => {
    fc.assert(
      fc.property(values, (positions) => {
        const moved = pushApart(positions, 14);
        const order = positions
          .map((p, i) => [p, moved[i]!] as const)
          .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        for (let i = 1; i < order.length; i++)
          expect(order[i]![1] - order[i - 1]![1]).toBeGreaterThan(14 - 1e-6);
      }),
    );
  });

  it('leaves what is apart already where it is', () => {
    expect(pushApart([10, 60, 30], 14)).toEqual([10, 60, 30]);
  });

  it('moves no further in sum of squares than any shifted even spacing', () => {
    fc.assert(
      fc.property(values, fc.double({ min: -100, max: 400, noNaN: true }), (positions, start) => {
        const cost = (moved: readonly number[]) =>
          moved.reduce((sum, v, i) => sum + (v - positions[i]!) ** 2, 0);
        const rank = positions.map((p, i) => positions.filter((q, j) => q < p || (q === p && j < i)).length);
        const even = rank.map((r) => start + r * 14);
        expect(cost(pushApart(positions, 14))).toBeLessThanOrEqual(cost(even) + 1e-6);
      }),
    );
  });

  it('stays in its range', () => {
    expect(pushApart([95, 96, 97], 14, 0, 100)).toEqual([72, 86, 100]);
  });
});

describe('placeLabels', () => {
  const request = fc.record({ x: fc.integer({ min: 0, max: 600 }), y: fc.integer({ min: 0, max: 300 }) });

  it('never lays one label that may be left out over another', () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 30 }), (at) => {
        const asked: LabelRequest[] = at.map((p, i) => ({
          key: i,
          text: `#${i}`,
          ...p,
          radius: 6,
          must: false,
        }));
        const placed = placeLabels(asked, [], { x: 0, y: 0, width: 600, height: 300 });
        for (const a of placed)
          for (const b of placed) if (a.key < b.key) expect(overlaps(labelRect(a), labelRect(b))).toBe(false);
      }),
    );
  });

  it('puts a free label lower left of its mark', () => {
    const [label] = placeLabels([{ key: 1, text: '#1', x: 100, y: 100, radius: 6, must: false }], [], {
      x: 0,
      y: 0,
      width: 600,
      height: 300,
    });
    expect(label).toMatchObject({ x: 91, y: 114, anchor: 'end' });
  });

  it('places a label that must be shown even where nothing is free', () => {
    const wall = [{ x: 0, y: 0, width: 600, height: 300 }];
    const asked = { key: 1, text: '#1', x: 100, y: 100, radius: 6 };
    const frame = { x: 0, y: 0, width: 600, height: 300 };
    expect(placeLabels([{ ...asked, must: false }], wall, frame)).toEqual([]);
    expect(placeLabels([{ ...asked, must: true }], wall, frame)).toHaveLength(1);
  });
});
