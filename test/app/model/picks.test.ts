import { expect, test } from 'vitest';
import { drawPair, mostGrown, namedPicks, picksOf } from '../../../src/app/model/picks.ts';
import { progressOf } from '../../../src/app/model/progress.ts';
import { mergedFront } from '../../../src/app/model/overlays.svelte.ts';
import { sampleRun } from '../../support/sample-run.ts';

const view = sampleRun();

test('the picks are on the front, and none is smaller, cheaper within 2 points, or better than its pick', () => {
  const picks = picksOf(view)!;
  const front = view.front.map((id) => view.networks.get(id)!);
  for (const network of front) {
    expect(network.objectives.parameters!).toBeGreaterThanOrEqual(picks.smallest.objectives.parameters!);
    expect(network.objectives.error!).toBeGreaterThanOrEqual(picks.best.objectives.error!);
    if (network.objectives.error! <= picks.best.objectives.error! + 0.02)
      expect(network.objectives.parameters!).toBeGreaterThanOrEqual(picks.bargain.objectives.parameters!);
  }
  expect(front.map(({ id }) => id)).toContain(picks.bargain.id);
});

test('the most grown is the one of the front that most operators led to', () => {
  const operators = (id: number | null): number => {
    const network = id === null ? undefined : view.networks.get(id);
    return network ? network.chain.length + operators(network.parent) : 0;
  };
  const most = Math.max(...view.front.map(operators));
  expect(most).toBeGreaterThan(1);
  expect(operators(mostGrown(view)!.id)).toBe(most);
  expect(view.front).toContain(mostGrown(view)!.id);
});

test('each pick has one name, and a front of one is worded as one', () => {
  const picks = picksOf(view)!;
  const named = namedPicks(picks, view);
  expect(new Set(named.map(({ network }) => network.id)).size).toBe(named.length);
  expect([named[0]!.name, named.at(-1)!.name]).toEqual(['smallest', 'best']);
  const [first, middle, last, ...more] = namedPicks({ ...picks, bargain: picks.best }, view);
  expect([first!.name, middle!.name, last!.name, more]).toEqual(['smallest', 'between', 'best', []]);
  expect(view.front).toContain(middle!.network.id);
  const size = ({ network }: NonNullable<typeof middle>) => network.objectives.parameters!;
  expect(size(middle!)).toBeGreaterThan(size(first!));
  expect(size(middle!)).toBeLessThan(size(last!));
  const alone = namedPicks(
    { smallest: picks.best, bargain: picks.best, best: picks.best },
    { networks: view.networks, front: [picks.best.id] },
  );
  expect(alone).toEqual([{ name: 'only', network: picks.best }]);
});

test('the small one that answers a drawing answers well, unless none does', () => {
  const one = (parameters: number, error: number) => ({ objectives: { parameters, error } });
  const good = drawPair([one(10, 0.7), one(500, 0.1), one(1000, 0.04)])!;
  expect([good.small.objectives.parameters, good.best.objectives.parameters]).toEqual([500, 1000]);
  expect(good.isSmallest).toBe(false);
  const bad = drawPair([one(10, 0.7), one(500, 0.6)])!;
  expect(bad.small.objectives.parameters).toBe(10);
  expect(drawPair([])).toBeNull();
});

test('a finished run is wholly done, an unfinished one at most', () => {
  expect(progressOf({ ...view, finished: 'budget' })).toBe(1);
  expect(progressOf({ ...view, finished: null, imagesSeen: 0 })).toBe(0);
});

test('merging fronts keeps exactly what nothing of any run dominates', () => {
  const a = { parameters: 10, error: 0.5 };
  const b = { parameters: 20, error: 0.2 };
  const worse = { parameters: 20, error: 0.3 };
  const twin = { ...a };
  expect(mergedFront([a, b, worse, twin, { error: 0.1 }], ['parameters', 'error'])).toEqual([a, b, twin]);
});
