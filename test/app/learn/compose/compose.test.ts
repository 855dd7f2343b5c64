import { describe, expect, it } from 'vitest';
import { asEvents, asFinishedEvents, asRun } from '../../../../src/app/learn/compose/as-run.ts';
import * as tree from '../../../../src/app/learn/compose/history.ts';
import {
  imagesByHand,
  opponentRecipe,
  puzzleById,
  puzzleOfDay,
  puzzleRecipe,
  puzzles,
} from '../../../../src/app/learn/compose/puzzles.ts';
import { bestBelow, imagesApart, isSolved, scoreOf } from '../../../../src/app/learn/compose/score.ts';
import { firstChoices, sitesOf } from '../../../../src/app/learn/compose/sites.ts';
import { networkCost } from '../../../../src/core/architecture/cost.ts';
import { trivialNetworks } from '../../../../src/core/architecture/starting-networks.ts';
import { layoutOf } from '../../../../src/core/architecture/weights.ts';
import { viewOf } from '../../../../src/core/run-file/fold.ts';
import { mergeRuns } from '../../../../src/core/run-file/merge.ts';
import { describeRunFileError } from '../../../../src/app/text/en/run-file-errors.ts';
import { parseRunFile } from '../../../../src/core/run-file/parse.ts';
import { makeRunFile, serialiseRunFile } from '../../../../src/core/run-file/serialise.ts';
import { verifyRun } from '../../../../src/core/run-file/verify.ts';
import { applyEvents } from '../../../../src/core/search/fold.ts';
import { propose } from '../../../../src/core/search/loop.ts';
import { networkProblem } from '../../../../src/core/search/network-problem.ts';
import { runFacts } from '../../../support/run-files.ts';
import { operatorKinds } from '../../../../src/core/morphisms/morphism.ts';
import { nonDominated } from '../../../../src/core/search/dominance.ts';
import { totalImages } from '../../../../src/core/search/budget.ts';

const facts = { height: 8, width: 8, channels: 1, classes: 10 };
const start = trivialNetworks({ height: 8, width: 8, channels: 1 }, 10)[0]!;
const puzzle = puzzleById('four');
const recipe = puzzleRecipe(puzzle, 1);

const widen = (block: string) =>
  sitesOf(start, 'widen', firstChoices).find(({ text }) => text.startsWith(`block ${block}`))!.morphism;
const deepen = sitesOf(start, 'deepen', firstChoices)[0]!.morphism;

function applied(history: tree.History, ...morphisms: Parameters<typeof tree.apply>[1][]): tree.History {
  return morphisms.reduce((at, morphism) => {
    const result = tree.apply(at, morphism);
    if (!result.ok) throw new Error(result.reason);
    return result.value;
  }, history);
}
const trained = (history: tree.History, id: number, error: number, ownImages = 1000) =>
  tree.change(history, id, { trained: { error, ownImages, trainSeconds: 1 } });

describe('history', () => {
  const two = applied(tree.beginHistory(start), widen('1'), deepen);

  it('walks its chain by undo and redo', () => {
    expect(two.at).toBe(3);
    const back = tree.undo(tree.undo(two));
    expect(back.at).toBe(1);
    expect(tree.canUndo(back)).toBe(false);
    expect(tree.undo(back)).toBe(back);
    expect(tree.redo(tree.redo(back)).at).toBe(3);
    expect(tree.canRedo(two)).toBe(false);
  });

  it('keeps a branch that was left, and redo takes the newest', () => {
    const branched = applied(tree.undo(tree.undo(two)), widen('2'));
    expect(branched.at).toBe(4);
    expect(branched.nodes.map(({ parent }) => parent)).toEqual([null, 1, 2, 1]);
    expect(tree.redo(tree.undo(branched)).at).toBe(4);
    const old = tree.goTo(branched, 3);
    expect(tree.lineTo(old).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(tree.redo(tree.goTo(old, 1)).at).toBe(2);
    expect(tree.childrenOf(branched, 1).map(({ id }) => id)).toEqual([2, 4]);
  });

  it('does not make the same child twice', () => {
    const again = applied(tree.undo(two), deepen);
    expect(again.at).toBe(3);
    expect(again.nodes).toHaveLength(3);
  });

  it('refuses what is not legal with a reason and changes nothing', () => {
    const bad = { operator: 'remove', target: 'nowhere' } as unknown as Parameters<typeof tree.apply>[1];
    expect(tree.apply(two, bad).ok).toBe(false);
  });
});

describe('what was composed, as a run', () => {
  let history = applied(tree.beginHistory(start), widen('1'));
  history = trained(trained(history, 1, 0.2, 2000), 2, 0.1);
  history = trained(applied(tree.undo(history), deepen), 3, 0.3);
  const view = asRun(history, recipe, facts);

  it('has every network with its size, error, line of inheritance and operator', () => {
    expect([...view.networks.keys()]).toEqual([1, 2, 3]);
    for (const node of history.nodes) {
      const seen = view.networks.get(node.id)!;
      expect(seen.objectives.parameters).toBe(networkCost(node.architecture).parameters);
      expect(seen.objectives.error).toBe(node.trained!.error);
      expect(seen.parent).toBe(node.parent);
    }
    expect(view.networks.get(3)!.inheritedImages).toBe(2000);
    expect(view.imagesSeen).toBe(imagesByHand(puzzle, tree.trainedSteps(history)));
  });

  it('has the front that dominance gives', () => {
    const all = [...view.networks.values()];
    const front = nonDominated(all.map(({ objectives }) => [objectives.error!, objectives.parameters!]));
    expect(view.front).toEqual(front.map((index) => all[index]!.id));
    expect(view.hypervolume).toBeGreaterThan(0);
  });

  it('shows a network in training without an error', () => {
    const growing = applied(tree.goTo(history, 2), deepen);
    const during = asRun(growing, recipe, facts);
    expect(during.networks.get(4)!.status).toBe('training');
    expect(during.front).toEqual(view.front);
    expect(asEvents(growing, recipe, facts).at(-1)!.type).toBe('accepted');
  });

  it('says whether a goal is met, by every part of it', () => {
    const node = tree.composed(history, 2);
    const easy = { ...puzzle, goal: { ...puzzle.goal!, right: 0.85 } };
    expect(isSolved(easy, node, 1)).toBe(true);
    expect(isSolved(easy, node, 5)).toBe(false);
    expect(isSolved(puzzle, node, 1)).toBe(false);
    expect(isSolved(easy, tree.composed(history, 1), 0)).toBe(false);
    expect(isSolved(puzzleById('shrink'), node, 1)).toBe(false);
  });

  it('scores a set against itself with nothing added', () => {
    const score = scoreOf(view, view);
    expect(score.own).toBe(score.other);
    expect(score.both).toBeCloseTo(score.own, 12);
    expect(bestBelow(view, 2000)!.error).toBe(0.1);
    expect(bestBelow(view, 10)).toBeNull();
    expect(imagesApart(0.1, 0.05, 280)).toBe(14);
  });
});

describe('what was composed, as a run file', () => {
  let history = applied(tree.beginHistory(start), widen('1'));
  history = trained(trained(history, 1, 0.2, 2000), 2, 0.1);
  history = trained(applied(tree.undo(history), deepen), 3, 0.3);
  history = tree.change(applied(tree.goTo(history, 2), deepen), 4, { failure: 'diverged' });
  const growing = applied(tree.goTo(history, 3), widen('2'));
  const weights = new Map([
    [2, new Float32Array(layoutOf(tree.composed(history, 2).architecture).length).fill(0.5)],
  ]);
  const file = makeRunFile(asFinishedEvents(growing, recipe, facts), {
    ...runFacts,
    dataset: { ...runFacts.dataset, id: recipe.dataset },
    weights,
  });
  const opened = parseRunFile(serialiseRunFile(file));

  it('opens again with every network that was finished, its line, curve and weights', () => {
    if (!opened.ok) throw new Error(describeRunFileError(opened.reason));
    const view = viewOf(opened.value.file.events)!;
    expect([...view.networks.keys()]).toEqual([1, 2, 3, 4]);
    expect(view.networks.get(4)!.status).toBe('failed');
    const shown = asRun(history, recipe, facts);
    expect(view.front).toEqual(shown.front);
    expect(view.hypervolume).toBe(shown.hypervolume);
    expect(view.finished).not.toBeNull();
    expect(view.seconds).toBe(3);
    expect(opened.value.weights.get(2)).toEqual(weights.get(2));
  });

  it('holds every claim when it is verified, and claims no draws', () => {
    const claims = verifyRun(file.events);
    expect(claims.map(({ key }) => key).sort()).toEqual(['costs', 'fronts', 'hypervolume', 'images']);
    expect(claims.filter(({ holds }) => !holds)).toEqual([]);
    const lie = file.events.map((event) =>
      event.type === 'evaluated' && event.network === 3 ? { ...event, objectives: { error: 0.05 } } : event,
    );
    expect(verifyRun(lie).find(({ key }) => key === 'fronts')!.holds).toBe(false);
  });

  it('is checked for its draws like any run where it only says a search drew it', () => {
    const claims = verifyRun(
      file.events.map((event) =>
        event.type === 'generation' ? { ...event, density: { kind: 'uniform', reason: 'drawn' } } : event,
      ),
    );
    expect(claims.find(({ key }) => key === 'draws')!.holds).toBe(false);
  });

  it('is laid over other runs and merged with them', () => {
    const own = viewOf(file.events)!;
    const other = asRun(trained(tree.beginHistory(start), 1, 0.15, 2000), recipe, facts);
    const merged = mergeRuns([
      { label: 'by hand', view: own },
      { label: 'other', view: other },
    ])!;
    const members = merged.front.map(({ run, network }) => `${run}/${network.id}`);
    expect(members.sort()).toEqual(['0/2', '1/1']);
  });

  it('can be searched on from: the loop takes the next generation from the front made by hand', () => {
    const state = applyEvents(null, file.events.slice(0, -1), networkProblem)!;
    const { events } = propose(state, networkProblem);
    const parents = events.flatMap((event) => (event.type === 'proposed' ? [event.parent] : []));
    expect(parents.length).toBeGreaterThan(0);
    expect(parents.every((parent) => state.front.includes(parent))).toBe(true);
  });
});

describe('puzzles', () => {
  it('give LEMONADE exactly the images that were used by hand', () => {
    for (const one of puzzles)
      for (const steps of [1, 4, 7])
        expect(totalImages(opponentRecipe(one, 1, steps))).toBe(imagesByHand(one, steps));
  });

  it('offer a place for some operator, each with the size it would lead to', () => {
    for (const kind of operatorKinds)
      for (const site of sitesOf(start, kind, firstChoices)) {
        const after = tree.composed(applied(tree.beginHistory(start), site.morphism));
        expect(site.parameters).toBe(networkCost(after.architecture).parameters);
        expect(site.text).not.toBe('');
      }
  });
});

describe('the puzzle of the day', () => {
  it('is the same for a whole day, another the next, with the day as its seed', () => {
    const morning = puzzleOfDay(new Date(2026, 10, 27, 0, 1));
    expect(puzzleOfDay(new Date(2026, 10, 27, 23, 59))).toEqual(morning);
    expect(morning).toMatchObject({ id: 'today', seed: 20261127 });
    const next = puzzleOfDay(new Date(2026, 10, 28, 0, 1));
    expect(next.seed).toBe(20261128);
    expect(next.goal).not.toEqual(morning.goal);
    for (let day = 1; day <= 31; day++) expect(puzzleOfDay(new Date(2027, 0, day)).goal).not.toBeNull();
  });
});
