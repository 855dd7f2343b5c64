import { describe, expect, test } from 'vitest';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import { trivialNetworks } from '../../../src/core/architecture/starting-networks.ts';
import { applyChain, drawChain, drawMorphism } from '../../../src/core/morphisms/catalog.ts';
import { operatorKinds, operators } from '../../../src/core/morphisms/morphism.ts';
import type { Morphism } from '../../../src/core/morphisms/morphism.ts';
import { parseMorphism } from '../../../src/core/morphisms/parse.ts';
import { seeded } from '../../../src/core/random.ts';

const start = trivialNetworks({ height: 28, width: 28, channels: 1 }, 10)[3]!;

/** Chi-square of counts against equal shares. */
const chiSquare = (counts: readonly number[]) => {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};

describe('drawing', () => {
  const random = seeded('draws');
  const draws = Array.from({ length: 3000 }, () => drawMorphism(start, random));

  test('the operator is uniform over the six, sites or no sites', () => {
    const drawn = draws.map((draw) => (draw.ok ? draw.value.operator : draw.reason.operator));
    const counts = operatorKinds.map((kind) => drawn.filter((one) => one === kind).length);
    expect(chiSquare(counts)).toBeLessThan(20.5); // 5 degrees of freedom, p = 0.001
  });

  test('the site is uniform over the legal ones', () => {
    const sites = operators.deepen.sites(start).map(({ after }) => after);
    const drawn = draws.flatMap((draw) => (draw.ok && draw.value.operator === 'deepen' ? [draw.value] : []));
    const cells = sites.flatMap((after) => [3, 5].map((kernelSize) => ({ after, kernelSize })));
    const counts = cells.map(
      (cell) => drawn.filter((one) => one.after === cell.after && one.kernelSize === cell.kernelSize).length,
    );
    expect(counts.reduce((a, b) => a + b)).toBe(drawn.length);
    expect(cells).toHaveLength(10);
    expect(chiSquare(counts)).toBeLessThan(27.9); // 9 degrees of freedom, p = 0.001
  });

  test('the length of a chain is uniform from 1 to 3, and the same seed draws the same chain', () => {
    const options = { min: 1, max: 3 };
    const lengths = [0, 0, 0];
    for (let seed = 0; seed < 900; seed++) {
      const drawn = drawChain(start, seeded(seed), {
        ...options,
        exclude: ['remove', 'separate', 'prune', 'skip'],
      });
      if (drawn.ok) lengths[drawn.value.chain.length - 1]!++;
      expect(drawChain(start, seeded(seed), options)).toEqual(drawChain(start, seeded(seed), options));
    }
    expect(chiSquare(lengths)).toBeLessThan(13.8); // 2 degrees of freedom, p = 0.001
  });

  test('excluded operators are never drawn', () => {
    const exclude = ['remove', 'prune', 'separate'] as const;
    for (let seed = 0; seed < 200; seed++) {
      const drawn = drawChain(start, seeded(seed), { min: 3, max: 3, exclude });
      const kinds = drawn.ok ? drawn.value.chain.map(({ operator }) => operator) : [drawn.reason.operator];
      expect(kinds.filter((kind) => (exclude as readonly string[]).includes(kind))).toEqual([]);
    }
  });

  test('an operator without a site is reported with the chain so far', () => {
    const graph = buildArchitecture({ height: 3, width: 3, channels: 1 });
    graph.head(graph.sepConv(graph.input, 4), 2);
    const exclude = operatorKinds.filter((kind) => kind !== 'separate');
    const drawn = drawChain(graph.build(), seeded(1), { min: 1, max: 1, exclude });
    expect(drawn).toEqual({
      ok: false,
      reason: { problem: 'no-legal-site', operator: 'separate', chain: [] },
    });
  });
});

test('a chain with an illegal step names the step', () => {
  const chain = [
    { operator: 'remove', target: '1' },
    { operator: 'widen', block: '1', factor: 2, variant: 'zero' },
  ] as unknown as Morphism[];
  const result = applyChain(start, chain);
  expect(!result.ok && result.reason).toBe('step 2 (widen): there is no block 1');
});

test.each([
  [null, /morphism/],
  [{ operator: 'grow', block: '1' }, /operator/],
  [{ operator: 'widen', block: '1', factor: 3, variant: 'zero' }, /factor/],
  [{ operator: 'widen', block: '1', factor: 2, variant: 'copy' }, /seed/],
  [{ operator: 'deepen', after: '<b>', kernelSize: 3 }, /after/],
  [{ operator: 'prune', block: '1', fraction: 0.5, extra: true }, /extra/],
])('a bad morphism is refused with its path: %#', (data, problem) => {
  const result = parseMorphism(data);
  expect(!result.ok && result.reason).toMatch(problem);
});
