import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SearchEvent } from '../../src/core/search/events.ts';
import { presetRecipe } from '../../src/core/search/presets.ts';
import type { OwnFacts } from '../../src/datasets/own/own-set.ts';
import { openOwnSets, type OwnSetStore } from '../../src/storage/own-sets.ts';
import { openDatabase } from '../../src/storage/open.ts';
import { lockRun } from '../../src/storage/run-lock.ts';
import { openRunStore, type RunStore, type StoredRun } from '../../src/storage/runs.ts';

const recipe = presetRecipe('mnist');
const run = (id: string, updated = '2026-01-01T00:00:00Z'): StoredRun => ({
  ...{ id, name: id, recipe, created: '2026-01-01T00:00:00Z', updated, finished: false },
});
const event = (seconds: number): SearchEvent => ({ type: 'finished', reason: 'stopped', seconds });
const valueOf = async <T>(answer: Promise<{ ok: true; value: T } | { ok: false; reason: unknown }>) => {
  const given = await answer;
  if (!given.ok) throw new Error(String(given.reason));
  return given.value;
};

describe('the store of runs', () => {
  let store: RunStore;
  beforeEach(async () => (store = await valueOf(openRunStore('test-runs'))));
  afterEach(async () => {
    store.close();
    await deleteDB('test-runs');
  });

  it('gives a log back in its order, in whatever pieces it was written', async () => {
    await store.save(run('a'));
    await store.append('a', 0, [event(1), event(2)]);
    await store.append('a', 2, []);
    await store.append('a', 2, [event(3)]);
    const loaded = await valueOf(store.load('a'));
    expect(loaded?.events.map(({ seconds }) => (seconds as number) ?? 0)).toEqual([1, 2, 3]);
  });

  it('refuses what does not follow the stored log, as when two tabs write one run', async () => {
    await store.append('a', 0, [event(1), event(2)]);
    expect(await store.append('a', 1, [event(9)])).toEqual({ ok: false, reason: 'conflict' });
    expect(await store.append('a', 3, [event(9)])).toEqual({ ok: false, reason: 'conflict' });
    await store.replaceLog('a', [event(5)]);
    expect(await store.append('a', 1, [event(6)])).toEqual({ ok: true, value: null });
    await store.save(run('a'));
    const loaded = await valueOf(store.load('a'));
    expect(loaded?.events.map(({ seconds }) => seconds as number)).toEqual([5, 6]);
  });

  it('lists the newest first and leaves out what is no recipe', async () => {
    await store.save(run('old', '2026-01-01T00:00:00Z'));
    await store.save(run('new', '2026-02-01T00:00:00Z'));
    await store.save({ ...run('broken'), recipe: { batch: 0 } as never });
    expect((await valueOf(store.list())).map(({ id }) => id)).toEqual(['new', 'old']);
    expect(await valueOf(store.load('broken'))).toBeNull();
  });

  it('keeps evaluated and raw weights apart, and drops both', async () => {
    const [evaluated, raw] = [Float32Array.of(1, 2), Float32Array.of(3, 4)];
    await store.saveWeights('a', 1, evaluated, raw);
    await store.saveWeights('a', 2, evaluated, null);
    expect(await valueOf(store.loadWeights('a', 1))).toEqual(evaluated);
    expect(await valueOf(store.loadRaw('a', 1))).toEqual(raw);
    expect(await valueOf(store.loadRaw('a', 2))).toBeNull();
    expect(await valueOf(store.weightsOf('a'))).toEqual([1, 2]);
    await store.dropWeights('a', [1]);
    expect(await valueOf(store.weightsOf('a'))).toEqual([2]);
    expect(await valueOf(store.loadWeights('a', 1))).toBeNull();
    expect(await valueOf(store.loadRaw('a', 1))).toBeNull();
    expect(await valueOf(store.loadWeights('a', 2))).toEqual(evaluated);
  });

  it('keeps what finishing left apart from what was found, the last time in the place of an earlier one', async () => {
    await store.saveWeights('a', 1, Float32Array.of(1), null);
    await store.saveFinished('a', 1, Float32Array.of(2));
    await store.saveFinished('a', 1, Float32Array.of(3));
    expect(await valueOf(store.loadFinished('a', 1))).toEqual(Float32Array.of(3));
    expect(await valueOf(store.loadWeights('a', 1))).toEqual(Float32Array.of(1));
    expect(await valueOf(store.loadFinished('a', 2))).toBeNull();
  });

  it('removes all of one run and nothing of another', async () => {
    for (const id of ['a', 'b']) {
      await store.save(run(id));
      await store.append(id, 0, [event(1)]);
      await store.saveWeights(id, 1, Float32Array.of(1), Float32Array.of(2));
      await store.saveAfter(id, { testErrors: [], transfers: [] });
      await store.saveFinished(id, 1, Float32Array.of(3));
    }
    await store.remove('a');
    expect(await valueOf(store.load('a'))).toBeNull();
    expect(await valueOf(store.loadWeights('a', 1))).toBeNull();
    expect(await valueOf(store.loadAfter('a'))).toBeNull();
    expect(await valueOf(store.loadFinished('a', 1))).toBeNull();
    expect(await valueOf(store.loadFinished('b', 1))).toEqual(Float32Array.of(3));
    expect((await valueOf(store.load('b')))?.events).toHaveLength(1);
    expect(await valueOf(store.loadWeights('b', 1))).toEqual(Float32Array.of(1));
    expect(await valueOf(store.loadAfter('b'))).not.toBeNull();
  });

  it('says that it failed instead of throwing once it is closed', async () => {
    store.close();
    expect(await store.save(run('a'))).toEqual({ ok: false, reason: 'failed' });
  });
});

describe('runs that an older page stored', () => {
  it('are there, and can be finished', async () => {
    const old = await openDB('test-old', 3, {
      upgrade: (made) => {
        made.createObjectStore('runs', { keyPath: 'id' });
        for (const name of ['events', 'weights', 'after', 'raw']) made.createObjectStore(name);
      },
    });
    await old.put('runs', run('a'));
    await old.put('weights', Float32Array.of(1), ['a', 1]);
    old.close();
    const store = await valueOf(openRunStore('test-old'));
    await store.saveFinished('a', 1, Float32Array.of(2));
    expect((await valueOf(store.list())).map(({ id }) => id)).toEqual(['a']);
    expect(await valueOf(store.loadWeights('a', 1))).toEqual(Float32Array.of(1));
    expect(await valueOf(store.loadFinished('a', 1))).toEqual(Float32Array.of(2));
    store.close();
    await deleteDB('test-old');
  });
});

describe('a run that another tab may want', () => {
  it('is one tab’s at a time, and is let go on request', async () => {
    const first = await lockRun('x');
    expect(first).not.toBeNull();
    expect(await lockRun('x')).toBeNull();
    const taking = lockRun('x', true);
    await first!.lost;
    first!.release();
    expect(await taking).not.toBeNull();
    (await taking)!.release();
  });

  it('is taken from a tab that does not answer', async () => {
    const frozen = await lockRun('y');
    const taken = await lockRun('y', true);
    expect(taken).not.toBeNull();
    await frozen!.lost;
    taken!.release();
    const again = await lockRun('y');
    again!.release();
    expect(again).not.toBeNull();
  });
});

describe('storage that an older page holds', () => {
  it('is said to be blocked, not waited for', async () => {
    const request = indexedDB.open('test-blocked', 1);
    const old = await new Promise<IDBDatabase>((done) => (request.onsuccess = () => done(request.result)));
    const opened = await openDatabase('test-blocked', 2, () => {});
    expect(opened).toEqual({ ok: false, reason: 'blocked' });
    old.close();
    await deleteDB('test-blocked');
  });
});

describe('the store of own pictures', () => {
  let store: OwnSetStore;
  beforeEach(async () => (store = await valueOf(openOwnSets('test-sets'))));
  afterEach(async () => {
    store.close();
    await deleteDB('test-sets');
  });

  it('keeps facts and files of a set together, and removes both', async () => {
    const facts = { id: 'own-1', title: 'Cats', files: [{ path: 'own-1/train' }] } as unknown as OwnFacts;
    const files = new Map([['own-1/train', Uint8Array.of(1, 2, 3)]]);
    await store.save({ facts, files });
    expect((await valueOf(store.list())).map(({ title }) => title)).toEqual(['Cats']);
    expect(await valueOf(store.file('own-1/train'))).toEqual(Uint8Array.of(1, 2, 3));
    await store.remove(facts);
    expect(await valueOf(store.facts('own-1'))).toBeNull();
    expect(await valueOf(store.file('own-1/train'))).toBeNull();
  });
});
