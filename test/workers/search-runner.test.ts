import { describe, expect, it } from 'vitest';
import type { SearchEvent } from '../../src/core/search/events.ts';
import { generationsOf, totalImages } from '../../src/core/search/budget.ts';
import { plain, presetRecipe } from '../../src/core/search/presets.ts';
import { fixedKeys, type Recipe } from '../../src/core/search/recipe.ts';
import { searchInNode, testErrorsInNode } from '../../scripts/node-search.ts';
import { networkCost } from '../../src/core/architecture/cost.ts';
import { trivialNetworks } from '../../src/core/architecture/starting-networks.ts';
import { inTrainingOrder } from '../../src/workers/search-runner.ts';

const recipe: Recipe = {
  ...presetRecipe('digits'),
  seed: 7,
  generations: 3,
  proposals: 12,
  accepted: 3,
  imagesPerChild: 320,
  imagesPerSeed: 320,
  imagesDistilled: 64,
  backend: 'wasm',
};

/** What must not depend on order or interruption: everything but clocks and interleaving. */
const essence = (events: readonly SearchEvent[]) => {
  const competed = events.filter((event) => event.type === 'competed').map(({ seconds: _, ...rest }) => rest);
  const evaluated = events
    .filter((event) => event.type === 'evaluated')
    .map(({ seconds: _, trainSeconds: __, ...rest }) => rest)
    .sort((a, b) => a.network - b.network);
  return { competed, evaluated };
};

/** All that is ours: one rate over the search, averages, a last generation. */
const ours: Recipe = {
  ...{ ...recipe, starts: 'deep', decay: 'search', averaging: 8, imagesFinal: 1280, finalists: 3 },
  ...{ density: 'whitened', bandwidth: 0.5 },
};

describe.each([
  ['in its plain form', { ...recipe, ...plain }],
  ['with all that is ours', ours],
  ['with generations that overlap', { ...ours, overlap: 1 }],
] as const)('a whole search on the real engine, %s', (_, recipe) => {
  it('gives the same front whatever order its children are trained in', async () => {
    const forward = await searchInNode(recipe);
    const backward = await searchInNode(recipe, { reverse: true });
    expect(forward.state.front.length).toBeGreaterThanOrEqual(2);
    expect(essence(backward.events)).toEqual(essence(forward.events));
  });

  it('gives the same front when it is cut in mid-generation and gone on with', async () => {
    const whole = await searchInNode(recipe);
    const children = whole.events.filter((event) => event.type === 'evaluated').map((event) => event.network);
    const cutAfter = whole.events.findIndex(
      (event) => event.type === 'evaluated' && event.network === children[children.length - 2],
    );
    const before = whole.events.slice(0, cutAfter + 1);
    const known = new Set(before.flatMap((event) => (event.type === 'evaluated' ? [event.network] : [])));
    const weights = new Map([...whole.kept].filter(([network]) => known.has(network)));
    const resumed = await searchInNode(recipe, { resume: { events: before, weights } });
    expect(essence(resumed.events)).toEqual(essence(whole.events));
  });

  it.each(fixedKeys)(
    'trains the networks of %s and nothing else, each on an equal part of the whole budget',
    async (strategy) => {
      const small = { ...recipe, strategy, maxMultiplyAdds: 100_000 };
      const { events, state, weights } = await searchInNode(small);
      expect(state.networks.length).toBeGreaterThan(2);
      const each = Math.floor(totalImages(small) / state.networks.length);
      for (const { parent, status, ownImages, inheritedImages } of state.networks)
        expect({ parent, status, ownImages, inheritedImages }).toEqual({
          parent: null,
          status: 'evaluated',
          ownImages: each,
          inheritedImages: 0,
        });
      expect(events.filter(({ type }) => type === 'competed')).toHaveLength(1);
      const front = state.front.map((id) => ({ ...state.networks[id - 1]!, weights: weights.get(id)! }));
      const tested = await testErrorsInNode('digits', front);
      expect([...tested.keys()]).toEqual(state.front);
      for (const error of tested.values()) {
        expect(error).toBeGreaterThan(0);
        expect(error).toBeLessThan(0.95);
      }
    },
  );

  it('is not finished but fails, with the reason, where every starting network does', async () => {
    const failing = { ...recipe, rate: 10, weightDecay: 1, batch: 2 };
    const { events, ended } = await searchInNode(failing);
    const starts = events.filter(({ type }) => type === 'seeded');
    expect(events.filter(({ type }) => type === 'failed')).toHaveLength(starts.length);
    expect(events.at(-1)?.type).toBe('competed');
    expect(ended).toEqual({ ok: false, reason: { code: 'every-start-failed', cause: { code: 'diverged' } } });
    const again = await searchInNode(failing, { resume: { events, weights: new Map() } });
    expect(again.ended).toEqual(ended);
    expect(again.events).toEqual(events);
  });

  it('never lets the hypervolume fall, and every front member is non-dominated', async () => {
    const { events, state } = await searchInNode({ ...recipe, seed: 8 });
    const volumes = events.flatMap((event) => (event.type === 'competed' ? [event.hypervolume] : []));
    expect(volumes).toHaveLength(generationsOf(recipe) + 1);
    volumes.reduce((before, now) => (expect(now).toBeGreaterThanOrEqual(before), now));
    for (const id of state.front) {
      const own = state.networks[id - 1]!.objectives;
      const better = state.networks.filter(
        ({ status, objectives }) =>
          status === 'evaluated' &&
          objectives.error! < own.error! &&
          objectives.parameters! < own.parameters!,
      );
      expect(better).toEqual([]);
    }
  });
});

describe('the order in which the children of a generation start', () => {
  it('is the lightest, then the heaviest first, and the same network first among equals', () => {
    const architectures = trivialNetworks({ height: 28, width: 28, channels: 1 }, 10);
    const jobs = [...architectures, architectures[1]!].map((architecture, index) => ({
      network: index + 1,
      parent: null,
      inherits: false,
      chain: [],
      architecture,
      ...{ ownImages: 100, inheritedImages: 0, rates: null, averaging: 0 },
    }));
    const ordered = inTrainingOrder(jobs);
    const work = ordered.map(({ architecture }) => networkCost(architecture).multiplyAdds);
    expect(work[0]).toBe(Math.min(...work));
    expect(work.slice(1)).toEqual(work.slice(1).sort((a, b) => b - a));
    const equal = ordered.filter(({ architecture }) => architecture === architectures[1]);
    expect(equal.map(({ network }) => network)).toEqual([2, 5]);
    expect(ordered.map(({ network }) => network)).not.toEqual(jobs.map(({ network }) => network));
  });
});
