import { describe, expect, it } from 'vitest';
import { layBoards } from '../../../../src/app/learn/workbench/board/lay-boards.ts';
import { placesOf } from '../../../../src/app/learn/workbench/board/board.ts';
import { framesAt } from '../../../../src/app/learn/workbench/board/frames.ts';
import { headNorms, newHeads } from '../../../../src/app/learn/workbench/board/heads.ts';
import { ledgerOf, weightsAt } from '../../../../src/app/learn/workbench/board/landing.ts';
import { progressOf, spritesAt, buildTimeline } from '../../../../src/app/learn/workbench/board/timeline.ts';
import { toyCase, variantsOf } from '../../../../src/app/learn/workbench/subjects.ts';
import { layoutOf } from '../../../../src/core/architecture/weights.ts';
import { applyChain } from '../../../../src/core/morphisms/catalog.ts';
import { operatorKinds } from '../../../../src/core/morphisms/morphism.ts';
import { originAt, provenance, resolveSelections } from '../../../../src/core/morphisms/provenance.ts';
import { inheritWeights } from '../../../../src/core/morphisms/resolve.ts';
import { seeded } from '../../../../src/core/random.ts';
import { shippedToys } from '../../../support/toys.ts';

const toys = shippedToys();
const cases = operatorKinds.flatMap((operator) =>
  [...variantsOf(operator), null]
    .slice(0, Math.max(1, variantsOf(operator).length))
    .map((variant) => ({ name: `${operator} ${variant ?? ''}`.trim(), operator, variant })),
);

function told({ operator, variant }: (typeof cases)[number]) {
  const { toy, morphism } = toyCase(operator, variant);
  const parent = toys[toy];
  const applied = applyChain(parent.architecture, [morphism]);
  if (!applied.ok) throw new Error(applied.reason);
  const step = applied.value.steps[0]!;
  const selections = resolveSelections(step.map, layoutOf(step.parent), parent.weights);
  const origins = provenance(step.parent, step.child, step.map, selections);
  const { weights } = inheritWeights(step.parent, parent.weights, step.child, step.map, seeded('1'));
  const boards = layBoards(step);
  const input = {
    step,
    provenance: origins,
    parentWeights: parent.weights,
    childWeights: weights,
    ...boards,
  };
  return { step, origins, parent, weights, boards, timeline: buildTimeline(input) };
}

describe.each(cases)('the storyboard of $name', (entry) => {
  it('moves every number of the child once, from where the weight map says', () => {
    const { step, origins, parent, weights, boards, timeline } = told(entry);
    const before = placesOf(boards.parent);
    const motions = new Map(timeline.motions.map((motion) => [motion.key, motion]));
    expect(motions.size).toBe(timeline.motions.length);
    const slots = layoutOf(step.parent).slots;
    let count = 0;
    for (const origin of origins)
      for (let i = 0; i < origin.to.length; i++) {
        const motion = motions.get(`${origin.to.node}/${origin.to.name}/${i}`)!;
        const from = originAt(origin, i);
        count++;
        expect(motion.after).toBe(weights[origin.to.offset + i]);
        if (from.kind === 'parent') {
          const source = `${from.from.node}/${from.from.name}/${from.index}`;
          const slot = slots.find(({ node, name }) => node === from.from.node && name === from.from.name)!;
          expect(motion.source).toBe(source);
          expect(motion.from).toEqual(before.get(source));
          expect(motion.before).toBe(parent.weights[slot.offset + from.index]);
        } else {
          expect(motion.source).toBeNull();
          expect(motion.from).toBeNull();
          expect(motion.kind).toBe(
            from.kind === 'constant' ? (from.value === 0 ? 'zero' : 'one') : from.kind,
          );
        }
      }
    expect(count).toBe(weights.length);
    const taken = new Set(timeline.motions.filter(({ kind }) => kind !== 'gone').map(({ source }) => source));
    const gone = timeline.motions.filter(({ kind }) => kind === 'gone');
    expect(gone.every(({ source }) => !taken.has(source))).toBe(true);
    expect(gone.length + [...taken].filter((source) => source !== null).length).toBe(parent.weights.length);
  });

  it('counts in its ledger what the child is made of', () => {
    const { timeline, weights } = told(entry);
    expect(ledgerOf(timeline).reduce((sum, { count }) => sum + count, 0)).toBe(weights.length);
  });

  it('begins as the parent, ends as the child, and reads the same backwards', () => {
    const { timeline, parent, weights, boards, step } = told(entry);
    const start = spritesAt(timeline, 0, 0);
    expect(start).toHaveLength(parent.weights.length);
    const end = spritesAt(timeline, timeline.duration, 0);
    expect(end).toHaveLength(weights.length);
    const places = placesOf(boards.child);
    for (const sprite of end) {
      expect(sprite.value).toBeCloseTo(sprite.motion.after, 6);
      const place = places.get(sprite.motion.key)!;
      expect(Math.hypot(sprite.x - place.x, sprite.y - place.y)).toBeLessThan(1e-6);
    }
    expect(weightsAt(timeline, weights, step, timeline.duration)).toEqual(weights);
    for (const motion of timeline.motions) {
      expect(motion.end).toBeLessThanOrEqual(timeline.duration);
      expect(progressOf(motion, timeline.duration / 2)).toBeGreaterThanOrEqual(0);
    }
  });

  it('puts no number of the child on top of another', () => {
    const cells = told(entry).boards.child.groups.flatMap(({ cells: own }) => own);
    const overlaps = cells.some((a, i) =>
      cells
        .slice(i + 1)
        .some(
          (b) =>
            a.x + a.width - 0.5 > b.x &&
            b.x + b.width - 0.5 > a.x &&
            a.y + a.height - 0.5 > b.y &&
            b.y + b.height - 0.5 > a.y,
        ),
    );
    expect(overlaps).toBe(false);
  });
});

describe('widening with zeros', () => {
  it('lands every zero of the readers before the first random number', () => {
    const { timeline } = told(cases.find(({ name }) => name === 'widen zero')!);
    const zeros = timeline.motions.filter(({ kind, tensor }) => kind === 'zero' && tensor === 'kernel');
    const drawn = timeline.motions.filter(({ kind }) => kind === 'he');
    expect(zeros).toHaveLength(54);
    expect(drawn).toHaveLength(18);
    expect(Math.max(...zeros.map(({ end }) => end))).toBeLessThanOrEqual(
      Math.min(...drawn.map(({ start }) => start)),
    );
  });

  it('moves nothing old while it makes room', () => {
    const { timeline } = told(cases.find(({ name }) => name === 'widen zero')!);
    for (const { kind, from, to } of timeline.motions)
      if (kind === 'copied') expect(from).toMatchObject({ x: to.x, y: to.y });
  });
});

describe('groups in flight', () => {
  const halfWay = (name: string) => {
    const { timeline, boards } = told(cases.find((entry) => entry.name === name)!);
    const byKey = new Map(timeline.motions.map((motion) => [motion.key, motion]));
    const times = Array.from({ length: 60 }, (_, i) => (timeline.duration * i) / 60);
    return times.map((time) =>
      framesAt(boards.child, byKey, time, () => false).filter(({ flying }) => flying),
    );
  };
  const overlapping = (frames: ReturnType<typeof framesAt>) =>
    frames.some((a, i) =>
      frames
        .slice(i + 1)
        .some(
          (b) =>
            Math.min(a.x + a.group.width, b.x + b.group.width) - Math.max(a.x, b.x) > 0.5 * a.group.width &&
            Math.min(a.y + a.group.height, b.y + b.group.height) - Math.max(a.y, b.y) > 0.5 * a.group.height,
        ),
    );

  it.each(['remove', 'widen copy'])('do not lie on each other half-way through %s', (name) => {
    const moments = halfWay(name);
    expect(moments.filter((flying) => flying.length > 1).length).toBeGreaterThan(10);
    expect(moments.filter(overlapping)).toEqual([]);
  });
});

describe('heads of new columns', () => {
  it('come with their numbers, and say whether these are drawn or copied', () => {
    for (const [name, drawn] of [
      ['widen zero', true],
      ['widen copy', false],
    ] as const) {
      const { timeline, boards } = told(cases.find((entry) => entry.name === name)!);
      const byKey = new Map(timeline.motions.map((motion) => [motion.key, motion]));
      const at = (time: number) =>
        newHeads(
          boards.parent,
          boards.child,
          framesAt(boards.child, byKey, time, () => false),
        );
      expect(at(0)).toEqual([]);
      expect(at(timeline.duration).map((head) => [head.label.channel, head.drawn])).toEqual([
        [2, drawn],
        [3, drawn],
      ]);
    }
  });
});

describe('the sums by which pruning chooses', () => {
  it('are least for the filters that go, counted up to the whole by the end of their stop', () => {
    const { timeline, step, parent, boards } = told(cases.find((entry) => entry.name === 'prune')!);
    const gone = new Set(
      timeline.motions
        .filter(({ kind, tensor, node }) => kind === 'gone' && tensor === 'gamma' && node === '1')
        .map(({ index }) => index),
    );
    const at = (time: number) => headNorms(step, parent.weights, boards.parent, timeline, time);
    expect(at(0).every(({ text }) => text === '0')).toBe(true);
    const sums = at(timeline.duration).map(({ label, text }) => [label.channel!, Number(text)] as const);
    expect(sums).toHaveLength(6);
    expect(gone.size).toBeGreaterThan(0);
    const [went, stayed] = [true, false].map((is) =>
      sums.filter(([c]) => gone.has(c) === is).map(([, n]) => n),
    );
    expect(Math.max(...went!)).toBeLessThanOrEqual(Math.min(...stayed!));
    const other = told(cases.find((entry) => entry.name === 'remove')!);
    expect(headNorms(other.step, other.parent.weights, other.boards.parent, other.timeline, 500)).toEqual([]);
  });
});
