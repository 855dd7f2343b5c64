import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { networkCost } from '../../../src/core/architecture/cost.ts';
import { isBlock, isCellNetwork, nodeId } from '../../../src/core/architecture/graph.ts';
import { trivialNetworks } from '../../../src/core/architecture/starting-networks.ts';
import type { Architecture } from '../../../src/core/architecture/types.ts';
import { validate } from '../../../src/core/architecture/validate.ts';
import { drawCellChain } from '../../../src/core/morphisms/cell-morphisms.ts';
import { cellRows } from '../../../src/core/morphisms/cell-rows.ts';
import { macroOf, mostStages, transferCell } from '../../../src/core/morphisms/cell-transfer.ts';
import { cellStartingNetworks, occurrencesOf, searchMacro } from '../../../src/core/morphisms/cells.ts';
import { diffArchitectures, diffRows } from '../../../src/core/morphisms/diff.ts';
import { operatorsOf } from '../../../src/core/morphisms/operators-of.ts';
import { seeded } from '../../../src/core/random.ts';

const shape = { height: 28, width: 28, channels: 1 };

/** A found cell: some operators away from a starting network of space II. */
function found(seed: number): Architecture {
  let network = cellStartingNetworks(shape, 10)[seed % 4]!;
  for (let step = 0; step < seed % 5; step++) {
    const drawn = drawCellChain(network, seeded(`${seed}/${step}`));
    if (drawn.ok) network = drawn.value.child;
  }
  return network;
}

const kindsOf = (architecture: Architecture) =>
  occurrencesOf(architecture).map(({ nodes }) =>
    nodes.map((node) => [node.kind, isBlock(node) ? node.kernelSize : 0].join()).join(' '),
  );

describe('a transferred cell', () => {
  test('is the same cell at every place of the new stack, legal for the new images and classes', () => {
    let moves = 0;
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(4, 8, 16, 24),
        fc.constantFrom({ height: 32, width: 32, channels: 3 }, { height: 8, width: 8, channels: 1 }),
        (seed, stages, cellsPerStage, width, images) => {
          const source = found(seed);
          const moved = transferCell(source, { stages, cellsPerStage, width }, images, 7);
          if (!moved.ok) return expect(moved.reason).toMatch(/^node |^the cell's node /);
          moves++;
          expect(validate(moved.value).ok).toBe(true);
          expect(moved.value.nodes[0]).toMatchObject(images);
          expect(moved.value.nodes.at(-1)).toMatchObject({ kind: 'head', classes: 7 });
          const kinds = kindsOf(moved.value);
          expect(kinds).toEqual(Array(stages * cellsPerStage).fill(kindsOf(source)[0]));
          expect(macroOf(moved.value)).toEqual({ stages, cellsPerStage, width });
        },
      ),
      { numRuns: 60 },
    );
    expect(moves).toBeGreaterThan(45);
  });

  test('costs more with more cells, more stages and wider', () => {
    const source = found(3);
    const base = macroOf(source)!;
    expect(base).toMatchObject({ stages: searchMacro(shape, 10, 4).stages, cellsPerStage: 2 });
    const parameters = (change: Partial<typeof base>) => {
      const moved = transferCell(source, { ...base, ...change }, shape, 10);
      if (!moved.ok) throw new Error(moved.reason);
      return networkCost(moved.value).parameters;
    };
    const own = parameters({});
    expect(parameters({ cellsPerStage: base.cellsPerStage + 1 })).toBeGreaterThan(own);
    expect(parameters({ stages: base.stages + 1 })).toBeGreaterThan(own);
    expect(parameters({ width: 2 * base.width })).toBeGreaterThan(own);
  });

  test('is refused for networks of space I and for images too small to be halved', () => {
    const [trivial] = trivialNetworks(shape, 10);
    expect(isCellNetwork(trivial!)).toBe(false);
    expect(macroOf(trivial!)).toBeNull();
    const choice = { stages: 1, cellsPerStage: 1, width: 4 };
    expect(transferCell(trivial!, choice, shape, 10)).toMatchObject({ ok: false });
    const small = { height: 8, width: 8, channels: 1 };
    expect(mostStages(small)).toBe(4);
    expect(transferCell(found(0), { ...choice, stages: 4 }, small, 10).ok).toBe(true);
    expect(transferCell(found(0), { ...choice, stages: 5 }, small, 10)).toEqual({
      ok: false,
      reason: 'images of 8 × 8 cannot be halved 4 times',
    });
  });
});

test('the drawing of a cell is its first place with what it reads, changes marked', () => {
  const parent = found(0);
  const draws = [1, 2, 3, 4].map((seed) => drawCellChain(parent, seeded(`drawing/${seed}`)));
  const drawn = draws.find(({ ok }) => ok);
  if (!drawn?.ok) throw new Error('no chain');
  const rows = diffRows(diffArchitectures(parent, drawn.value.child));
  const cell = cellRows(rows)!;
  expect(cell.places).toBe(6);
  expect(cell.rows[0]!.key).toBe('stem');
  expect(cell.rows.slice(1).every(({ key }) => key.startsWith('c1/'))).toBe(true);
  expect(cell.rows.some(({ change }) => change !== 'kept')).toBe(true);
  const [plain] = trivialNetworks(shape, 10);
  expect(cellRows(diffRows(diffArchitectures(plain!, plain!)))).toBeNull();
});

test('operators are counted once where every cell is changed, and each in a whole network', () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const drawn = drawCellChain(found(seed), seeded(`operators/${seed}`));
    if (!drawn.ok) continue;
    const { chain } = drawn.value;
    expect(operatorsOf(chain)).toEqual([chain[0]!.operator]);
    seen.add(chain[0]!.operator);
  }
  expect(seen).toContain('skip');
  expect(seen.size).toBeGreaterThan(3);
  const widen = { operator: 'widen', block: nodeId('1'), factor: 2, variant: 'zero' } as const;
  expect(operatorsOf([widen, widen])).toEqual(['widen', 'widen']);
});
