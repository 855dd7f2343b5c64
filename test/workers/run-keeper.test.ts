import { expect, it } from 'vitest';
import { fail, ok, type Result } from '../../src/core/result.ts';
import type { NetworkId, SearchEvent } from '../../src/core/search/events.ts';
import { presetRecipe } from '../../src/core/search/presets.ts';
import type { Weights } from '../../src/core/architecture/weights.ts';
import type { StorageFailure } from '../../src/storage/attempt.ts';
import type { RunStore, StoredRun } from '../../src/storage/runs.ts';
import { sampleRunFile } from '../support/run-files.ts';
import { RunKeeper } from '../../src/workers/run-keeper.ts';

const run: StoredRun = {
  ...{ id: 'a', name: 'A run', recipe: presetRecipe('mnist'), finished: false },
  ...{ created: '2026-01-01T00:00:00Z', updated: '2026-01-01T00:00:00Z' },
};
const progress = (images: number) =>
  ({ type: 'progress', network: 1, images, loss: 1, rate: 0.1, seconds: 0 }) as unknown as SearchEvent;
const failed: SearchEvent = {
  type: 'failed',
  network: 1,
  reason: 'diverged',
  images: 8,
  seconds: 1,
} as never;
const competed = (front: readonly NetworkId[]) =>
  ({
    ...{ type: 'competed', generation: 1, front, population: front, seconds: 1 },
  }) as unknown as SearchEvent;
const evaluated = (network: NetworkId) =>
  ({ type: 'evaluated', network, seconds: 1 }) as unknown as SearchEvent;
const weights = (value: number) => ({ evaluated: Float32Array.of(value), raw: null });

/** A store in memory with room for so many networks; `refuses` makes every write fail. */
class SmallStore {
  log: SearchEvent[] = [];
  saved: StoredRun[] = [];
  readonly kept = new Map<NetworkId, Weights>();
  refuses: StorageFailure | null = null;
  readonly room: number;

  constructor(room = Infinity) {
    this.room = room;
  }

  readonly #done = (act: () => void): Promise<Result<null, StorageFailure>> => {
    if (this.refuses) return Promise.resolve(fail(this.refuses));
    act();
    return Promise.resolve(ok(null));
  };

  readonly store = {
    save: (run: StoredRun) => this.#done(() => this.saved.push(run)),
    append: (_: string, sequence: number, events: readonly SearchEvent[]) =>
      this.#done(() => (this.log = [...this.log.slice(0, sequence), ...events])),
    saveWeights: (_: string, network: NetworkId, value: Weights) =>
      this.kept.size >= this.room
        ? Promise.resolve(fail('full' as const))
        : this.#done(() => this.kept.set(network, value)),
    loadWeights: (_: string, network: NetworkId) => Promise.resolve(ok(this.kept.get(network) ?? null)),
    loadRaw: () => Promise.resolve(ok(null)),
    load: () => Promise.resolve(ok({ run: this.saved.at(-1), events: this.log })),
    weightsOf: () => Promise.resolve(ok([...this.kept.keys()])),
    replaceLog: (_: string, events: readonly SearchEvent[]) => this.#done(() => (this.log = [...events])),
    dropWeights: (_: string, networks: readonly NetworkId[]) =>
      this.#done(() => networks.forEach((network) => this.kept.delete(network))),
  } as unknown as RunStore;
}

it('writes the log at boundaries only, so that a cut one can be gone on from', async () => {
  const small = new SmallStore();
  const keeper = new RunKeeper(small.store, run, () => {});
  await keeper.log([progress(8), progress(16)]);
  expect(small.log).toEqual([]);
  await keeper.log([failed, progress(8)]);
  expect(small.log.map(({ type }) => type)).toEqual(['progress', 'progress', 'failed', 'progress']);
  await keeper.log([{ type: 'finished', reason: 'done', seconds: 2 } as never]);
  expect(small.log).toHaveLength(5);
  expect(small.saved.at(-1)?.finished).toBe(true);
});

it('writes what could not be written with what comes next, in order and once', async () => {
  const small = new SmallStore();
  const failures: (string | null)[] = [];
  const keeper = new RunKeeper(small.store, run, (failure) => failures.push(failure));
  small.refuses = 'failed';
  await keeper.log([progress(8), failed]);
  expect(failures).toEqual(['failed']);
  small.refuses = null;
  await keeper.log([competed([1])]);
  expect(small.log.map(({ type }) => type)).toEqual(['progress', 'failed', 'competed']);
});

it('makes room only with networks that have competed and lost, and keeps in memory what does not fit', async () => {
  const small = new SmallStore(2);
  const failures: (string | null)[] = [];
  const keeper = new RunKeeper(small.store, run, (failure) => failures.push(failure));
  const train = async (network: NetworkId) => {
    await keeper.keepWeights(network, weights(network));
    await keeper.log([evaluated(network)]);
  };
  await train(1);
  await train(2);
  await keeper.log([competed([2])]);
  await train(3);
  expect([...small.kept.keys()]).toEqual([2, 3]);
  // 3 is not on the last front, but it has not competed yet.
  await train(4);
  expect(failures).toEqual(['full']);
  expect([...small.kept.keys()]).toEqual([2, 3]);
  expect((await keeper.weights(4))?.evaluated[0]).toBe(4);
  await keeper.log([competed([3, 4])]);
  // 2 has lost: what was in memory is written now, and said to be.
  expect([...small.kept.keys()]).toEqual([3, 4]);
  expect(failures).toEqual(['full', null]);
  expect(await keeper.weights(2)).toBeNull();
});

it('knows after a resume which networks are needed', async () => {
  const { events } = sampleRunFile().file;
  const trained = events.flatMap((event) => (event.type === 'evaluated' ? [event.network] : []));
  const store = new SmallStore(trained.length);
  const first = new RunKeeper(store.store, run, () => {});
  for (const network of trained) await first.keepWeights(network, weights(network));
  await first.log(events);
  const resumed = new RunKeeper(store.store, run, () => {});
  expect(await resumed.storedEvents()).toHaveLength(events.length);
  const last = events.findLast((event) => event.type === 'competed');
  const needed = last?.type === 'competed' ? [...new Set([...last.front, ...last.population])] : [];
  await resumed.keepWeights(999, weights(999));
  expect([...store.kept.keys()].sort((a, b) => a - b)).toEqual([...needed, 999].sort((a, b) => a - b));
});

it('goes on from what is sound of a damaged log, and drops the rest', async () => {
  const small = new SmallStore();
  const { events } = sampleRunFile().file;
  small.saved = [run];
  const second = events.findIndex((event) => event.type === 'competed' && event.generation === 1);
  small.log = [...events.slice(0, second + 3), ...events.slice(second)];
  const keeper = new RunKeeper(small.store, run, () => {});
  expect(await keeper.storedEvents()).toHaveLength(second + 1);
  expect(small.log).toHaveLength(second + 1);
});

it('keeps what was searched after the end of a run that was gone on with', async () => {
  const small = new SmallStore();
  const { events } = sampleRunFile().file;
  small.saved = [run];
  const first = events.findIndex((event) => event.type === 'competed' && event.generation === 1);
  const end: SearchEvent = { type: 'finished', reason: 'budget', seconds: events[first]!.seconds };
  small.log = [...events.slice(0, first + 1), end, ...events.slice(first + 1)];
  const keeper = new RunKeeper(small.store, run, () => {});
  expect(await keeper.storedEvents()).toEqual(events);
  expect(small.log).toEqual(events);
});

it('tells that another tab has gone on with the run', async () => {
  const failures: (string | null)[] = [];
  const append = () => Promise.resolve(fail('conflict' as const));
  const store = { ...new SmallStore().store, append } as unknown as RunStore;
  const keeper = new RunKeeper(store, run, (failure) => failures.push(failure));
  await keeper.log([failed]);
  expect(failures).toEqual(['conflict']);
});

it('keeps everything in memory where there is no store', async () => {
  const keeper = new RunKeeper(null, run, () => {});
  await keeper.log([failed]);
  await keeper.keepWeights(1, weights(1));
  expect((await keeper.weights(1))?.evaluated[0]).toBe(1);
  expect(await keeper.storedEvents()).toBeNull();
});
