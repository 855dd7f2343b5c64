import { describe, expect, it } from 'vitest';
import {
  agreement,
  clearer,
  isMisjudged,
  placed,
  placesOf,
  type Agreement,
} from '../../../../src/app/learn/weights/ranking.ts';

describe('places', () => {
  it('begin with the least error, and equal errors share theirs', () => {
    expect(placesOf([0.3, 0.1, 0.2])).toEqual([3, 1, 2]);
    expect(placesOf([0.1, 0.2, 0.2, 0.4])).toEqual([1, 2.5, 2.5, 4]);
    expect(placesOf([])).toEqual([]);
  });

  it('a third apart is misjudged, whichever way', () => {
    const of = 24;
    expect(isMisjudged({ cheap: 1, alone: 9, of })).toBe(true);
    expect(isMisjudged({ cheap: 9, alone: 1, of })).toBe(true);
    expect(isMisjudged({ cheap: 8.5, alone: 1, of })).toBe(false);
    const compared = [0.1, 0.2, 0.3].map((cheap, i) => ({
      ...{ parameters: 1, cheap, alone: [0.3, 0.2, 0.1][i]!, again: 0 },
    }));
    expect(placed(compared)).toEqual([
      { cheap: 1, alone: 3, of: 3 },
      { cheap: 2, alone: 2, of: 3 },
      { cheap: 3, alone: 1, of: 3 },
    ]);
  });
});

describe('agreement', () => {
  it('counts the pairs that differ in both lists', () => {
    expect(agreement([1, 2], [1, 2])).toBeNull();
    expect(agreement([1, 1, 1], [1, 2, 3])).toBeNull();
    // Of the six pairs one is equal in the first list, and one is the other way round.
    const found = agreement([1, 1, 2, 3], [1, 2, 4, 3])!;
    expect(found.pairs).toBe(4 / 5);
    expect(found.tau).toBeCloseTo(3 / Math.sqrt(5 * 6), 12);
    expect(found.interval).toBeNull();
  });

  it('calls one clearer only where neither interval reaches the other', () => {
    const of = (tau: number, low: number, high: number): Agreement => ({
      tau,
      interval: [low, high],
      pairs: 0,
    });
    expect(clearer(of(0.2, 0, 0.4), of(0.6, 0.5, 0.7))).toBe('second');
    expect(clearer(of(0.6, 0.5, 0.7), of(0.2, 0, 0.4))).toBe('first');
    expect(clearer(of(0.2, -0.1, 0.5), of(0.45, 0.3, 0.7))).toBe('neither');
    expect(clearer({ tau: 0.1, interval: null, pairs: 0 }, of(0.9, 0.8, 1))).toBe('neither');
  });
});
