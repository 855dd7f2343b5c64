import { describe, expect, it } from 'vitest';
import { verifyRun } from '../../../src/core/run-file/verify.ts';
import { applyEvents } from '../../../src/core/search/fold.ts';
import { jobsOf, jobsAhead, type Job } from '../../../src/core/search/jobs.ts';
import * as loop from '../../../src/core/search/loop.ts';
import { overlaps, strategyKeys, type Recipe } from '../../../src/core/search/recipe.ts';
import { driveSearch } from '../../support/drive-search.ts';
import { driveNetworks, networkSetting } from '../../support/network-search.ts';

const overlapping: Partial<Recipe> = {
  ...{ overlap: 1, generations: 6, proposals: 20, accepted: 4 },
  ...{ imagesFinal: 2000, finalists: 4, density: 'whitened', decay: 'search' },
};

/** Of every generation of a run: its jobs, and what was known of the next one's while they trained. */
function jobsByGeneration(recipe: Partial<Recipe>) {
  const setting = networkSetting(recipe);
  const { events } = driveSearch(setting);
  const seen = new Map<number, { jobs: readonly Job[]; ahead: readonly Job[] }>();
  let state = applyEvents(null, events.slice(0, 1), setting.problem)!;
  for (const event of events.slice(1)) {
    const begins = event.type === 'progress' && !seen.has(state.generation);
    if (begins)
      seen.set(state.generation, {
        jobs: jobsOf(state),
        ahead: jobsAhead(state, setting.problem),
      });
    state = applyEvents(state, [event], setting.problem)!;
  }
  return seen;
}

describe('generations that overlap', () => {
  it('are known, job for job, while the one before trains', () => {
    const seen = jobsByGeneration(overlapping);
    expect([...seen.keys()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const generation of [1, 2, 3, 4, 5]) {
      const { ahead } = seen.get(generation)!;
      expect(ahead.length).toBeGreaterThan(0);
      expect(ahead).toEqual(seen.get(generation + 1)!.jobs);
    }
  });

  it('never are the first, which needs the starting networks, or the last, which trains the front on', () => {
    const seen = jobsByGeneration(overlapping);
    expect([0, 6, 7].map((generation) => seen.get(generation)!.ahead)).toEqual([[], [], []]);
  });

  it('are drawn from the population of one generation before', () => {
    const { events } = driveNetworks(overlapping);
    const populations = events.flatMap((event) => (event.type === 'competed' ? [event.population] : []));
    for (const event of events) {
      if (event.type !== 'proposed' || event.generation > 6) continue;
      expect(populations[Math.max(0, event.generation - 2)]).toContain(event.parent);
    }
    expect(populations[1]).not.toEqual(populations[2]);
  });

  it('keep the weights that the next one may inherit', () => {
    const setting = networkSetting(overlapping);
    const { events } = driveSearch(setting);
    let state = applyEvents(null, events.slice(0, 1), setting.problem)!;
    let needed: readonly number[] = [];
    for (const event of events.slice(1)) {
      if (event.type === 'accepted') {
        const { parent } = state.candidates.find(({ proposal }) => proposal === event.proposal)!;
        expect(needed).toContain(parent);
      }
      state = applyEvents(state, [event], setting.problem)!;
      if (event.type === 'competed') needed = loop.weightsNeeded(state);
    }
  });

  it('verify: the seed gives the same children again, and others than without', () => {
    const { events } = driveNetworks(overlapping);
    expect(verifyRun(events).filter(({ holds }) => !holds)).toEqual([]);
    const plainly = events.map((event) =>
      event.type === 'started' ? { ...event, recipe: { ...event.recipe, overlap: 0 } } : event,
    );
    expect(verifyRun(plainly).find(({ key }) => key === 'draws')!.holds).toBe(false);
  });

  it('are LEMONADE’s only, and not those of the paper', () => {
    const able = strategyKeys.filter((strategy) => overlaps({ strategy, overlap: 1 }));
    expect(able).toEqual(['lemonade', 'lemonade-no-anm', 'lemonade-no-inheritance', 'lemonade-uniform']);
    expect(overlaps({ strategy: 'lemonade', overlap: 0 })).toBe(false);
    expect(jobsByGeneration({ ...overlapping, overlap: 0 }).get(2)!.ahead).toEqual([]);
  });
});
