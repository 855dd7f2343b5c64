import { describe, expect, it } from 'vitest';
import { compareRuns, imagesToReach, verdicts } from '../../../src/core/compare/comparison.ts';
import { svgText } from '../../../src/core/compare/drawing.ts';
import { attainmentFigure, frontsFigure, hypervolumeFigure } from '../../../src/core/compare/figures.ts';
import { labelled } from '../../../src/core/compare/labels.ts';
import { curvesCsv, runsCsv, verdictText } from '../../../src/core/compare/words.ts';
import { spreadLabels } from '../../../src/core/compare/axes.ts';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import type { Recipe } from '../../../src/core/search/recipe.ts';
import { driveNetworks } from '../../support/network-search.ts';

const viewWith = (recipe: Partial<Recipe>) =>
  viewOf(driveNetworks({ generations: 3, proposals: 8, accepted: 3, ...recipe }).events)!;

const seeds = [1, 2, 3];
const views = [
  ...seeds.map((seed) => viewWith({ seed, strategy: 'lemonade' })),
  ...seeds.map((seed) => viewWith({ seed, strategy: 'random' })),
];
const comparison = compareRuns(labelled(views))!;
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
        expect(curve).toHaveLength(4);
        expect(curve.at(-1)!.value).toBeCloseTo(hypervolume, 12);
      }
  });

  it('measures distances from the front of all runs: the run that alone makes it has none', () => {
    const alone = compareRuns(labelled(views.slice(0, 1)))!.groups[0]!;
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

  it('keeps two settings of one strategy apart', () => {
    const other = viewWith({ seed: 1, strategy: 'lemonade', imagesPerChild: 4000 });
    expect(labelled([views[0]!, views[1]!, other]).map(({ label }) => label)).toEqual([
      'LEMONADE',
      'LEMONADE',
      'LEMONADE 2',
    ]);
  });

  it('has no answer where runs share no two objectives', () => {
    const other = viewWith({ objectives: ['error', 'multiplyAdds'] });
    expect(compareRuns(labelled([views[0]!, other]))).toBeNull();
  });

  it('writes one line a run and one a generation', () => {
    expect(runsCsv(comparison).trimEnd().split('\r\n')).toHaveLength(1 + 6);
    expect(curvesCsv(comparison).trimEnd().split('\r\n')).toHaveLength(1 + 6 * 4);
  });

  it.each([700, 360])('draws figures %i pixels wide whose numbers are finite and inside', (width) => {
    for (const figure of [hypervolumeFigure, attainmentFigure, frontsFigure]) {
      const drawing = figure(comparison, 'test & <data>', { ...size, width })!;
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
