import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parameterCount } from '../../../src/core/architecture/cost.ts';
import { isBlock, nodeId } from '../../../src/core/architecture/graph.ts';
import { identityOf } from '../../../src/core/architecture/identity.ts';
import type { Architecture } from '../../../src/core/architecture/types.ts';
import { validate } from '../../../src/core/architecture/validate.ts';
import { applyChain, isExact } from '../../../src/core/morphisms/catalog.ts';
import { operatorKinds } from '../../../src/core/morphisms/morphism.ts';
import {
  applyCellMorphism,
  asCellMorphism,
  cellSites,
  cellMorphismFacts,
  drawCellChain,
} from '../../../src/core/morphisms/cell-morphisms.ts';
import {
  cellAlone,
  cellArchitecture,
  cellOf,
  cellStartingNetworks,
  occurrencesOf,
  startingCells,
  type Macro,
} from '../../../src/core/morphisms/cells.ts';
import type { Morphism } from '../../../src/core/morphisms/morphism.ts';
import { seeded } from '../../../src/core/random.ts';
import { randomWeights } from '../../support/architectures.ts';
import { expectLawful, inheritMeasured } from '../../support/morphism-laws.ts';
import { referencePass, relativeDifference } from '../../support/reference-network.ts';

const macro: Macro = {
  shape: { height: 5, width: 4, channels: 1 },
  classes: 3,
  stages: 2,
  cellsPerStage: 2,
  width: 4,
};

const stacked = (index: number, size: Macro = macro): Architecture => {
  const result = cellArchitecture(startingCells(4)[index]!, size);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
};

const local = (morphism: object) => morphism as Morphism;

/** A network some random cell morphisms away from a starting cell. */
function wandered(seed: number, steps: number): Architecture {
  let network = stacked(seed & 1);
  for (let step = 0; step < steps; step++) {
    const drawn = drawCellChain(network, seeded(`${seed}/${step}`));
    if (drawn.ok && parameterCount(drawn.value.child) < 4000) network = drawn.value.child;
  }
  return network;
}

describe('stacking', () => {
  test('stages double the width, with a pool between', () => {
    const network = stacked(1);
    expect(validate(network).ok).toBe(true);
    expect(network.nodes.map(({ id }) => id)).toEqual(
      ['input', 'stem', 'c1/1', 'c2/1', 'pool1', 'double1', 'c3/1', 'c4/1', 'head'].map(nodeId),
    );
    expect(network.nodes.filter(isBlock).map(({ filters }) => filters)).toEqual([4, 4, 4, 8, 8, 8]);
  });

  test('four starting networks over more than a decade, for images from 4 to 32 pixels', () => {
    for (const size of [4, 8, 28, 32]) {
      const networks = cellStartingNetworks({ height: size, width: size, channels: 1 }, 10, {
        secondClasses: 3,
      });
      const sizes = networks.map(parameterCount);
      expect(new Set(networks.map(identityOf)).size).toBe(4);
      if (size > 8) expect(Math.max(...sizes) / Math.min(...sizes)).toBeGreaterThan(10);
    }
  });

  test('a cell read off a network and stacked again gives that network, as long as widths are even', () => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        const plain = ['widen', 'prune'] as const;
        let network = stacked(seed & 1);
        for (let step = 0; step < 3; step++) {
          const drawn = drawCellChain(network, seeded(`${seed}/${step}`), { exclude: plain });
          if (drawn.ok) network = drawn.value.child;
        }
        const cell = cellOf(network)!;
        expect(validate(cellAlone(cell)).ok).toBe(true);
        const again = cellArchitecture(cell, macro);
        const grown = network.nodes.some(({ id }) => id.includes('concat'));
        if (!grown) expect(again.ok && identityOf(again.value)).toBe(identityOf(network));
      }),
      { numRuns: 40 },
    );
  });

  test('a found cell moves to a larger macro-architecture', () => {
    let moved = 0;
    for (let seed = 0; seed < 30; seed++) {
      const cell = cellOf(wandered(seed, 4))!;
      const larger = cellArchitecture(cell, { ...macro, cellsPerStage: 3, width: 16, classes: 7 });
      if (!larger.ok) continue;
      moved++;
      expect(validate(larger.value).ok).toBe(true);
      expect(occurrencesOf(larger.value)).toHaveLength(6);
    }
    expect(moved).toBeGreaterThan(20);
  });
});

describe('cell morphisms', () => {
  test('every step is lawful, cells stay alike, the chain replays', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 0, max: 4 }), (seed, steps) => {
        const network = wandered(seed, steps);
        const drawn = drawCellChain(network, seeded(seed));
        if (!drawn.ok) return;
        const { chain, child } = drawn.value;
        met.add(chain[0]!.operator);
        const replayed = applyChain(network, chain);
        expect(replayed.ok && replayed.value.child).toEqual(child);
        if (!replayed.ok) return;
        for (const step of replayed.value.steps)
          expectLawful(step.parent, step.morphism, randomWeights(step.parent, seed));
        const locals = new Set(
          chain.map((step, i) => JSON.stringify(asCellMorphism(replayed.value.steps[i]!.parent, step))),
        );
        expect(locals.size).toBe(1);
        const [morphism] = [...locals].map((text) => JSON.parse(text) as Morphism);
        const again = applyCellMorphism(network, morphism!);
        expect(again.ok && again.value.child).toEqual(child);
        expect(cellMorphismFacts(network, morphism!)).toMatchObject({ operator: morphism!.operator });
        const shapesAlike = occurrencesOf(child).map(({ nodes }) => nodes.map(({ kind }) => kind).join());
        expect(new Set(shapesAlike).size).toBe(1);
      }),
      { numRuns: 100 },
    );
    expect([...met].sort()).toEqual([...operatorKinds].sort());
  });

  test('exact ones keep the function of the whole stacked network', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 0, max: 3 }), (seed, count) => {
        const network = wandered(seed, count);
        const exclude = ['remove', 'prune', 'separate'] as const;
        const drawn = drawCellChain(network, seeded(seed), { exclude });
        if (!drawn.ok || parameterCount(drawn.value.child) > 12_000) return;
        compared++;
        const applied = applyChain(network, drawn.value.chain);
        if (!applied.ok) throw new Error(applied.reason);
        expect(drawn.value.chain.every(isExact)).toBe(true);
        const random = seeded(`images/${seed}`);
        const images = () => Float32Array.from({ length: 2 * 5 * 4 }, () => random.normal());
        const before = randomWeights(network, seed);
        let weights = before;
        for (const step of applied.value.steps)
          weights = inheritMeasured(step.parent, weights, step, images(), seed);
        const fresh = images();
        const difference = relativeDifference(
          referencePass(network, before, fresh),
          referencePass(applied.value.child, weights, fresh),
        );
        expect(difference).toBeLessThanOrEqual(1e-4);
      }),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(15);
  });

  test('an additive skip ties cells of a stage: one widening widens them all, once', () => {
    const skipped = applyCellMorphism(
      stacked(1),
      local({ operator: 'skip', from: 'in', to: '1', variant: 'add' }),
    );
    if (!skipped.ok) throw new Error(skipped.reason);
    const widened = applyCellMorphism(
      skipped.value.child,
      local({ operator: 'widen', block: '1', factor: 2, variant: 'zero' }),
    );
    if (!widened.ok) throw new Error(widened.reason);
    expect(widened.value.chain.map((step) => (step.operator === 'widen' ? step.block : ''))).toEqual([
      'c1/1',
      'c3/1',
    ]);
    const filters = widened.value.child.nodes.filter(isBlock).map((node) => [node.id, node.filters]);
    expect(Object.fromEntries(filters)).toEqual({
      stem: 8,
      'c1/1': 8,
      'c2/1': 8,
      double1: 16,
      'c3/1': 16,
      'c4/1': 16,
    });
  });

  test('never empties a cell, and needs cells', () => {
    expect(applyCellMorphism(stacked(0), local({ operator: 'remove', target: '1' }))).toMatchObject({
      ok: false,
    });
    expect(cellSites(stacked(0)).map(({ operator }) => operator)).toEqual(['deepen', 'widen', 'skip']);
  });
});
