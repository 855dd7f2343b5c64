import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { layoutOf } from '../../../src/core/architecture/weights.ts';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import type { RunFile } from '../../../src/core/run-file/schema.ts';
import { densityOf, relativeChances } from '../../../src/core/search/two-stage.ts';
import type { OperatorKind } from '../../../src/core/morphisms/morphism.ts';
import { makeToyData } from '../../../src/datasets/toys.ts';
import type { BreakKind } from '../../../src/engine/workbench/breaks.ts';
import { Workbench } from '../../../src/engine/workbench/workbench.ts';
import { Sampling } from '../../../src/workers/sampling.ts';
import { networkOf } from '../../../src/app/learn/director.ts';
import {
  askOf,
  check,
  misjudgedPath,
  outcome,
  room,
  solve,
  type BenchFacts,
  type Facts,
} from '../../../src/app/learn/lesson-checks.ts';
import { lessons } from '../../../src/app/learn/lessons.ts';
import { planMinutes, planOf, tasksOf } from '../../../src/app/learn/lesson-plan.ts';
import { outcomeOf } from '../../../src/app/learn/workbench/answers.ts';
import { lessonPlan } from '../../../src/app/text/en/lesson-plan.ts';
import { lessonTasks as en } from '../../../src/app/text/en/lesson-tasks.ts';
import { lessons as words } from '../../../src/app/text/en/lessons.ts';
import { lessonTasks as zh } from '../../../src/app/text/zh/lesson-tasks.ts';
import type { Compared } from '../../../src/app/learn/weights/ranking.ts';
import { startEngine } from '../../engine/start.ts';
import { benchCases, shippedTanhToy, shippedToys } from '../../support/toys.ts';

const recording = JSON.parse(
  readFileSync(new URL('../../../public/recordings/first-visit-whole.json', import.meta.url), 'utf8'),
) as RunFile;
const end = viewOf(recording.events)!;
/** The recording as it stands once generation `last` has competed. */
function viewAt(last: number) {
  const competed = recording.events.findIndex(
    (event) => event.type === 'competed' && event.generation === last,
  );
  return viewOf(recording.events.slice(0, competed + 1))!;
}
const nothing: Facts = { view: null, selected: null, from: null, bench: null, sampling: null, weights: null };

describe('every lesson', () => {
  it('asks for a prediction, tells what came of it, and has something found or done', () => {
    for (const { id, steps } of lessons) {
      const kinds = steps.flatMap(({ task }) => task?.kind ?? []);
      expect(kinds, id).toContain('predict');
      expect(
        kinds.some((kind) => kind !== 'predict'),
        id,
      ).toBe(true);
      expect(kinds.length, `${id}: not a task a step`).toBeLessThan(steps.length / 2 + 0.5);
      steps.forEach(({ task, action }, index) => {
        if (task?.kind !== 'predict' || action) return;
        expect(
          steps.slice(index + 1).some(({ tells }) => tells),
          `${id} ${index + 1}`,
        ).toBe(true);
      });
    }
  });

  it('says in both languages what is asked', () => {
    for (const { steps } of lessons)
      for (const { task } of steps)
        if (task)
          for (const language of [en, zh])
            expect(askOf(task, { view: end, from: 56 })(language)).toMatch(/.{8}/);
    expect(en.fits.ask()).toContain(room.toLocaleString('en'));
    expect(zh.fits.ask()).toContain(room.toLocaleString('en'));
  });
});

describe('on the recording', () => {
  const click = (
    what: 'dominator' | 'fits' | 'origin',
    view: Facts['view'],
    from: number | null,
    id: number,
  ) => check(what, { ...nothing, view, from, selected: id });

  it('a network is found that beats another, and others are told why not', () => {
    const view = viewAt(2);
    const from = networkOf(view, 'beaten')!;
    expect(check('dominator', { ...nothing, view, from, selected: from })).toBeNull();
    const right = solve('dominator', view, from)!;
    expect(click('dominator', view, from, right)!.say(en)).toMatch(/^Yes: #\d+ \(/);
    // Beaten clearly, by networks that stand apart from it.
    expect(from).toBe(11);
    expect(click('dominator', view, from, 4)).toMatchObject({ done: false });
    expect(click('dominator', view, from, 4)!.say(en)).toMatch(/^Not #4: it makes 15\.7 % errors/);
    expect(click('dominator', view, 8, 10)!.say(en)).toMatch(/^Not #10: .* 14,488 parameters/);
    expect(click('dominator', view, 8, 10)!.say(zh)).toMatch(/^不是 #10：/);
  });

  it('the best network that fits is found, not a larger one and not a worse one', () => {
    const right = solve('fits', end, null)!;
    expect(end.networks.get(right)!.objectives.parameters).toBeLessThanOrEqual(room);
    expect(click('fits', end, null, right)!.done).toBe(true);
    expect(click('fits', end, null, 53)!.say(en)).toMatch(/1,890 parameters, and there is room for 1,000/);
    expect(click('fits', end, null, 57)!.say(en)).toMatch(/it fits and makes 12\.4 % errors/);
  });

  it('the starting network is found, not one between and no stranger', () => {
    const from = networkOf(end, 'best')!;
    expect(click('origin', end, from, solve('origin', end, from)!)!.say(en)).toMatch(/3 steps later/);
    expect(click('origin', end, from, 29)!.say(en)).toMatch(/has a parent itself, #22/);
    expect(click('origin', end, from, 2)!.done).toBe(false);
  });

  it('predictions come out by its own numbers', () => {
    expect(outcome('area', { ...nothing, view: end })).toMatchObject({ answer: 1 });
    expect(outcome('area', { ...nothing, view: end })!.say(en)).toMatch(/rose 10 times and never fell/);
    expect(outcome('price', { ...nothing, view: end })).toMatchObject({ answer: 1 });
    expect(outcome('price', nothing)).toBeNull();
  });
});

describe('on the sampling page', () => {
  const sampling = new Sampling();
  const sizes = sampling.populate('mnist', 10, 42);
  const at = (factor: number): Facts => ({
    ...nothing,
    sampling: {
      factor,
      chances: relativeChances(densityOf(sizes, { bandwidthFactor: factor, uniform: false }), sizes),
      rare: null,
    },
  });
  it('a bandwidth is found at which all look alike, wide or narrow', () => {
    expect(check('even', at(1))).toBeNull();
    expect(check('even', at(2))!.done).toBe(false);
    expect(check('even', at(8))!.say(en)).toMatch(/wide hill/);
    expect(check('even', at(0.125))!.say(en)).toMatch(/narrow hill/);
  });
  it('rare sizes come as often as they were counted', () => {
    const drawn = (density: number, uniform: number) =>
      outcome('rare', { ...nothing, sampling: { factor: 1, chances: [], rare: { density, uniform } } });
    expect(outcome('rare', at(1))).toBeNull();
    expect([drawn(0.1, 0.1), drawn(0.2, 0.1), drawn(0.6, 0.146)].map((one) => one!.answer)).toEqual([
      0, 1, 2,
    ]);
  });
});

describe('on the bench', () => {
  const toys = shippedToys();
  const data = makeToyData();
  let bench: Workbench;
  beforeAll(async () => {
    bench = new Workbench(await startEngine('wasm'));
  });

  async function put(name: OperatorKind) {
    const { toy, morphism } = benchCases.find((one) => one.name === name)!;
    const opened = await bench.open(toys[toy], data, shippedTanhToy());
    const transformed = await bench.transform(morphism, 1);
    if (!transformed.ok) throw new Error(name);
    const { exact, inference } = transformed.value;
    const facts: BenchFacts = {
      operator: name,
      exact,
      classes: ['ring', 'cross', 'triangle'],
      inherited: {
        outcome: outcomeOf(opened, transformed.value),
        before: opened.answers.right,
        after: inference.answers.right,
        alike: inference.difference.alike,
        count: inference.answers.count,
      },
      broken: null,
      turned: null,
      drawn: null,
    };
    const broken = async (kind: BreakKind): Promise<Facts> => {
      const found = await bench.breakIt(kind, transformed.value, 1);
      if (!found.ok) throw new Error(kind);
      const { stuck, difference, answers } = found.value;
      return {
        ...nothing,
        bench: { ...facts, broken: { kind, stuck, alike: difference.alike, count: answers.count } },
      };
    };
    return { facts, broken, transformed: transformed.value };
  }

  it('bets come out as measured', async () => {
    expect(outcome('bet', { ...nothing, bench: (await put('widen')).facts })).toMatchObject({ answer: 1 });
    const pruned = outcome('bet', { ...nothing, bench: (await put('prune')).facts })!;
    expect(pruned.say(en)).toMatch(/of 256 images got the parent’s answer/);
  });

  it('a wrong way that changes most answers is told from one that changes few', async () => {
    const { facts, broken } = await put('deepen');
    expect(check('fewAlike', { ...nothing, bench: facts })).toBeNull();
    const kinds = ['random-kernel', 'plain-norm', 'before-relu'] as const;
    const verdicts = await Promise.all(
      kinds.map(async (kind) => check('fewAlike', await broken(kind))!.done),
    );
    expect(verdicts).toContain(true);
    expect(verdicts).toContain(false);
  });

  it('the wrong way that never learns is told from those that change answers', async () => {
    const { broken } = await put('widen');
    expect(check('deadEnd', await broken('zero-filters'))!.say(en)).toMatch(/get gradient 0/);
    expect(check('deadEnd', await broken('random-readers'))!.done).toBe(false);
  });

  it('a gate wide open changes a tenth of the answers, one hardly open does not', async () => {
    const { facts, transformed } = await put('skip');
    const turned = async (lambda: number): Promise<Facts> => {
      const weights = transformed.weights.slice();
      const { slots } = layoutOf(transformed.step.child);
      weights[slots.find(({ name }) => name === 'lambda')!.offset] = lambda;
      const { difference, answers } = await bench.measure({ architecture: transformed.step.child, weights });
      return { ...nothing, bench: { ...facts, turned: { alike: difference.alike, count: answers.count } } };
    };
    expect(check('gate', await turned(0))!.done).toBe(true);
    expect(check('gate', await turned(0.95))!.done).toBe(false);
  });

  it('an exact operator is told from those that shrink', async () => {
    const exact = async (name: OperatorKind) =>
      check('exact', { ...nothing, bench: (await put(name)).facts });
    expect(await exact('remove')).toBeNull();
    expect((await exact('deepen'))!.say(en)).toMatch(/256 of 256/);
    expect((await exact('prune'))!.done).toBe(false);
  });

  it('a drawing counts when the two largest numbers are of other classes', async () => {
    const { facts } = await put('prune');
    const drawn = (parent: number[], child: number[]) =>
      check('differ', { ...nothing, bench: { ...facts, drawn: { parent, child } } })!;
    expect(drawn([3, 1, 2], [9, 1, 2]).say(en)).toMatch(/both say “ring”/);
    expect(drawn([3, 1, 2], [0, 1, 2]).say(en)).toMatch(/parent says “ring”, the child “triangle”/);
  });
});

describe('on the page of shared and inherited weights', () => {
  /** Six paths: the first is worst by shared weights and best alone, the others in order. */
  const errors = [
    [0.5, 0.02],
    [0.2, 0.03],
    [0.25, 0.04],
    [0.3, 0.05],
    [0.35, 0.06],
    [0.4, 0.07],
  ] as const;
  const paths: readonly Compared[] = errors.map(([cheap, alone], i) => ({
    ...{ parameters: 100 * i, cheap, alone, again: alone + 0.01 },
  }));
  const at = (picked: number | null, of = paths): Facts => ({ ...nothing, weights: { paths: of, picked } });

  it('a misjudged path is told from one that stands where it belongs', () => {
    expect(check('misjudged', nothing)).toBeNull();
    expect(check('misjudged', at(null))).toBeNull();
    expect(check('misjudged', at(0))!.say(en)).toMatch(
      /^Yes: place 6 of 6 by .* place 1 trained alone\. .*left it out/,
    );
    expect(check('misjudged', at(0))!.done).toBe(true);
    expect(check('misjudged', at(3))!.done).toBe(false);
    expect(check('misjudged', at(3))!.say(en)).toMatch(
      /^Not this one: place 3 of 6 .* place 4 trained alone/,
    );
    expect(check('misjudged', at(3))!.say(zh)).toMatch(/^不是这个：/);
    expect(misjudgedPath(paths)).toBe(0);
    expect(misjudgedPath(paths.slice(1))).toBeNull();
  });

  it('one that deceives is told from one that is left out', () => {
    const turned = paths.map((one) => ({ ...one, cheap: one.alone, alone: one.cheap }));
    expect(check('misjudged', at(0, turned))!.say(en)).toMatch(/deceived by it/);
  });

  it('pairs come out by their own numbers, beside those of one training more', () => {
    expect(outcome('pairs', nothing)).toBeNull();
    // 10 of 15 pairs.
    expect(outcome('pairs', at(null))!.answer).toBe(1);
    expect(outcome('pairs', at(null))!.say(en)).toMatch(/66\.7 % of the pairs .* with 100/);
    expect(outcome('pairs', at(null, paths.slice(1)))!.answer).toBe(2);
    const reversed = paths.map((one, i) => ({ ...one, cheap: -i }));
    expect(outcome('pairs', at(null, reversed))!.answer).toBe(0);
  });
});

describe('the teacher’s plan', () => {
  const parts = planOf((id) => words.lessons[id].minutes);
  it('fills its minutes without a gap and leaves time for the puzzle', () => {
    expect(parts[0]!.from).toBe(0);
    parts.slice(1).forEach((part, i) => expect(part.from).toBe(parts[i]!.to));
    expect(parts.at(-1)!.to).toBe(planMinutes);
    const puzzle = parts.find(({ id }) => id === 'puzzle')!;
    expect(puzzle.to - puzzle.from).toBeGreaterThanOrEqual(10);
    expect(lessonPlan.title(planMinutes)).toContain('45');
  });
  it('names the tasks that its lessons have', () => {
    for (const { id } of parts)
      if (id === 'front' || id === 'widen' || id === 'sampling')
        expect(tasksOf(id).length).toBeGreaterThanOrEqual(2);
  });
});
