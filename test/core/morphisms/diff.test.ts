import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { trivialNetworks } from '../../../src/core/architecture/starting-networks.ts';
import type { Architecture } from '../../../src/core/architecture/types.ts';
import { layoutOf } from '../../../src/core/architecture/weights.ts';
import { applyChain, drawChain } from '../../../src/core/morphisms/catalog.ts';
import { diffArchitectures, diffChain, diffRows } from '../../../src/core/morphisms/diff.ts';
import type { Morphism } from '../../../src/core/morphisms/morphism.ts';
import { originsOf, totalOrigins } from '../../../src/core/morphisms/origins.ts';
import { provenance, resolveSelections } from '../../../src/core/morphisms/provenance.ts';
import { seeded } from '../../../src/core/random.ts';
import type { NodeId } from '../../../src/core/architecture/types.ts';

const id = (text: string) => text as NodeId;
const starts = trivialNetworks({ height: 28, width: 28, channels: 1 }, 10);

/** A random network some generations on, and a chain of one to four operators on it. */
function drawn(seed: number): { parent: Architecture; chain: readonly Morphism[]; child: Architecture } {
  const random = seeded(`diff/${seed}`);
  let parent = starts[seed % starts.length]!;
  for (let i = random.integer(4); i > 0; i--) {
    const older = drawChain(parent, random, { min: 1, max: 3 });
    if (older.ok) parent = older.value.child;
  }
  for (;;) {
    const next = drawChain(parent, random, { min: 1, max: 4 });
    if (next.ok) return { parent, ...next.value };
  }
}

const chains = fc.integer({ min: 0, max: 1_000_000 }).map(drawn);

describe('the union graph of a chain', () => {
  test('holds every node of every stage once, each stage in topological order', () => {
    fc.assert(
      fc.property(chains, ({ parent, chain }) => {
        const diff = diffChain(parent, chain);
        if (!diff.ok) throw new Error(diff.reason);
        const applied = applyChain(parent, chain);
        if (!applied.ok) throw new Error(applied.reason);
        const stages = [parent, ...applied.value.steps.map((step) => step.child)];
        const { rows } = diff.value;
        expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
        stages.forEach((stage, i) => {
          const present = rows.filter((row) => row.at[i]);
          expect(present.map((row) => row.at[i]!.node).toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
            stage.nodes.toSorted((a, b) => a.id.localeCompare(b.id)),
          );
          const seen = new Set<string>();
          for (const row of present) {
            for (const input of row.at[i]!.inputs) expect(seen.has(input)).toBe(true);
            seen.add(row.key);
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  test('added and removed rows are exactly those on one side; kept ones have equal filters and kind', () => {
    fc.assert(
      fc.property(chains, ({ parent, chain, child }) => {
        const diff = diffChain(parent, chain);
        if (!diff.ok) throw new Error(diff.reason);
        const rows = diffRows(diff.value);
        const there = rows.filter((row) => row.change !== 'removed').map((row) => row.after!.node);
        const before = rows.filter((row) => row.change !== 'added').map((row) => row.before!.node);
        expect(there).toHaveLength(child.nodes.length);
        expect(before).toHaveLength(parent.nodes.length);
        for (const row of rows) {
          if (row.change !== 'kept' && row.change !== 'retargeted') expect(row.operators).not.toEqual([]);
          else expect(row.after!.node).toEqual({ ...row.before!.node, inputs: row.after!.node.inputs });
        }
        const total = (side: 'before' | 'after') =>
          rows.reduce((sum, row) => sum + (row[side]?.cost.parameters ?? 0), 0);
        expect(total('before')).toBe(layoutOf(parent).trainableLength);
        expect(total('after')).toBe(layoutOf(child).trainableLength);
      }),
      { numRuns: 150 },
    );
  });

  test('an architecture against itself keeps everything', () => {
    fc.assert(
      fc.property(chains, ({ child }) => {
        const rows = diffRows(diffArchitectures(child, child));
        expect(rows.map((row) => row.change)).toEqual(child.nodes.map(() => 'kept'));
      }),
      { numRuns: 30 },
    );
  });

  test('an id that is given again is another node', () => {
    const start = starts[2]!;
    const chain: Morphism[] = [
      { operator: 'deepen', after: id('1'), kernelSize: 3 },
      { operator: 'remove', target: id('1b') },
      { operator: 'deepen', after: id('1'), kernelSize: 5 },
    ];
    const diff = diffChain(start, chain);
    if (!diff.ok) throw new Error(diff.reason);
    expect(diff.value.rows.map((row) => row.key).filter((key) => key.startsWith('1'))).toEqual([
      '1',
      '1b',
      '1b~2',
    ]);
    expect(diffRows(diff.value).filter((row) => row.change === 'added')).toHaveLength(1);
  });

  test('says what each operator did', () => {
    const chain: Morphism[] = [
      { operator: 'widen', block: id('3'), factor: 2, variant: 'zero' },
      { operator: 'separate', block: id('2') },
      { operator: 'remove', target: id('1') },
    ];
    const diff = diffChain(starts[2]!, chain);
    const changes = diff.ok ? diffRows(diff.value).map((row) => `${row.key} ${row.change}`) : [];
    expect(changes).toContain('3 wider');
    expect(changes).toContain('2 separated');
    expect(changes).toContain('1 removed');
    expect(changes).toContain('head kept');
  });

  test('fails on an illegal step', () => {
    expect(diffChain(starts[0]!, [{ operator: 'remove', target: id('no') }]).ok).toBe(false);
  });
});

describe('origins', () => {
  test('counts add up and agree with the provenance of every single weight', () => {
    fc.assert(
      fc.property(chains, ({ parent, chain }) => {
        const diff = diffChain(parent, chain);
        if (!diff.ok) throw new Error(diff.reason);
        for (const step of diff.value.steps) {
          const counted = originsOf(step.child, step.map);
          const layout = layoutOf(step.parent);
          const weights = new Float32Array(layout.length).fill(1);
          const single = provenance(
            step.parent,
            step.child,
            step.map,
            resolveSelections(step.map, layout, weights),
          );
          expect(counted).toHaveLength(single.length);
          counted.forEach((tensor, i) => {
            const { index } = single[i]!;
            const sum = Object.values(tensor.counts).reduce((a, b) => a + b, 0);
            expect(sum).toBe(index.length);
            const { copied = 0, kept = 0, repeated = 0 } = tensor.counts;
            expect(copied + kept + repeated).toBe(index.filter((from) => from >= 0).length);
          });
          const total = totalOrigins(counted);
          expect(Object.values(total).reduce((a, b) => a + b, 0)).toBe(layoutOf(step.child).length);
        }
      }),
      { numRuns: 60 },
    );
  });
});
