import { fail, ok, type Result } from '../core/result.ts';

/** 'full': the browser's quota is used up. 'blocked': a tab with an older version of the page holds the storage. */
export type StorageFailure = 'unavailable' | 'blocked' | 'full' | 'failed';

function failureOf(error: unknown): StorageFailure {
  return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'failed';
}

/** What `action` gives, or why the browser's storage refused. */
export async function attempt<T>(action: () => Promise<T>): Promise<Result<T, StorageFailure>> {
  try {
    return ok(await action());
  } catch (error) {
    return fail(failureOf(error));
  }
}
