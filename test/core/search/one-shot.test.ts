import { describe, expect, it } from 'vitest';
import {
  choicesOf,
  isSupernet,
  pathCount,
  pathOf,
  type Choice,
} from '../../../src/core/architecture/supernet.ts';
import { supernets } from '../../../src/core/architecture/supernets.ts';
import type { Architecture } from '../../../src/core/architecture/types.ts';
import { hypervolumeShare } from '../../../src/core/metrics/hypervolume.ts';
import { ok } from '../../../src/core/result.ts';
import { verifyRun } from '../../../src/core/run-file/verify.ts';
import { jobsOf } from '../../../src/core/search/jobs.ts';
import { weightsNeeded } from '../../../src/core/search/loop.ts';
import { networkProblem } from '../../../src/core/search/network-problem.ts';
import type { ObjectiveValues } from '../../../src/core/search/objectives.ts';
import { plain, presetRecipe } from '../../../src/core/search/presets.ts';
import type { Recipe } from '../../../src/core/search/recipe.ts';
import { driveSearch, type Setting, type Train } from '../../support/drive-search.ts';

const facts = { height: 28, width: 28, channels: 1, classes: 10 };
const worth: Readonly<Record<Choice, number>> = { skip: 0, sep3: 0.06, conv3: 0.1, conv5: 0.13 };

/** Known for every path: each choice takes a share of the error away, less so at the later positions. */
function knownError(architecture: Architecture): number {
  let error = 0.9;
  for (const { id } of architecture.nodes) {
    const found = /^p(\d)-(sep3|conv3|conv5)$/.exec(id);
    if (found) error -= worth[found[2] as Choice] * (1 - 0.15 * Number(found[1]));
  }
  const stem = architecture.nodes.find(({ id }) => id === 'stem');
  return error - (stem?.kind === 'conv' ? 0.01 * stem.filters : 0);
}

const train: Train = (job) =>
  ok({
    network: job.network,
    // A supernet answers as its path of separable blocks.
    objectives: {
      error: knownError(
        isSupernet(job.architecture) ? pathOf(job.architecture, 0).network : job.architecture,
      ),
    },
    ownImages: job.ownImages,
    trainSeconds: 1,
  });

const starts = supernets(facts, 10);

function setting(recipe: Partial<Recipe> = {}): Setting {
  return {
    recipe: {
      ...{ ...presetRecipe('fashion'), ...plain, strategy: 'one-shot', seed: 7 },
      ...{ generations: 12, accepted: 1, imagesPerSeed: 4000, imagesPerChild: 1, starts: 'deep' },
      ...{ imagesFinal: 9000, finalists: 3, maxMultiplyAdds: 100_000_000, decay: 'search', averaging: 8 },
      ...recipe,
    },
    facts,
    seeds: starts.map((architecture) => ({ architecture, origin: 'trivial' })),
    problem: networkProblem,
    train,
  };
}

/** Objectives of every path of both supernets. */
const allPaths: readonly ObjectiveValues[] = starts.flatMap((one) =>
  Array.from({ length: pathCount }, (_, number) => {
    const { network } = pathOf(one, number);
    return { ...networkProblem.cheap(network), error: knownError(network) };
  }),
);

describe('one-shot search on paths whose errors are known', () => {
  it('comes near the front of all 512 paths after evaluating fewer than a third', () => {
    const { state } = driveSearch(setting());
    const fronts = state.front.map((id) => state.networks[id - 1]!.objectives);
    const legal = allPaths.filter(({ parameters }) => parameters! >= state.recipe.minParameters);
    const reached = hypervolumeShare(fronts, state.bounds) / hypervolumeShare(legal, state.bounds);
    const evaluated = state.networks.filter(({ generation }) => generation > 0 && generation <= 12);
    console.log(
      `one-shot: ${(100 * reached).toFixed(2)} % of the hypervolume with ${evaluated.length} paths`,
    );
    expect(evaluated.length).toBeLessThan((pathCount * 2) / 3);
    expect(reached).toBeGreaterThan(0.99);
    expect(state.front.some((id) => isSupernet(state.networks[id - 1]!.architecture))).toBe(false);
  });

  it('golden: a seed gives exactly this front', () => {
    const { state } = driveSearch(setting({ generations: 4 }));
    const named = state.networks
      .filter(({ generation, chain }) => generation > 0 && chain.length > 0)
      .filter(({ id }) => state.networks.some(({ parent, generation }) => parent === id && generation === 5))
      .map(
        ({ parent, chain: [step] }) => `${parent}: ${choicesOf((step as { path: number }).path).join(' ')}`,
      );
    expect(named).toMatchInlineSnapshot(`
      [
        "1: conv5 conv3 conv5 conv5",
        "2: sep3 sep3 skip sep3",
        "1: sep3 sep3 skip skip",
      ]
    `);
    expect(state.hypervolume).toMatchInlineSnapshot(`0.42668595842514095`);
  });

  it('gives paths no images, the front even shares of the rest, supernets all else', () => {
    const { state, events } = driveSearch(setting());
    const images = (generation: number) =>
      state.networks.filter((one) => one.generation === generation).map(({ ownImages }) => ownImages);
    expect(images(0)).toEqual([6006, 6006]);
    expect(images(3).length).toBeGreaterThan(0);
    expect(images(3).every((own) => own === 0)).toBe(true);
    expect(images(13)).toEqual([3000, 3000, 3000]);
    const last = state.networks.filter(({ generation }) => generation === 13);
    for (const { parent, inheritedImages } of last) {
      expect(state.networks[parent! - 1]!.ownImages).toBe(0);
      expect(inheritedImages).toBe(6006);
    }
    for (const claim of verifyRun(events))
      expect(claim, JSON.stringify(claim)).toMatchObject({ holds: true });
  });

  it('falls to rate 0 within the supernet and again within the last training', () => {
    const rates = new Set<string>();
    const own = setting({ generations: 1 });
    driveSearch({
      ...own,
      finish: (jobs) => {
        for (const job of jobs) if (job.ownImages > 0) rates.add(JSON.stringify(job.rates));
        return jobs;
      },
    });
    expect(rates.size).toBe(2);
    for (const span of rates) expect((JSON.parse(span) as { last: number }).last).toBe(0);
  });

  it('keeps the supernets’ weights as long as paths start from them, and goes on from a log as if never interrupted', () => {
    const whole = driveSearch(setting({ generations: 5 }));
    const half = whole.events.findIndex((event) => event.type === 'competed' && event.generation === 3);
    const again = driveSearch(setting({ generations: 5 }), whole.events.slice(0, half + 1));
    expect(again.events.map(({ seconds: _, ...event }) => event)).toEqual(
      whole.events.map(({ seconds: _, ...event }) => event),
    );
    expect(weightsNeeded({ ...whole.state })).toEqual(expect.arrayContaining([1, 2]));
    expect(jobsOf(whole.state)).toEqual([]);
  });

  it('goes on with one supernet where the other failed', () => {
    const own = setting({ generations: 3 });
    const { state } = driveSearch({
      ...own,
      train: (job, now) =>
        job.network === 1 ? { ok: false, reason: { code: 'diverged' } } : train(job, now),
    });
    expect(state.networks[0]!.status).toBe('failed');
    expect(state.networks.slice(2).every(({ generation, parent }) => generation > 3 || parent === 2)).toBe(
      true,
    );
    expect(state.front.length).toBeGreaterThan(1);
  });
});
