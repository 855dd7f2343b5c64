import { describe, expect, it } from 'vitest';
import { layBoards } from '../../../../src/app/learn/workbench/board/lay-boards.ts';
import { buildTimeline } from '../../../../src/app/learn/workbench/board/timeline.ts';
import { toyCase } from '../../../../src/app/learn/workbench/subjects.ts';
import { imageTable, originTable, parentTable } from '../../../../src/app/learn/workbench/tables.ts';
import { layoutOf } from '../../../../src/core/architecture/weights.ts';
import { applyChain } from '../../../../src/core/morphisms/catalog.ts';
import { provenance, resolveSelections } from '../../../../src/core/morphisms/provenance.ts';
import { inheritWeights } from '../../../../src/core/morphisms/resolve.ts';
import { seeded } from '../../../../src/core/random.ts';
import { toyClasses } from '../../../../src/datasets/toys.ts';
import { shippedToys } from '../../../support/toys.ts';

const toys = shippedToys();

function onBoard(operator: 'widen' | 'prune') {
  const { toy, morphism } = toyCase(operator, operator === 'widen' ? 'zero' : null);
  const parent = toys[toy];
  const applied = applyChain(parent.architecture, [morphism]);
  if (!applied.ok) throw new Error(applied.reason);
  const step = applied.value.steps[0]!;
  const selections = resolveSelections(step.map, layoutOf(step.parent), parent.weights);
  const { weights } = inheritWeights(step.parent, parent.weights, step.child, step.map, seeded('1'));
  const boards = layBoards(step);
  const timeline = buildTimeline({
    step,
    provenance: provenance(step.parent, step.child, step.map, selections),
    parentWeights: parent.weights,
    childWeights: weights,
    ...boards,
  });
  return { parent, step, weights, boards, timeline };
}

const byKey = (architecture: ReturnType<typeof onBoard>['step']['child'], weights: Float32Array) =>
  new Map(
    layoutOf(architecture).slots.flatMap(({ node, name, offset, length }) =>
      Array.from({ length }, (_, i) => [`${node}/${name}/${i}`, weights[offset + i]!] as const),
    ),
  );

describe('the numbers of the board as a table', () => {
  it('has every number of the parent once, each under a name of its own', () => {
    const { parent, step, boards } = onBoard('widen');
    const { rows } = parentTable(boards.parent, byKey(step.parent, parent.weights), toyClasses);
    expect(rows).toHaveLength(parent.weights.length);
    expect(new Set(rows.map(([where]) => where)).size).toBe(rows.length);
    const first = rows.find(([where]) => where === 'block 2, filter 1, channel 2, row 3, column 1')!;
    const slot = layoutOf(step.parent).slots.find(({ node, name }) => node === '2' && name === 'kernel')!;
    const [, , inputs, outputs] = slot.shape as [number, number, number, number];
    expect(Number(first[1])).toBeCloseTo(parent.weights[slot.offset + (6 * inputs + 1) * outputs]!, 5);
  });

  it('says of every number of the child where it comes from, and what goes', () => {
    for (const operator of ['widen', 'prune'] as const) {
      const { parent, weights, boards, timeline } = onBoard(operator);
      const { rows, columns, texts } = originTable(timeline, boards, toyClasses);
      const gone = rows.filter(([, from]) => from === 'gone');
      expect(rows.length - gone.length).toBe(weights.length);
      expect(gone.length === 0).toBe(operator === 'widen');
      expect(gone.every(([, , before, after]) => before !== '' && after === '')).toBe(true);
      expect(rows.every((row) => row.length === columns.length && texts < row.length)).toBe(true);
      const copied = rows.filter(([, from]) => from === 'copied');
      expect(copied.length).toBe(operator === 'widen' ? parent.weights.length : weights.length);
      expect(copied.every(([, , before, after]) => before === after)).toBe(true);
    }
  });
});

describe('the check images as a table', () => {
  it('shows label, both answers and the difference of each image', () => {
    const logits = (values: readonly number[]) => ({
      logits: Float32Array.from(values),
      classes: 3,
      count: 2,
      right: 1,
    });
    const check = { labels: Uint8Array.from([0, 2]) } as Parameters<typeof imageTable>[0]['check'];
    const difference = { each: Float32Array.from([0, 0.25]), max: 0.25, alike: 1, divergence: 0 };
    const { rows } = imageTable(
      { answers: logits([3, 1, 0, 0, 0, 1]), check },
      { answers: logits([3, 1, 0, 2, 0, 1]), difference },
      toyClasses,
    );
    expect(rows).toEqual([
      ['1', 'ring', 'ring', 'ring', '0'],
      ['2', 'triangle', 'triangle', 'ring', '0.25'],
    ]);
  });
});
