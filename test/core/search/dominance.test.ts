import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dominates, layers, nonDominated, type Vector } from '../../../src/core/search/dominance.ts';

const slowFront = (vectors: readonly Vector[]) =>
  vectors.flatMap((vector, index) =>
    vectors.some((other) => other.every((v, i) => v <= vector[i]!) && other.some((v, i) => v < vector[i]!))
      ? []
      : [index],
  );

/** Small integers, so that ties and equal vectors are common. */
const vectorsOf = (objectives: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: objectives, maxLength: objectives }), {
    maxLength: 40,
  });

describe('dominance', () => {
  it('needs one strictly better objective', () => {
    expect(dominates([1, 2], [1, 2])).toBe(false);
    expect(dominates([1, 2], [1, 3])).toBe(true);
    expect(dominates([1, 3], [2, 2])).toBe(false);
  });

  it('keeps equal vectors both', () => {
    expect(nonDominated([[1, 1], [1, 1], [2, 0], [2, 2]])).toEqual([0, 1, 2]); // prettier-ignore
  });

  it.each([1, 2, 3, 5])('finds the brute-force front in %i objectives', (objectives) => {
    fc.assert(
      fc.property(vectorsOf(objectives), (vectors) => {
        expect(nonDominated(vectors)).toEqual(slowFront(vectors));
      }),
    );
  });

  it('leaves out vectors with a missing objective', () => {
    expect(nonDominated([[NaN, 0], [1, 1]])).toEqual([1]); // prettier-ignore
  });

  it('sorts into layers: each is the front of what the layers before it leave', () => {
    fc.assert(
      fc.property(vectorsOf(3), (vectors) => {
        let rest = vectors.map((_, index) => index);
        for (const layer of layers(vectors)) {
          expect(layer).toEqual(slowFront(rest.map((i) => vectors[i]!)).map((position) => rest[position]));
          rest = rest.filter((index) => !layer.includes(index));
        }
        expect(rest).toEqual([]);
      }),
    );
  });
});
