import { describe, expect, it } from 'vitest';
import { fail } from '../../../src/core/result.ts';
import { seeded } from '../../../src/core/random.ts';
import type { SearchEvent } from '../../../src/core/search/events.ts';
import { applyEvents } from '../../../src/core/search/fold.ts';
import { jobsOf, type Job } from '../../../src/core/search/jobs.ts';
import * as loop from '../../../src/core/search/loop.ts';
import type { SearchState } from '../../../src/core/search/state.ts';
import { strategyKeys } from '../../../src/core/search/recipe.ts';
import { strategies } from '../../../src/core/search/strategies/strategies.ts';
import { driveSearch } from '../../support/drive-search.ts';
import { gridProblem, gridSetting } from '../../support/grid-problem.ts';
import { chiSquare, chiSquareLimit } from '../../support/statistics.ts';
import { driveNetworks, networkSetting } from '../../support/network-search.ts';

/** The log without the clock. */
const timeless = (events: readonly SearchEvent[]) => events.map((event) => ({ ...event, seconds: 0 }));

function begun(): SearchState {
  const { recipe, facts, seeds, problem } = gridSetting();
  return applyEvents(null, loop.begin(recipe, facts, seeds, problem), problem)!;
}

function seedsEvaluated(): SearchState {
  const { train, problem } = gridSetting();
  let state = begun();
  for (const job of jobsOf(state)) {
    const result = train(job, state);
    if (result.ok) state = applyEvents(state, [loop.evaluatedEvent(state, result.value)], problem)!;
  }
  return applyEvents(state, [loop.compete(state)], problem)!;
}

describe('the loop', () => {
  it('says what was expected when asked out of order', () => {
    const state = begun();
    expect(() => loop.propose(state, gridProblem)).toThrow(
      /propose.*phase train.*expected in phase propose/s,
    );
    expect(() => loop.sift(state)).toThrow(/sift.*expected in phase sift/s);
    expect(() => loop.compete(state)).toThrow(/results of 1, 2, 3, 4 were expected/);
    expect(() => loop.sift(seedsEvaluated())).toThrow(/phase propose/);
  });

  it('trains the starting networks first, from scratch', () => {
    const jobs = jobsOf(begun());
    expect(jobs.map(({ network, parent, inherits }) => [network, parent, inherits])).toEqual(
      [1, 2, 3, 4].map((id) => [id, null, false]),
    );
    expect(jobs.every(({ ownImages }) => ownImages === gridSetting().recipe.imagesPerSeed)).toBe(true);
  });

  it('keeps a state that is plain JSON', () => {
    const { state } = driveSearch(gridSetting({ generations: 3 }));
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  it.each(strategyKeys)('%s: resumed at any cut is the same as never interrupted', (strategy) => {
    const setting = gridSetting({ strategy, generations: 4, proposals: 10 });
    const whole = driveSearch(setting);
    for (let cut = 1; cut < whole.events.length; cut += 7) {
      const resumed = driveSearch(setting, whole.events.slice(0, cut));
      expect(timeless(resumed.events), `cut at ${cut}`).toEqual(timeless(whole.events));
    }
  });

  it('resumes a log that went through JSON', () => {
    const setting = networkSetting({ generations: 3 });
    const whole = driveSearch(setting);
    const stored = JSON.parse(JSON.stringify(whole.events.slice(0, 100))) as SearchEvent[];
    expect(driveSearch(setting, stored).state).toEqual(whole.state);
  });

  it('does not depend on the order in which children finish', () => {
    const setting = gridSetting({ generations: 6 });
    const random = seeded('order');
    const shuffled = driveSearch({ ...setting, finish: (jobs) => random.shuffle(jobs) });
    expect(shuffled.state).toEqual(driveSearch(setting).state);
  });

  it('gives other networks for another seed', () => {
    const chains = [1, 2].map((seed) => driveNetworks({ seed, generations: 2 }).state.networks.slice(4));
    expect(chains[0]).not.toEqual(chains[1]);
  });

  it('goes on without networks that failed', () => {
    const setting = gridSetting({ generations: 6 });
    const { state } = driveSearch({
      ...setting,
      train: (job, now) => (job.network % 3 === 0 ? fail({ code: 'diverged' }) : setting.train(job, now)),
    });
    expect(state.generation).toBe(6);
    const failed = state.networks.filter(({ status }) => status === 'failed');
    expect(failed.length).toBeGreaterThan(5);
    for (const { id } of failed) {
      expect(state.population).not.toContain(id);
      expect(state.networks.map(({ parent }) => parent)).not.toContain(id);
    }
  });

  it('is over when every starting network failed', () => {
    const { state } = driveSearch({ ...gridSetting(), train: () => fail({ code: 'no-trainer-left' }) });
    expect(state.networks).toHaveLength(4);
    expect(state.front).toEqual([]);
  });
});

describe('LEMONADE as in lemonade.md section 2', () => {
  const { events, state } = driveNetworks({ generations: 12, proposals: 20, accepted: 5 });

  it('proposes n_pc and trains n_ac children a generation, each proposal with its verdict', () => {
    for (let generation = 1; generation <= 12; generation++) {
      const proposed = events.filter((e) => e.type === 'proposed' && e.generation === generation);
      const candidates = proposed.filter((e) => e.type === 'proposed' && e.verdict === 'candidate');
      const accepted = events.filter((e) => e.type === 'accepted' && e.generation === generation);
      expect(proposed).toHaveLength(20);
      expect(accepted).toHaveLength(Math.min(5, candidates.length));
    }
  });

  it('estimates one density a generation, of the population it began with, for both draws', () => {
    let population: readonly number[] = [];
    for (const event of events) {
      if (event.type === 'competed') population = event.population;
      if (event.type !== 'generation' || event.density.kind === 'uniform') continue;
      const sizes = population.map((id) => [Math.log10(state.networks[id - 1]!.objectives.parameters!)]);
      expect(event.density.points).toEqual(sizes);
    }
  });

  it('draws parents from the population only', () => {
    let population: readonly number[] = [];
    for (const event of events) {
      if (event.type === 'competed') population = event.population;
      if (event.type === 'proposed') expect(population).toContain(event.parent);
    }
  });

  it('takes chains of 1 to 3 operators', () => {
    const lengths = events.flatMap((e) =>
      e.type === 'accepted' ? state.networks[e.network - 1]!.chain.length : [],
    );
    expect(new Set(lengths)).toEqual(new Set([1, 2, 3]));
  });

  it('keeps caps and floor, and never trains one network twice', () => {
    const { recipe } = state;
    const identities = state.networks.map((n) => networkSetting().problem.identity(n.architecture));
    expect(new Set(identities).size).toBe(identities.length);
    for (const { objectives, parent } of state.networks) {
      if (parent === null) continue;
      expect(objectives.parameters).toBeGreaterThanOrEqual(recipe.minParameters);
      expect(objectives.parameters).toBeLessThanOrEqual(recipe.maxParameters);
      expect(objectives.multiplyAdds).toBeLessThanOrEqual(recipe.maxMultiplyAdds);
    }
    const reasons = new Set(
      events.flatMap((e) => (e.type === 'proposed' && e.verdict === 'rejected' ? e.reason : [])),
    );
    expect(reasons).toContain('duplicate');
    expect(reasons).toContain('too-few-parameters');
  });

  it('has the non-dominated networks, of all it ever trained, as its population', () => {
    const better = (a: readonly number[], b: readonly number[]) =>
      a[0]! <= b[0]! && a[1]! <= b[1]! && (a[0]! < b[0]! || a[1]! < b[1]!);
    const all = state.networks.map(({ id, objectives }) => ({
      id,
      vector: [objectives.error!, objectives.parameters!],
    }));
    const front = all.filter(({ vector }) => !all.some((other) => better(other.vector, vector)));
    expect(state.population).toEqual(front.map(({ id }) => id));
    expect(state.front).toEqual(state.population);
  });

  it('never lets the hypervolume fall', () => {
    const shares = events.flatMap((event) => (event.type === 'competed' ? event.hypervolume : []));
    shares.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(shares[i]!));
  });

  it('counts what a child inherits along its line', () => {
    for (const { parent, inheritedImages } of state.networks) {
      const from = parent === null ? null : state.networks[parent - 1]!;
      expect(inheritedImages).toBe(from ? from.ownImages + from.inheritedImages : 0);
    }
    const scratch = driveNetworks({ strategy: 'lemonade-no-inheritance', generations: 3 }).state;
    expect(scratch.networks.every(({ inheritedImages }) => inheritedImages === 0)).toBe(true);
  });

  it('never shrinks a network without approximate morphisms', () => {
    const { networks } = driveNetworks({ strategy: 'lemonade-no-anm', generations: 6 }).state;
    const operators = new Set(networks.flatMap(({ chain }) => chain.map(({ operator }) => operator)));
    expect([...operators].sort()).toEqual(['deepen', 'skip', 'widen']);
  });
});

describe('the draws of LEMONADE itself', () => {
  const { state, events } = driveNetworks({ generations: 4 });
  const density = strategies.lemonade.density(state);
  const sizes = state.population.map((id) => state.networks[id - 1]!.objectives.parameters!);

  /** 1 / pKDE at each size, by the direct sum over the population's log sizes, as shares. */
  function exactShares(at: readonly number[]): number[] {
    if (density.kind !== 'kde') throw new Error('a density was expected');
    const [h] = density.bandwidths;
    const weights = at.map((size) => {
      const terms = sizes.map((own) => Math.exp(-0.5 * ((Math.log10(size) - Math.log10(own)) / h!) ** 2));
      return 1 / terms.reduce((a, b) => a + b);
    });
    const total = weights.reduce((a, b) => a + b);
    return weights.map((weight) => weight / total);
  }

  it('choose parents in proportion to 1 / pKDE of the population', () => {
    const counts = new Map(state.population.map((id) => [id, 0]));
    for (const id of strategies.lemonade.parents(state, density, 30_000, seeded('parents')))
      counts.set(id, counts.get(id)! + 1);
    expect(chiSquare([...counts.values()], exactShares(sizes))).toBeLessThan(
      chiSquareLimit(sizes.length - 1),
    );
  });

  it('accept children in proportion to 1 / the same pKDE, at the children', () => {
    const candidates = events.flatMap((event) =>
      event.type === 'proposed' && event.verdict === 'candidate' && event.generation === 4 ? [event] : [],
    );
    const shares = exactShares(candidates.map(({ cheap }) => cheap.parameters!));
    const counts = candidates.map(() => 0);
    const random = seeded('children');
    for (let n = 0; n < 30_000; n++) {
      const [first] = strategies.lemonade.accept(density, candidates, 4, random, state);
      expect(first!.probability).toBeCloseTo(shares[first!.index]!, 9);
      counts[first!.index]!++;
    }
    // Cells too rare for the statistic are taken together.
    const rare = shares.map((share) => share * 30_000 < 5);
    const merge = (values: readonly number[]) => [
      ...values.filter((_, i) => !rare[i]),
      values.reduce((sum, value, i) => sum + (rare[i] ? value : 0), 0),
    ];
    const [observed, expected] = [merge(counts), merge(shares)];
    if (expected.at(-1) === 0) [observed, expected].forEach((cells) => cells.pop());
    expect(chiSquare(observed, expected)).toBeLessThan(chiSquareLimit(expected.length - 1));
  });
});

describe('five objectives', () => {
  it('search, fall back until the density has networks enough, and give one front over all', () => {
    const setting = networkSetting({
      objectives: ['error', 'parameters', 'multiplyAdds', 'activationBytes', 'inferenceSeconds'],
      generations: 5,
    });
    const measure = (architecture: Job['architecture']) => 1e-4 * architecture.nodes.length;
    const seeds = setting.seeds.map((seed) => ({ ...seed, inferenceSeconds: measure(seed.architecture) }));
    const { state, events } = driveSearch({ ...setting, seeds, measure });
    const kinds = events.flatMap((event) => (event.type === 'generation' ? [event.density.kind] : []));
    expect(kinds[0]).toBe('uniform');
    expect(kinds.at(-1)).toBe('kde');
    expect(state.bounds).toHaveLength(5);
    expect(state.hypervolume).toBeGreaterThan(0);
    expect(state.hypervolume).toBeLessThan(1);
  });
});

describe('measured inference time', () => {
  const setting = () => ({
    ...networkSetting({ objectives: ['error', 'parameters', 'inferenceSeconds'], generations: 3 }),
    seeds: networkSetting().seeds.map((seed, i) => ({ ...seed, inferenceSeconds: 1e-3 * (i + 1) })),
    measure: (architecture: Job['architecture']) => 1e-4 * architecture.nodes.length,
  });

  it('goes into the log with the proposals, and into front and density', () => {
    const { state, events } = driveSearch(setting());
    for (const { objectives } of state.networks) expect(objectives.inferenceSeconds).toBeGreaterThan(0);
    const density = events.findLast((event) => event.type === 'generation');
    expect(density).toMatchObject({ density: { objectives: ['parameters', 'inferenceSeconds'] } });
  });

  it('is asked for before sifting', () => {
    const { measure: _, ...unmeasured } = setting();
    expect(() => driveSearch(unmeasured)).toThrow(/inference time of 1\.\d+ was expected/);
  });

  it('rejects what could not be measured', () => {
    const { problem, recipe, facts, seeds, train } = setting();
    let state = applyEvents(null, loop.begin(recipe, facts, seeds, problem), problem)!;
    for (const job of jobsOf(state)) {
      const result = train(job, state);
      if (result.ok) state = applyEvents(state, [loop.evaluatedEvent(state, result.value)], problem)!;
    }
    state = applyEvents(state, [loop.compete(state)], problem)!;
    state = applyEvents(state, loop.withMeasured(loop.propose(state, problem).events, new Map()), problem)!;
    expect(state.candidates).toEqual([]);
    expect(loop.sift(state)).toEqual([]);
    expect(loop.compete(state)).toMatchObject({ type: 'competed', joined: [], front: state.front });
  });
});
