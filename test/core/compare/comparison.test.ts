import { strategyTitles } from '../../../src/app/text/en/settings.ts';
import { describe, expect, it } from 'vitest';
import { compareRuns, type ComparedRun } from '../../../src/core/compare/comparison.ts';
import { hypervolumeCurve } from '../../../src/core/compare/curve.ts';
import { allVerdicts, imagesToReach, verdicts } from '../../../src/core/compare/verdicts.ts';
import { svgText } from '../../../src/core/compare/drawing.ts';
import { attainmentFigure, frontsFigure, hypervolumeFigure } from '../../../src/core/compare/figures.ts';
import { labelled } from '../../../src/core/compare/labels.ts';
import { curvesCsv, membersCsv, pairsCsv, runsCsv, surfacesCsv } from '../../../src/core/compare/csv.ts';
import { figureWords, verdictText } from '../../../src/app/text/en/compare.ts';
import { spreadLabels } from '../../../src/core/compare/axes.ts';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import { historyOf } from '../../../src/core/run-file/history.ts';
import type { RunView } from '../../../src/core/run-file/view.ts';
import type { Recipe } from '../../../src/core/search/recipe.ts';
import { summarise } from '../../../src/core/metrics/compare.ts';
import { hypervolumeShare } from '../../../src/core/metrics/hypervolume.ts';
import { driveNetworks } from '../../support/network-search.ts';

const bare = (views: readonly RunView[]) => views.map((view) => ({ view }));

const viewWith = (recipe: Partial<Recipe>) =>
  viewOf(driveNetworks({ generations: 3, proposals: 8, accepted: 3, ...recipe }).events)!;

const seeds = [1, 2, 3];
const views = [
  ...seeds.map((seed) => viewWith({ seed, strategy: 'lemonade' })),
  ...seeds.map((seed) => viewWith({ seed, strategy: 'random' })),
];
const comparison = compareRuns(labelled(bare(views), strategyTitles))!;
const size = { width: 700, height: 300 };

describe('a comparison of two searches over three seeds', () => {
  it('groups runs by search, with every seed in its place', () => {
    expect(comparison.groups.map(({ label }) => label)).toEqual(['LEMONADE', 'Random search']);
    for (const { runs } of comparison.groups) expect(runs.map(({ seed }) => seed)).toEqual(seeds);
    expect(comparison.objectives).toEqual(['parameters', 'error']);
  });

  it('finds the hypervolume that each run recorded itself, as all have the same bounds', () => {
    const found = comparison.groups.flatMap(({ runs }) => runs.map(({ hypervolume }) => hypervolume));
    views.forEach((view, index) => expect(found[index]).toBeCloseTo(view.hypervolume, 12));
    for (const { runs } of comparison.groups)
      for (const { curve, hypervolume } of runs) {
        expect(curve).toHaveLength(views[0]!.networks.size);
        expect(curve.at(-1)!.value).toBeCloseTo(hypervolume, 12);
      }
  });

  it('measures distances from the front of all runs: the run that alone makes it has none', () => {
    const alone = compareRuns(labelled(bare(views.slice(0, 1)), strategyTitles))!.groups[0]!;
    expect(alone.igdPlus.mean).toBe(0);
    expect(alone.epsilon.mean).toBeCloseTo(0, 12);
    for (const group of comparison.groups) expect(group.igdPlus.mean).toBeGreaterThanOrEqual(0);
  });

  it('says of a difference whether it exceeds the spread, and of itself that there is none', () => {
    const [verdict] = verdicts(comparison, 'LEMONADE');
    const { difference, spread, exceedsSpread } = verdict!.difference;
    expect(exceedsSpread).toBe(Math.abs(difference) > spread);
    expect(verdictText(verdict!)).toContain(exceedsSpread ? 'more than' : 'within');
    const [own] = comparison.groups;
    const same = imagesToReach(own!, own!)!;
    expect(same).toMatchObject({ reached: 3, pairs: 3 });
    expect(same.share).toBeGreaterThanOrEqual(same.shareOfChildren);
    expect(same.share).toBeLessThanOrEqual(1);
    const ahead = {
      ...own!,
      runs: own!.runs.map((run) => ({ ...run, curve: [{ x: run.images / 2, value: 1 }] })),
    };
    expect(imagesToReach(ahead, own!)!.share).toBe(0.5);
    const behind = { ...own!, runs: own!.runs.map((run) => ({ ...run, curve: [{ x: 1, value: 0 }] })) };
    expect(imagesToReach(behind, own!)).toMatchObject({ share: Infinity, reached: 0 });
  });

  it('keeps what persons handed in apart, each under a name of its own', () => {
    const [same, other, random] = [views[0]!, views[1]!, views[3]!];
    const runs = [
      { view: same, person: 'Ada' },
      { view: same, person: 'Ben' },
      { view: other, person: 'Ada' },
      { view: random, person: 'Ada 2' },
      { view: other, person: 'LEMONADE' },
      { view: same },
      { view: other },
    ];
    const { groups } = compareRuns(labelled(runs, strategyTitles))!;
    expect(groups.map(({ label, runs }) => [label, runs.length])).toEqual([
      ['LEMONADE', 2],
      ...['Ada', 'Ben', 'Ada 2', 'Ada 2 2', 'LEMONADE 2'].map((name) => [name, 1]),
    ]);
    const drawn = frontsFigure(compareRuns(labelled(runs, strategyTitles))!, 'Digits', size, figureWords)!;
    for (const text of ['Ada', 'Ben', 'LEMONADE (2)'])
      expect(drawn.items).toContainEqual(expect.objectContaining({ kind: 'text', text }));
  });

  it('compares runs of equal seeds, whatever the order of the runs', () => {
    const shuffled = [4, 0, 2, 5, 1, 3].map((index) => views[index]!);
    const [verdict] = verdicts(compareRuns(labelled(bare(shuffled), strategyTitles))!, 'LEMONADE');
    const differences = seeds.map((_, i) => views[i]!.hypervolume - views[i + 3]!.hypervolume);
    const { mean, deviation } = summarise(differences);
    expect(verdict!.paired!.mean).toBeCloseTo(mean, 12);
    expect(verdict!.paired!.deviation).toBeCloseTo(deviation, 12);
    expect(verdict!.paired).toMatchObject({
      pairs: 3,
      ahead: differences.filter((d) => d > 0).length,
      exceedsSpread: Math.abs(mean) > deviation,
    });
    const other = viewWith({ seed: 9, strategy: 'random' });
    const unpaired = verdicts(
      compareRuns(labelled(bare([views[0]!, other]), strategyTitles))!,
      'LEMONADE',
    )[0]!;
    expect(unpaired.paired).toBeNull();
    expect(verdictText(unpaired)).not.toContain('Seed by seed');
  });

  it('says both verdicts in words, also where they disagree', () => {
    const difference = { difference: 0.02, spread: 0.05, exceedsSpread: false, above: 0.6 };
    const paired = { pairs: 3, mean: 0.02, deviation: 0.001, ahead: 3, behind: 0, exceedsSpread: true };
    expect(verdictText({ a: 'A', b: 'B', difference, paired })).toBe(
      'A is ahead of B by 0.0200: within the spread over seeds (0.0500), so no difference is shown. ' +
        'Seed by seed: +0.0200 ± 0.0010, ahead in 3 of 3: more than the spread of the differences.',
    );
    const within = { ...paired, mean: -0.02, deviation: 0.03, ahead: 1, behind: 2, exceedsSpread: false };
    expect(verdictText({ a: 'A', b: 'B', difference, paired: within })).toContain(
      'Seed by seed: −0.0200 ± 0.0300, ahead in 1 of 3: within the spread of the differences',
    );
  });

  it('names every pair once', () => {
    const three = compareRuns(
      labelled(bare([...views, viewWith({ seed: 1, strategy: 'nsga2' })]), strategyTitles),
    )!;
    expect(allVerdicts(three).map(({ a, b }) => `${a} / ${b}`)).toEqual([
      'LEMONADE / Random search',
      'LEMONADE / NSGA-II',
      'Random search / NSGA-II',
    ]);
    expect(pairsCsv(three).trimEnd().split('\r\n')).toHaveLength(1 + 3);
  });

  it('has contributions that leave what the front has without each member', () => {
    for (const { runs } of comparison.groups)
      for (const { front, contributions, hypervolume } of runs)
        front.forEach((_, index) => {
          const rest = front.toSpliced(index, 1).map(({ objectives }) => objectives);
          expect(contributions[index]).toBeCloseTo(
            hypervolume - hypervolumeShare(rest, comparison.bounds),
            10,
          );
        });
  });

  it('writes every member of a front and every corner of a surface', () => {
    const members = comparison.groups.flatMap(({ runs }) => runs.flatMap(({ front }) => front));
    expect(membersCsv(comparison).trimEnd().split('\r\n')).toHaveLength(1 + members.length);
    const corners = comparison.groups.flatMap(({ surfaces }) => Object.values(surfaces!).flat());
    expect(surfacesCsv(comparison).trimEnd().split('\r\n')).toHaveLength(1 + corners.length);
  });

  it('keeps two settings of one strategy apart', () => {
    const other = viewWith({ seed: 1, strategy: 'lemonade', imagesPerChild: 4000 });
    expect(labelled(bare([views[0]!, views[1]!, other]), strategyTitles).map(({ label }) => label)).toEqual([
      'LEMONADE',
      'LEMONADE',
      'LEMONADE 2',
    ]);
  });

  it('has no answer where runs share no two objectives', () => {
    const other = viewWith({ objectives: ['error', 'multiplyAdds'] });
    expect(compareRuns(labelled(bare([views[0]!, other]), strategyTitles))).toBeNull();
  });

  it('has, where a generation ends, the hypervolume that the run recorded there', () => {
    for (const view of views) {
      const points = hypervolumeCurve(view, view.bounds);
      points.reduce((before, point) => {
        expect(point.hypervolume).toBeGreaterThanOrEqual(before.hypervolume);
        expect(point.images).toBeGreaterThan(before.images);
        return point;
      });
      for (const { images, networks, hypervolume } of historyOf(view)) {
        expect(points[networks - 1]!.images).toBe(images);
        expect(points[networks - 1]!.hypervolume).toBeCloseTo(hypervolume, 12);
      }
    }
  });

  it('writes seconds only where they are asked for', () => {
    for (const write of [runsCsv, curvesCsv]) {
      expect(write(comparison, { seconds: true }).split('\r\n')[0]).toContain(',train_seconds,');
      const [timed, plain] = [true, false].map((seconds) =>
        write(comparison, { seconds })
          .trimEnd()
          .split('\r\n')
          .map((line) => line.split(',')),
      );
      const column = timed![0]!.indexOf('train_seconds');
      expect(plain).toEqual(timed!.map((cells) => cells.filter((_, index) => index !== column)));
    }
  });

  it('writes one line a run and one a network', () => {
    expect(runsCsv(comparison, { seconds: true }).trimEnd().split('\r\n')).toHaveLength(1 + 6);
    expect(curvesCsv(comparison, { seconds: false }).trimEnd().split('\r\n')).toHaveLength(
      1 + views.reduce((sum, { networks }) => sum + networks.size, 0),
    );
  });

  it.each([700, 360])('draws figures %i pixels wide whose numbers are finite and inside', (width) => {
    for (const figure of [hypervolumeFigure, attainmentFigure, frontsFigure]) {
      const drawing = figure(comparison, 'test & <data>', { ...size, width }, figureWords)!;
      const text = svgText(drawing);
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
      expect(text).toContain('test &amp; &lt;data&gt;');
      for (const item of drawing.items) {
        if (item.kind === 'path') {
          for (const [, x, y] of item.d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) {
            expect(Number(x)).toBeGreaterThanOrEqual(-0.1);
            expect(Number(x)).toBeLessThanOrEqual(width + 0.1);
            expect(Number(y)).toBeGreaterThanOrEqual(-0.1);
            expect(Number(y)).toBeLessThanOrEqual(size.height + 0.1);
          }
        } else {
          expect(item.x).toBeLessThanOrEqual(width);
          expect(item.y).toBeLessThanOrEqual(size.height);
        }
      }
    }
  });
});

it('keeps labels apart, in order and within bounds', () => {
  const placed = spreadLabels([50, 52, 51, 200], 15, 10, 190);
  expect(placed).toEqual([50, 80, 65, 190]);
});

describe('test errors', () => {
  const tested = (view: RunView, shift: number): ComparedRun => ({
    label: view.recipe.strategy,
    view,
    testErrors: new Map(view.front.map((id) => [id, view.networks.get(id)!.objectives.error! + shift])),
  });

  it('replace validation errors on the front that these chose', () => {
    const runs = [tested(views[0]!, 0.02), tested(views[3]!, 0)];
    const [a, b] = compareRuns(runs)!.groups;
    expect(b!.test!.hypervolume.mean).toBeCloseTo(b!.hypervolume.mean, 12);
    expect(a!.test!.hypervolume.mean).toBeLessThan(a!.hypervolume.mean);
    expect(a!.test!.lowestError.mean).toBeCloseTo(a!.lowestError.mean + 0.02, 12);
    const both = compareRuns(runs)!;
    const [withTest] = verdicts(both, 'lemonade', 'test');
    expect(withTest!.difference.difference).toBeCloseTo(
      a!.test!.hypervolume.mean - b!.test!.hypervolume.mean,
      12,
    );
    expect(pairsCsv(both)).toContain('\r\ntest,lemonade,random,');
  });

  it('count only where the whole front has them', () => {
    const whole = tested(views[0]!, 0);
    const part = { ...whole, testErrors: new Map([...whole.testErrors!].slice(1)) };
    const [group] = compareRuns([part])!.groups;
    expect(group!.test).toBeNull();
    expect(verdicts(compareRuns([part, tested(views[3]!, 0)])!, 'lemonade', 'test')).toEqual([]);
  });
});
