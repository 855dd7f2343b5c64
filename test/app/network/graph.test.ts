import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layoutGraph, rowPitch } from '../../../src/app/network/graph-layout.ts';
import { foldRows, numbersOf, rowSentence } from '../../../src/app/network/graph-rows.ts';
import {
  edgeShare,
  layoutRows,
  momentAt,
  morphRows,
  stepWeights,
} from '../../../src/app/network/morph-frames.ts';
import { lookOf } from '../../../src/app/network/row-look.ts';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import { parameterCount } from '../../../src/core/architecture/cost.ts';
import { trivialNetworks } from '../../../src/core/architecture/starting-networks.ts';
import type { Architecture, NodeId } from '../../../src/core/architecture/types.ts';
import { layoutOf } from '../../../src/core/architecture/weights.ts';
import { drawChain } from '../../../src/core/morphisms/catalog.ts';
import { type ChainDiff, diffArchitectures, diffChain, diffRows } from '../../../src/core/morphisms/diff.ts';
import type { Morphism } from '../../../src/core/morphisms/morphism.ts';
import { seeded } from '../../../src/core/random.ts';

const starts = trivialNetworks({ height: 28, width: 28, channels: 1 }, 10);
const shape = { height: 28, width: 28, channels: 1 };

function drawnDiff(seed: number): ChainDiff {
  const random = seeded(`graph/${seed}`);
  let parent: Architecture = starts[seed % starts.length]!;
  for (let i = 0; i < 4; i++) {
    const older = drawChain(parent, random, { min: 1, max: 3 });
    if (older.ok) parent = older.value.child;
  }
  let chain: readonly Morphism[] = [];
  const drawn = drawChain(parent, random, { min: 1, max: 3 });
  if (drawn.ok) chain = drawn.value.chain;
  const diff = diffChain(parent, chain);
  if (!diff.ok) throw new Error(diff.reason);
  return diff.value;
}

const diffs = fc.integer({ min: 0, max: 100_000 }).map(drawnDiff);

/** The vertical run of a skip's path: its lane and from where to where. */
function laneOf(d: string): { x: number; from: number; to: number } {
  const match = /Q([\d.-]+) [\d.-]+ [\d.-]+ ([\d.-]+)V([\d.-]+)/.exec(d)!;
  return { x: Number(match[1]), from: Number(match[2]), to: Number(match[3]) };
}

describe('layoutGraph', () => {
  test('draws every edge of every stage once, straight only past rows that are not there', () => {
    fc.assert(
      fc.property(diffs, (diff) => {
        const layout = layoutGraph(layoutRows(diff), diff.stages);
        for (let stage = 0; stage < diff.stages; stage++) {
          const drawn = layout.edges
            .filter((edge) => edge.stages[stage])
            .map((edge) => `${edge.from}>${edge.to}`);
          const real = diff.rows.flatMap((row) =>
            [...new Set(row.at[stage]?.inputs ?? [])].map((input) => `${input}>${row.key}`),
          );
          expect(drawn.toSorted()).toEqual(real.toSorted());
          const present = diff.rows.filter((row) => row.at[stage]).map((row) => row.key);
          for (const edge of layout.edges) {
            const adjacent = present.indexOf(edge.to) - present.indexOf(edge.from) === 1;
            if (edge.stages[stage]) expect(edge.skip === null).toBe(adjacent);
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  test('skips that overlap lie in different lanes, all left of the blocks', () => {
    fc.assert(
      fc.property(diffs, (diff) => {
        const { edges, blockX } = layoutGraph(layoutRows(diff), diff.stages);
        const lanes = edges.filter((edge) => edge.skip).map((edge) => laneOf(edge.d));
        lanes.forEach((a, i) => {
          expect(a.x).toBeGreaterThanOrEqual(4);
          expect(a.x).toBeLessThan(blockX);
          for (const b of lanes.slice(i + 1))
            if (a.x === b.x) expect(a.to <= b.from || b.to <= a.from).toBe(true);
        });
      }),
      { numRuns: 80 },
    );
  });

  test('rows are 27 px apart, each with a place of its own', () => {
    const diff = drawnDiff(7);
    const { tops } = layoutGraph(layoutRows(diff), diff.stages);
    const sorted = [...tops.values()];
    expect(sorted).toHaveLength(diff.rows.length);
    sorted.slice(1).forEach((top, i) => expect(top - sorted[i]!).toBe(rowPitch));
  });
});

describe('foldRows', () => {
  function tall(blocks: number, filters: (i: number) => number): Architecture {
    const graph = buildArchitecture(shape);
    let last: NodeId = graph.conv(graph.input, filters(0));
    for (let i = 1; i < blocks; i++) last = graph.conv(last, filters(i));
    graph.head(last, 10);
    return graph.build();
  }
  const rowsOf = (architecture: Architecture) => diffRows(diffArchitectures(architecture, architecture));

  test('leaves 14 blocks alone and folds equal neighbours of 15', () => {
    expect(foldRows(rowsOf(tall(14, () => 8)))).toHaveLength(16);
    const folded = foldRows(rowsOf(tall(15, (i) => (i < 5 ? 8 : 16))));
    expect(folded.map((line) => line.times)).toEqual([1, 5, 10, 1]);
  });

  test('keeps the total of the parameters it shows, and every edge leads to a line', () => {
    const rows = rowsOf(tall(20, (i) => 8 + 8 * Math.floor(i / 7)));
    const lines = foldRows(rows);
    const keys = new Set(lines.map((line) => line.row.key));
    for (const { row } of lines) for (const input of row.after!.inputs) expect(keys.has(input)).toBe(true);
    expect(lines.reduce((sum, line) => sum + line.times, 0)).toBe(rows.length);
  });
});

describe('rows in words', () => {
  test('say what changed, the output and the cost', () => {
    const diff = diffChain(starts[2]!, [{ operator: 'deepen', after: '1' as NodeId, kernelSize: 3 }]);
    const row = diff.ok ? diffRows(diff.value).find((entry) => entry.key === '1b') : undefined;
    const sentence = rowSentence({ row: row!, times: 1 });
    expect(sentence).toContain('block 1b');
    expect(sentence).toContain('new');
    expect(sentence).toContain(numbersOf({ row: row!, times: 1 }).parameters);
  });

  test('a removed row has no numbers', () => {
    const diff = diffChain(starts[2]!, [{ operator: 'remove', target: '2' as NodeId }]);
    const row = diff.ok ? diffRows(diff.value).find((entry) => entry.change === 'removed') : undefined;
    expect(numbersOf({ row: row!, times: 1 })).toEqual({ output: '', parameters: '', multiplyAdds: '' });
  });
});

describe('the morph', () => {
  test('its end looks like the graph of the last step, its start like the parent', () => {
    fc.assert(
      fc.property(diffs, (diff) => {
        if (diff.steps.length === 0) return;
        const end = morphRows(diff, momentAt(diff.steps.length, diff.steps.length), 64, 100);
        const last = diffRows(diff, diff.stages - 2, diff.stages - 1);
        expect(end.map((row) => row.look)).toEqual(last.map((row) => lookOf(row, 64, 100)));
        const start = morphRows(diff, momentAt(0, diff.steps.length), 64, 100);
        const visible = start.filter((row) => row.look.opacity > 0);
        expect(visible.map((row) => row.key)).toEqual(
          diff.rows.filter((row) => row.at[0]).map((row) => row.key),
        );
        for (const { look } of visible)
          expect(look).toMatchObject({ tint: null, gone: false, extension: 0, glyphs: [] });
      }),
      { numRuns: 60 },
    );
  });

  test('every edge of both ends is whole there', () => {
    const diff = drawnDiff(3);
    const { edges } = layoutGraph(layoutRows(diff), diff.stages);
    const steps = diff.steps.length;
    const whole = (position: number) =>
      edges.filter((edge) => edgeShare(edge.stages, momentAt(position, steps)) === 1).length;
    expect(whole(0)).toBe(edges.filter((edge) => edge.stages[0]).length);
    expect(whole(steps)).toBe(edges.filter((edge) => edge.stages[steps]).length);
  });

  test('the weights told add up to the child’s; a pruned block tells what it dropped', () => {
    const diff = diffChain(starts[2]!, [{ operator: 'prune', block: '2' as NodeId, fraction: 0.5 }]);
    const step = diff.ok ? diff.value.steps[0]! : null;
    const all = stepWeights(step!, null)!;
    expect(all.total).toBe(layoutOf(step!.child).length);
    expect(all.total - all.statistics).toBe(parameterCount(step!.child));
    expect(all.dropped).toBe(layoutOf(step!.parent).length - layoutOf(step!.child).length);
    expect(stepWeights(step!, '2' as NodeId)!.lines[0]!.origin).toBe('kept');
    expect(stepWeights(step!, 'pool1' as NodeId)).toBeNull();
  });
});
