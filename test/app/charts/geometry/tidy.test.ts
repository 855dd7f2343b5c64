import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  edgePath,
  tidyTree,
  type TreeInput,
  type TreeNode,
} from '../../../../src/app/charts/geometry/tidy.ts';

/** Random forests in which a child is born later than its parent and has a larger id. */
const forest = fc
  .array(
    fc.record({
      parent: fc.nat(),
      root: fc.integer({ min: 0, max: 9 }),
      live: fc.boolean(),
      later: fc.integer({ min: 1, max: 3 }),
    }),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((specs) => {
    const nodes: TreeInput[] = [];
    specs.forEach(({ parent, root, live, later }, i) => {
      const from = i > 0 && root > 0 ? nodes[parent % i]! : null;
      nodes.push({
        id: i + 1,
        parent: from?.id ?? null,
        generation: from ? from.generation + later : 0,
        live,
      });
    });
    return nodes;
  });

const descendants = (nodes: readonly TreeNode[], id: number): TreeNode[] =>
  nodes.filter((n) => n.parent === id).flatMap((n) => [n, ...descendants(nodes, n.id)]);

describe('tidyTree', () => {
  it('gives every subtree a band of its own, so that lines do not cross', () => {
    fc.assert(
      fc.property(forest, (inputs) => {
        const nodes = tidyTree(inputs, Infinity);
        expect(nodes.length).toBe(inputs.length);
        const band = (node: TreeNode) => {
          const ys = [node, ...descendants(nodes, node.id)].map((n) => n.y);
          return [Math.min(...ys), Math.max(...ys)] as const;
        };
        for (const a of nodes)
          for (const b of nodes) {
            if (a.parent !== b.parent || a.id >= b.id) continue;
            const [low, high] = [band(a), band(b)].sort((p, q) => p[0] - q[0]);
            expect(low![1]).toBeLessThan(high![0]);
          }
      }),
      { numRuns: 60 },
    );
  });

  it('stays within 0 and 1 and puts a parent between its children', () => {
    fc.assert(
      fc.property(forest, (inputs) => {
        const nodes = tidyTree(inputs, Infinity);
        for (const node of nodes) {
          expect(node.y).toBeGreaterThanOrEqual(0);
          expect(node.y).toBeLessThanOrEqual(1);
          const ys = nodes.filter((n) => n.parent === node.id).map((n) => n.y);
          if (ys.length === 0) continue;
          expect(node.y).toBeGreaterThanOrEqual(Math.min(...ys) - 1e-9);
          expect(node.y).toBeLessThanOrEqual(Math.max(...ys) + 1e-9);
        }
      }),
    );
  });

  it('folds dead branches only, and counts every network it leaves out', () => {
    fc.assert(
      fc.property(forest, fc.integer({ min: 1, max: 12 }), (inputs, rows) => {
        const nodes = tidyTree(inputs, rows);
        const drawn = new Set(nodes.map((n) => n.id));
        for (const input of inputs) if (input.live) expect(drawn.has(input.id)).toBe(true);
        const folded = nodes.reduce((sum, n) => sum + n.folded, 0);
        expect(nodes.length + folded).toBe(inputs.length);
      }),
    );
  });

  it('leaves little of 4,000 networks to be drawn', () => {
    const inputs: TreeInput[] = Array.from({ length: 4000 }, (_, i) => ({
      id: i + 1,
      parent: i < 4 ? null : Math.floor(i / 3) + 1,
      generation: i < 4 ? 0 : Math.floor(i / 20) + 1,
      live: i % 97 === 0,
    }));
    const start = performance.now();
    const nodes = tidyTree(inputs, 60);
    console.log(`4,000 networks laid out in ${(performance.now() - start).toFixed(1)} ms`);
    expect(nodes.length).toBeLessThan(2000);
  });
});

describe('edgePath', () => {
  it('is a straight line where parent and child are level', () => {
    expect(edgePath(10, 20, 90, 20, 50)).toBe('M10 20H90');
  });
  it('bends within its first px and ends at the child', () => {
    expect(edgePath(0, 0, 200, 40, 50)).toBe('M0 0C25 0 25 40 50 40H200');
  });
});
