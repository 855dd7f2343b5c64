import { openDB, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb';
import { fail, ok, type Result } from '../core/result.ts';
import type { StorageFailure } from './attempt.ts';

/** Browsers have been seen to answer never; whoever waits goes on without storage after this long. */
const longestMilliseconds = 30_000;
/** How long another tab's older page may take to let go. */
const longestBlocked = 3000;

/**
 * Opens the database `name`, or makes it. 'unavailable' in private windows that forbid it and where no answer comes;
 * 'blocked' where a tab with an older version of the page does not let go. It lets go itself when a newer one asks.
 */
export async function openDatabase<S extends DBSchema>(
  name: string,
  version: number,
  upgrade: NonNullable<OpenDBCallbacks<S>['upgrade']>,
): Promise<Result<IDBPDatabase<S>, StorageFailure>> {
  if (typeof indexedDB === 'undefined') return fail('unavailable');
  return new Promise((resolve) => {
    let isOver = false;
    const give = (result: Result<IDBPDatabase<S>, StorageFailure>) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(deadline);
      resolve(result);
    };
    const deadline = setTimeout(() => give(fail('unavailable')), longestMilliseconds);
    void openDB<S>(name, version, {
      upgrade,
      blocked: () => setTimeout(() => give(fail('blocked')), longestBlocked),
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    }).then(
      (database) => {
        if (isOver) database.close();
        else give(ok(database));
      },
      () => give(fail('unavailable')),
    );
  });
}
