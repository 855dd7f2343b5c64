import { describe, expect, it } from 'vitest';
import {
  generationsOf,
  imagesPerNetwork,
  rateSpan,
  searchStarts,
  startsOf,
  totalImages,
} from '../../../src/core/search/budget.ts';
import type { jobsOf } from '../../../src/core/search/jobs.ts';
import { plain, presetRecipe } from '../../../src/core/search/presets.ts';
import {
  fixedKeys,
  inheritsWeights,
  isFixed,
  strategyKeys,
  type Recipe,
} from '../../../src/core/search/recipe.ts';
import { startingNetworksOf } from '../../../src/core/search/spaces.ts';
import { driveSearch } from '../../support/drive-search.ts';
import { networkSetting } from '../../support/network-search.ts';

const facts = { height: 28, width: 28, channels: 1, classes: 10 };
const recipe: Recipe = {
  ...presetRecipe('fashion'),
  ...plain,
  ...{ generations: 3, proposals: 12, accepted: 2, imagesPerChild: 100, imagesPerSeed: 500 },
  ...{ starts: 'deep', imagesFinal: 3000, finalists: 3, decay: 'search', averaging: 8 },
};
const total = 3 * 500 + 3 * 2 * 100 + 3000;

/** A driven run: every job that it asked for, and its events. */
function driven(changes: Partial<Recipe>) {
  const own = { ...recipe, ...changes };
  const seeds = startingNetworksOf(own, facts).map((architecture) => ({
    architecture,
    origin: 'trivial' as const,
  }));
  const setting = { ...networkSetting(own), seeds };
  const jobs: ReturnType<typeof jobsOf>[number][] = [];
  const { state } = driveSearch({
    ...setting,
    finish: (asked) => {
      jobs.push(...asked);
      return setting.finish?.(asked) ?? asked;
    },
  });
  return { jobs, state };
}

describe('the budget', () => {
  it('is the same for every strategy', () => {
    for (const strategy of strategyKeys) {
      expect(totalImages({ ...recipe, strategy })).toBe(total);
      const { jobs } = driven({ strategy });
      const asked = jobs.reduce((sum, { ownImages }) => sum + ownImages, 0);
      // What cannot be divided is lost; so is a proposal too few.
      expect(asked, strategy).toBeLessThanOrEqual(total);
      expect(asked, strategy).toBeGreaterThan(0.9 * total);
    }
  });

  it('is all for the networks themselves where there is no search', () => {
    for (const strategy of fixedKeys) {
      const count = startsOf({ ...recipe, strategy });
      expect(generationsOf({ ...recipe, strategy })).toBe(0);
      expect(imagesPerNetwork({ ...recipe, strategy }, 0, count)).toBe(Math.floor(total / count));
    }
    expect(startsOf({ ...recipe, strategy: 'starts-only' })).toBe(searchStarts(recipe));
  });
});

describe('the last generation', () => {
  it('trains members of the front as they are and new children, and shares all its images out among them', () => {
    const { state, jobs } = driven({ proposals: 150, finalists: 8 });
    const last = state.networks.filter(({ generation }) => generation === 4);
    expect(state.generation).toBe(4);
    expect(last.length).toBeGreaterThan(0);
    const isMember = ({ chain }: (typeof last)[number]) => chain.length === 0;
    const parentOf = ({ parent }: (typeof last)[number]) => state.networks[parent! - 1]!;
    // Starting networks that are still on the front are trained besides.
    const starts = last.filter((one) => isMember(one) && parentOf(one).generation === 0);
    expect(last.length).toBeLessThanOrEqual(8 + starts.length);
    for (const one of last.filter(isMember)) expect(one.architecture).toEqual(parentOf(one).architecture);
    for (const one of last) expect(parentOf(one).status).toBe('evaluated');
    expect(last.some(isMember)).toBe(true);
    expect(last.some((one) => !isMember(one))).toBe(true);
    const asked = jobs.filter(({ network }) => last.some(({ id }) => id === network));
    expect(asked.map(({ ownImages }) => ownImages)).toEqual(last.map(({ images }) => images));
    const sum = asked.reduce((total, { ownImages }) => total + ownImages, 0);
    expect(sum).toBeLessThanOrEqual(3000);
    expect(sum).toBeGreaterThan(3000 - last.length);
  });

  it('is missing where nothing can be trained on', () => {
    for (const strategy of strategyKeys) {
      const has = inheritsWeights[strategy] && !isFixed(strategy) && strategy !== 'lemonade-paper';
      const generations = isFixed(strategy) ? 0 : has ? 4 : 3;
      expect(generationsOf({ ...recipe, strategy }), strategy).toBe(generations);
    }
  });
});

describe('one rate over the whole search', () => {
  it('falls without a step from 1 to 0, whatever is born when', () => {
    const { state } = driven({});
    const spans = [0, 1, 2, 3, 4].map((generation) => rateSpan(state, generation)!);
    expect(spans[0]!.first).toBe(1);
    expect(spans[4]!.last).toBe(0);
    spans.slice(1).forEach(({ first }, i) => expect(first).toBeCloseTo(spans[i]!.last, 12));
    expect(spans[0]!.last).toBeCloseTo(1 - 1500 / total, 12);
  });

  it('is a whole line for what is trained in one piece, and none for the method as published', () => {
    for (const strategy of strategyKeys) {
      const { jobs } = driven({ strategy });
      const shared = inheritsWeights[strategy] && !isFixed(strategy);
      const whole = jobs.every(({ rates }) => rates?.first === 1 && rates.last === 0);
      if (strategy === 'lemonade-paper') expect(jobs.every(({ rates }) => rates === null)).toBe(true);
      else expect(whole, strategy).toBe(!shared);
      const averaging = strategy === 'lemonade-paper' ? 0 : 8;
      expect(
        jobs.every((job) => job.averaging === averaging),
        strategy,
      ).toBe(true);
    }
  });
});
