import { expect, it } from 'vitest';
import { fail, ok, type Result } from '../../src/core/result.ts';
import type { NetworkId, SearchEvent } from '../../src/core/search/events.ts';
import { presetRecipe } from '../../src/core/search/presets.ts';
import type { Weights } from '../../src/core/architecture/weights.ts';
import type { StorageFailure } from '../../src/storage/attempt.ts';
import type { RunStore, StoredRun } from '../../src/storage/runs.ts';
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
  ({ ...{ type: 'competed', generation: 1, front, seconds: 1 } }) as unknown as SearchEvent;
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
  const failures: StorageFailure[] = [];
  const keeper = new RunKeeper(small.store, run, (failure) => failures.push(failure));
  small.refuses = 'failed';
  await keeper.log([progress(8), failed]);
  expect(failures).toEqual(['failed']);
  small.refuses = null;
  await keeper.log([competed([1])]);
  expect(small.log.map(({ type }) => type)).toEqual(['progress', 'failed', 'competed']);
});

it('makes room with networks off the front, and keeps in memory what does not fit', async () => {
  const small = new SmallStore(2);
  const failures: StorageFailure[] = [];
  const keeper = new RunKeeper(small.store, run, (failure) => failures.push(failure));
  await keeper.keepWeights(1, weights(1));
  await keeper.keepWeights(2, weights(2));
  await keeper.log([competed([2])]);
  await keeper.keepWeights(3, weights(3));
  expect([...small.kept.keys()]).toEqual([2, 3]);
  await keeper.log([competed([2, 3])]);
  await keeper.keepWeights(4, weights(4));
  expect(failures).toEqual(['full']);
  expect((await keeper.weights(4))?.evaluated[0]).toBe(4);
  expect((await keeper.weights(2))?.evaluated[0]).toBe(2);
  expect(await keeper.weights(1)).toBeNull();
});

it('keeps everything in memory where there is no store', async () => {
  const keeper = new RunKeeper(null, run, () => {});
  await keeper.log([failed]);
  await keeper.keepWeights(1, weights(1));
  expect((await keeper.weights(1))?.evaluated[0]).toBe(1);
  expect(await keeper.storedEvents()).toBeNull();
});
