import type { DBSchema, IDBPDatabase } from 'idb';
import { fail, ok, type Result } from '../core/result.ts';
import type { AfterSearch } from '../core/run-file/after-search.ts';
import type { RunDataset } from '../core/run-file/schema.ts';
import type { NetworkId, SearchEvent } from '../core/search/events.ts';
import { storedRecipe } from '../core/search/recipe-check.ts';
import type { Recipe } from '../core/search/recipe.ts';
import type { Weights } from '../core/architecture/weights.ts';
import { attempt, attemptRead, committed, type StorageFailure } from './attempt.ts';
import { openDatabase } from './open.ts';

/** What is listed of a stored run without reading its log. */
export interface StoredRun {
  readonly id: string;
  readonly name: string;
  readonly recipe: Recipe;
  /** ISO 8601. */
  readonly created: string;
  readonly updated: string;
  readonly finished: boolean;
  /** Backend and device the run was made on; plain JSON. */
  readonly device?: unknown;
  /** Where a forked run comes from. */
  readonly origin?: string;
  /** What its own pictures are, for when these are deleted; runs of older pages do not say. */
  readonly dataset?: RunDataset;
}

interface Schema extends DBSchema {
  runs: { key: string; value: StoredRun };
  /** The log in appended pieces; key [run, sequence of its first event]. */
  events: { key: [string, number]; value: readonly SearchEvent[] };
  /** Those evaluated. */
  weights: { key: [string, NetworkId]; value: Weights };
  /** Those that children inherit, where they are others; since version 3. */
  raw: { key: [string, NetworkId]; value: Weights };
  /** Since version 2; by run. */
  after: { key: string; value: AfterSearch };
  /** What the last finishing of a network's training left; since version 4. */
  finished: { key: [string, NetworkId]; value: Weights };
}

/** Runs and weights in IndexedDB; works on the page and in workers. Failures are values: 'full' means the quota. */
export interface RunStore {
  save(run: StoredRun): Promise<Result<null, StorageFailure>>;
  /** Appends to the log of `run`; 'conflict' where `sequence` is not the number of events stored: another tab goes on. */
  append(
    run: string,
    sequence: number,
    events: readonly SearchEvent[],
  ): Promise<Result<null, StorageFailure | 'conflict'>>;
  /** Puts `events` in the place of the log of `run`. */
  replaceLog(run: string, events: readonly SearchEvent[]): Promise<Result<null, StorageFailure>>;
  /** `raw`: the weights that children inherit, where they are not the evaluated ones. */
  saveWeights(
    run: string,
    network: NetworkId,
    weights: Weights,
    raw: Weights | null,
  ): Promise<Result<null, StorageFailure>>;
  loadWeights(run: string, network: NetworkId): Promise<Result<Weights | null, StorageFailure>>;
  /** Networks whose weights are stored. */
  weightsOf(run: string): Promise<Result<readonly NetworkId[], StorageFailure>>;
  loadRaw(run: string, network: NetworkId): Promise<Result<Weights | null, StorageFailure>>;
  /** Deletes the weights of `networks` to make room. */
  dropWeights(run: string, networks: readonly NetworkId[]): Promise<Result<null, StorageFailure>>;
  /** In the place of what an earlier finishing of that network left. */
  saveFinished(run: string, network: NetworkId, weights: Weights): Promise<Result<null, StorageFailure>>;
  loadFinished(run: string, network: NetworkId): Promise<Result<Weights | null, StorageFailure>>;
  /** Replaces what was measured after the search. */
  saveAfter(run: string, after: AfterSearch): Promise<Result<null, StorageFailure>>;
  loadAfter(run: string): Promise<Result<AfterSearch | null, StorageFailure>>;
  /** Newest first. */
  list(): Promise<Result<readonly StoredRun[], StorageFailure>>;
  load(
    run: string,
  ): Promise<Result<{ run: StoredRun; events: readonly SearchEvent[] } | null, StorageFailure>>;
  remove(run: string): Promise<Result<null, StorageFailure>>;
  close(): void;
}

const everyPieceOf = (run: string) => IDBKeyRange.bound([run, 0], [run, Infinity]);

/** Opens (or makes) the store `name`; fails as openDatabase does. */
export async function openRunStore(name = 'lemonade'): Promise<Result<RunStore, StorageFailure>> {
  const opened = await openDatabase<Schema>(name, 4, (upgraded, from) => {
    if (from < 1) {
      upgraded.createObjectStore('runs', { keyPath: 'id' });
      upgraded.createObjectStore('events');
      upgraded.createObjectStore('weights');
    }
    if (from < 2) upgraded.createObjectStore('after');
    if (from < 3) upgraded.createObjectStore('raw');
    upgraded.createObjectStore('finished');
  });
  return opened.ok ? ok(storeOver(opened.value)) : opened;
}

/** `run` with the recipe's keys that were not there when it was stored; none where its recipe is not sound. */
function sound(run: StoredRun): readonly StoredRun[] {
  const recipe = storedRecipe(run.recipe);
  return recipe ? [{ ...run, recipe }] : [];
}

function storeOver(database: IDBPDatabase<Schema>): RunStore {
  return {
    save: (run) =>
      attempt(() => {
        const transaction = database.transaction('runs', 'readwrite');
        return committed(transaction, [transaction.store.put(run)]);
      }),
    append: async (run, sequence, events) => {
      let isNext = true;
      const done = await attempt(async () => {
        const transaction = database.transaction('events', 'readwrite');
        const last = await transaction.store.openCursor(everyPieceOf(run), 'prev');
        isNext = sequence === (last ? last.key[1] + last.value.length : 0);
        const isWritten = isNext && events.length > 0;
        return committed(transaction, isWritten ? [transaction.store.put(events, [run, sequence])] : []);
      });
      return done.ok && !isNext ? fail('conflict') : done;
    },
    replaceLog: (run, events) =>
      attempt(() => {
        const transaction = database.transaction('events', 'readwrite');
        return committed(transaction, [
          transaction.store.delete(everyPieceOf(run)),
          events.length > 0 && transaction.store.put(events, [run, 0]),
        ]);
      }),
    saveWeights: (run, network, weights, raw) =>
      attempt(() => {
        const transaction = database.transaction(['weights', 'raw'], 'readwrite');
        const key: [string, NetworkId] = [run, network];
        return committed(transaction, [
          transaction.objectStore('weights').put(weights, key),
          raw && transaction.objectStore('raw').put(raw, key),
        ]);
      }),
    loadWeights: (run, network) =>
      attemptRead(async () => (await database.get('weights', [run, network])) ?? null),
    weightsOf: (run) =>
      attemptRead(async () =>
        (await database.getAllKeys('weights', everyPieceOf(run))).map(([, network]) => network),
      ),
    loadRaw: (run, network) => attemptRead(async () => (await database.get('raw', [run, network])) ?? null),
    dropWeights: (run, networks) =>
      attempt(() => {
        const transaction = database.transaction(['weights', 'raw'], 'readwrite');
        const deleted = networks.flatMap((network) =>
          (['weights', 'raw'] as const).map((store) => transaction.objectStore(store).delete([run, network])),
        );
        return committed(transaction, deleted);
      }),
    saveFinished: (run, network, weights) =>
      attempt(() => {
        const transaction = database.transaction('finished', 'readwrite');
        return committed(transaction, [transaction.store.put(weights, [run, network])]);
      }),
    loadFinished: (run, network) =>
      attemptRead(async () => (await database.get('finished', [run, network])) ?? null),
    saveAfter: (run, after) =>
      attempt(() => {
        const transaction = database.transaction('after', 'readwrite');
        return committed(transaction, [transaction.store.put(after, run)]);
      }),
    loadAfter: (run) => attemptRead(async () => (await database.get('after', run)) ?? null),
    list: () =>
      attemptRead(async () =>
        (await database.getAll('runs')).flatMap(sound).sort((a, b) => b.updated.localeCompare(a.updated)),
      ),
    load: (id) =>
      attemptRead(async () => {
        const kept = await database.get('runs', id);
        const [run] = kept ? sound(kept) : [];
        if (!run) return null;
        const pieces = await database.getAll('events', everyPieceOf(id));
        return { run, events: pieces.flat() };
      }),
    remove: (id) =>
      attempt(() => {
        const all = ['runs', 'events', 'weights', 'raw', 'after', 'finished'] as const;
        const transaction = database.transaction(all, 'readwrite');
        return committed(transaction, [
          transaction.objectStore('runs').delete(id),
          transaction.objectStore('events').delete(everyPieceOf(id)),
          transaction.objectStore('weights').delete(everyPieceOf(id)),
          transaction.objectStore('raw').delete(everyPieceOf(id)),
          transaction.objectStore('after').delete(id),
          transaction.objectStore('finished').delete(everyPieceOf(id)),
        ]);
      }),
    close: () => database.close(),
  };
}
