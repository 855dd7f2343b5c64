import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../src/core/compare/comparison.ts';
import { svgText } from '../../../src/core/compare/drawing.ts';
import { frontsFigure, hypervolumeFigure } from '../../../src/core/compare/figures.ts';
import { digestOf, frontOf, type FrontDigest } from '../../../src/core/compare/front-only.ts';
import { labelled } from '../../../src/core/compare/labels.ts';
import { imagesToReach, verdicts } from '../../../src/core/compare/verdicts.ts';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import { figureWords } from '../../../src/app/text/en/compare.ts';
import { strategyTitles } from '../../../src/app/text/en/settings.ts';
import { driveNetworks } from '../../support/network-search.ts';

const whole = viewOf(driveNetworks({ generations: 3, proposals: 8, accepted: 3, seed: 1 }).events)!;
const digest = digestOf(whole, 'Ada');
const size = { width: 700, height: 300 };

describe('a run as no more than its front', () => {
  it('has the values, the box and the hypervolume of the run, to the last digit', () => {
    const { name, view } = frontOf(JSON.parse(JSON.stringify(digest)))!;
    expect(name).toBe('Ada');
    expect(view.recipe).toEqual(whole.recipe);
    expect(view.bounds).toEqual(whole.bounds);
    expect(view.imagesSeen).toBe(whole.imagesSeen);
    expect(view.hypervolume).toBeCloseTo(whole.hypervolume, 12);
    const valuesOf = ({ front, networks }: typeof view) =>
      front.map((id) => whole.recipe.objectives.map((key) => networks.get(id)!.objectives[key]));
    expect(valuesOf(view)).toEqual(valuesOf(whole));
  });

  it('is compared beside whole runs under a name of its own, and has no curve', () => {
    const bare = frontOf(digest)!.view;
    const runs = labelled([{ view: whole }, { view: bare }], strategyTitles, (title) => `${title}, alone`);
    const comparison = compareRuns(runs)!;
    expect(comparison.groups.map(({ label }) => label)).toEqual(['LEMONADE', 'LEMONADE, alone']);
    const [first, second] = comparison.groups;
    expect(second!.hypervolume.mean).toBe(first!.hypervolume.mean);
    expect(second!.runs[0]!.curve).toEqual([]);
    expect(imagesToReach(first!, second!)).toBeNull();
    expect(verdicts(comparison, 'LEMONADE')[0]!.difference.difference).toBe(0);
    expect(svgText(hypervolumeFigure(comparison, 'digits', size, figureWords))).not.toContain('alone');
    expect(svgText(frontsFigure(comparison, 'digits', size, figureWords)!)).toContain('LEMONADE, alone<');
  });

  it.each<[string, (good: FrontDigest) => unknown]>([
    ['not an object', () => 7],
    ['a key that nobody knows', (good) => ({ ...good, x: 1 })],
    ['no network', (good) => ({ ...good, f: [] })],
    ['a recipe of nonsense', (good) => ({ ...good, r: 'dataset=moon' })],
    ['values of another recipe', (good) => ({ ...good, f: good.f.map((each) => each.slice(1)) })],
    ['an error above 1', (good) => ({ ...good, f: [good.f[0]!.map(() => 1.5)] })],
    ['a size below nothing', (good) => ({ ...good, f: [good.f[0]!.map(() => -3)] })],
    ['a box without room', (good) => ({ ...good, b: good.b.map(([low]) => [low, low]) })],
    ['a name without end', (good) => ({ ...good, n: 'a'.repeat(1000) })],
    ['images that are none', (good) => ({ ...good, i: 0.5 })],
  ])('is refused: %s', (_, change) => {
    expect(frontOf(change(digest))).toBeNull();
  });

  it('leaves out what another of its networks dominates', () => {
    const worse = digest.f[0]!.map((value) => value + (value < 1 ? (1 - value) / 2 : 5));
    expect(frontOf({ ...digest, f: [...digest.f, worse] })!.view.front).toHaveLength(digest.f.length);
  });
});
