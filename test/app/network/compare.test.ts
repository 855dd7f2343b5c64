import { lineageOf } from '../../../src/core/run-file/view.ts';
import { describe, expect, test } from 'vitest';
import {
  ancestorSentence,
  commonAncestor,
  compareNumbers,
  pairRows,
} from '../../../src/app/network/compare.ts';
import { drawCellChain } from '../../../src/core/morphisms/cell-morphisms.ts';
import { cellStartingNetworks } from '../../../src/core/morphisms/cells.ts';
import { seeded } from '../../../src/core/random.ts';
import { changeOf, changeSentences, operatorSentences, proofOf } from '../../../src/app/network/describe.ts';
import { networkCost } from '../../../src/core/architecture/cost.ts';
import { trivialNetworks } from '../../../src/core/architecture/starting-networks.ts';
import type { NodeId } from '../../../src/core/architecture/types.ts';
import { applyChain } from '../../../src/core/morphisms/catalog.ts';
import type { Morphism } from '../../../src/core/morphisms/morphism.ts';
import type { NetworkView } from '../../../src/core/run-file/view.ts';
import { sampleRun } from '../../support/sample-run.ts';

const starts = trivialNetworks({ height: 28, width: 28, channels: 1 }, 10);
const widen: Morphism = { operator: 'widen', block: '2' as NodeId, factor: 2, variant: 'zero' };
const prune: Morphism = { operator: 'prune', block: '3' as NodeId, fraction: 0.5 };

/** 1 and 2 start; 3 from 1 (widen), 4 from 3 (prune), 5 from 3 (widen again). */
function family() {
  const networks = new Map<number, NetworkView>();
  const add = (id: number, parent: number | null, chain: readonly Morphism[], error: number) => {
    const base = parent === null ? starts[id + 1]! : networks.get(parent)!.architecture;
    const applied = applyChain(base, chain);
    if (!applied.ok) throw new Error(applied.reason);
    const architecture = applied.value.child;
    networks.set(id, {
      id,
      parent,
      chain,
      architecture,
      generation: parent === null ? 0 : 1,
      status: 'evaluated',
      objectives: { ...networkCost(architecture), error },
      onFront: true,
      ownImages: 100,
      inheritedImages: 0,
      trainSeconds: 1,
      curve: [],
    });
  };
  add(1, null, [], 0.3);
  add(2, null, [], 0.25);
  add(3, 1, [widen], 0.2);
  add(4, 3, [prune], 0.22);
  add(5, 3, [widen], 0.18);
  return { ...sampleRun(), networks };
}

const view = family();
const network = (id: number) => view.networks.get(id)!;

describe('lineage', () => {
  test('starts at the starting network', () => {
    expect(lineageOf(view, 5).map((entry) => entry.id)).toEqual([1, 3, 5]);
  });

  test('the nearest common ancestor, also where one is the ancestor of the other', () => {
    expect(commonAncestor(view, 4, 5)).toBe(3);
    expect(commonAncestor(view, 1, 5)).toBe(1);
    expect(commonAncestor(view, 5, 1)).toBe(1);
    expect(commonAncestor(view, 2, 5)).toBeNull();
    expect(ancestorSentence(view, 5, 3)).toContain('#3 is an ancestor of #5');
  });
});

describe('comparison', () => {
  test('marks the better number and says the difference', () => {
    const rows = compareNumbers(network(4), network(5));
    expect(rows[0]).toMatchObject({ a: '22.0 %', b: '18.0 %', difference: '−4.0', better: 'b' });
    expect(rows[1]!.better).toBe('a');
  });

  test('a network and itself are alike in every row; a widened block and its reader are not', () => {
    expect(pairRows(network(5), network(5)).every((row) => row.alike)).toBe(true);
    const different = pairRows(network(1), network(3)).filter((row) => !row.alike);
    expect(different.map((row) => row.key)).toEqual(['2', '3']);
  });
});

describe('sentences', () => {
  test('tell each operator of the network it was applied to', () => {
    const { filters } = network(3).architecture.nodes.find((node) => node.id === '2') as { filters: number };
    const [sentence] = operatorSentences(network(5), changeOf(network(3), network(5)));
    expect(sentence).toEqual({ operator: 'widen', text: `block 2: ${filters} to ${filters * 2} filters` });
  });

  test('an exact change that moved an answer is called broken, an approximate one nearly the same', () => {
    const agreed = (id: number, same: number) =>
      proofOf({ ...network(id), agreement: { same, of: 256, maxDifference: 0.5 } })!.verdict;
    expect(agreed(5, 256)).toBe('same');
    expect(agreed(5, 255)).toBe('broken');
    expect(agreed(4, 255)).toBe('nearly');
    expect(proofOf(network(5))).toBeNull();
  });
});

test('an operator that changed every cell is said once', () => {
  const parent = cellStartingNetworks({ height: 28, width: 28, channels: 1 }, 10)[3]!;
  const drawn = [1, 2, 3, 4, 5, 6, 7, 8]
    .map((seed) =>
      drawCellChain(parent, seeded(`cell/${seed}`), { exclude: ['remove', 'separate', 'skip', 'prune'] }),
    )
    .find((one) => one.ok && one.value.chain.length === 6);
  if (!drawn?.ok) throw new Error('no chain');
  const { child, chain } = drawn.value;
  const views = [parent, child].map((architecture, index) => ({
    ...network(1),
    id: index + 1,
    parent: index === 0 ? null : 1,
    architecture,
    chain: index === 0 ? [] : chain,
  }));
  const change = changeOf(views[0]!, views[1]!);
  expect(operatorSentences(views[1]!, change)).toHaveLength(6);
  const said = changeSentences(views[1]!, change);
  expect(said).toHaveLength(1);
  expect(said[0]!.text).toMatch(/, in every cell$/);
  expect(said[0]!.text).not.toContain('c1/');
});
