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

/**
 * Ends a transaction whose `requests` are all made, and waits for it. It does not wait for their answers before it
 * commits, so that less is open when a page is left, which may freeze it in the middle.
 */
export async function committed(
  transaction: { commit(): void; readonly done: Promise<void> },
  requests: readonly unknown[],
): Promise<null> {
  transaction.commit();
  await Promise.all([...requests, transaction.done]);
  return null;
}

/** Reading takes milliseconds; a browser that gives no answer for so long gives none. */
const longestRead = 20_000;

/** The same for what only reads, with 'failed' where no answer comes. What writes is waited for: it may still succeed. */
export function attemptRead<T>(action: () => Promise<T>): Promise<Result<T, StorageFailure>> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => resolve(fail('failed')), longestRead);
    void attempt(action).then((result) => {
      clearTimeout(deadline);
      resolve(result);
    });
  });
}
