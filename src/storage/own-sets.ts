import type { DBSchema } from 'idb';
import { ok, type Result } from '../core/result.ts';
import type { OwnId } from '../core/search/recipe.ts';
import type { OwnFacts, OwnSet } from '../datasets/own/own-set.ts';
import { attempt, attemptRead, committed, type StorageFailure } from './attempt.ts';
import { openDatabase } from './open.ts';

interface Schema extends DBSchema {
  facts: { key: string; value: OwnFacts };
  /** Packed images, by path. */
  files: { key: string; value: Uint8Array<ArrayBuffer> };
}

/** Sets of the user's own pictures in IndexedDB; works on the page and in workers. */
export interface OwnSetStore {
  /** In the order of their ids. */
  list(): Promise<Result<readonly OwnFacts[], StorageFailure>>;
  facts(id: OwnId): Promise<Result<OwnFacts | null, StorageFailure>>;
  file(path: string): Promise<Result<Uint8Array<ArrayBuffer> | null, StorageFailure>>;
  save(set: Pick<OwnSet, 'facts' | 'files'>): Promise<Result<null, StorageFailure>>;
  /** Gives a kept set another title. */
  rename(id: OwnId, title: string): Promise<Result<null, StorageFailure>>;
  remove(facts: OwnFacts): Promise<Result<null, StorageFailure>>;
  close(): void;
}

/** Opens (or makes) the store. { ok: false, reason: 'unavailable' } in private windows that forbid it. */
export async function openOwnSets(
  name = 'lemonade-own-pictures',
): Promise<Result<OwnSetStore, StorageFailure>> {
  const opened = await openDatabase<Schema>(name, 1, (upgraded) => {
    upgraded.createObjectStore('facts', { keyPath: 'id' });
    upgraded.createObjectStore('files');
  });
  if (!opened.ok) return opened;
  const database = opened.value;
  const both = () => database.transaction(['facts', 'files'], 'readwrite');
  return ok({
    list: () => attemptRead(() => database.getAll('facts')),
    facts: (id) => attemptRead(async () => (await database.get('facts', id)) ?? null),
    file: (path) => attemptRead(async () => (await database.get('files', path)) ?? null),
    save: ({ facts, files }) =>
      attempt(() => {
        const transaction = both();
        const stored = [...files].map(([path, bytes]) => transaction.objectStore('files').put(bytes, path));
        return committed(transaction, [...stored, transaction.objectStore('facts').put(facts)]);
      }),
    rename: (id, title) =>
      attempt(async () => {
        const transaction = database.transaction('facts', 'readwrite');
        const facts = await transaction.store.get(id);
        return committed(transaction, facts ? [transaction.store.put({ ...facts, title })] : []);
      }),
    remove: (facts) =>
      attempt(() => {
        const transaction = both();
        const removed = facts.files.map(({ path }) => transaction.objectStore('files').delete(path));
        return committed(transaction, [...removed, transaction.objectStore('facts').delete(facts.id)]);
      }),
    close: () => database.close(),
  });
}
