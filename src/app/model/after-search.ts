import type { AfterSearch } from '../../core/run-file/after-search.ts';
import { openRunStore } from '../../storage/runs.ts';

let last: Promise<void> = Promise.resolve();

async function write(run: string, after: AfterSearch): Promise<void> {
  const store = await openRunStore();
  if (!store.ok) return;
  await store.value.saveAfter(run, after);
  store.value.close();
}

/**
 * Keeps what was measured after a search with the stored run, so that a reload loses nothing; a browser without storage
 * keeps it until then. One after the other: each replaces what was kept, so an older one must not come last.
 */
export function keepAfter(run: string, after: AfterSearch): Promise<void> {
  last = last.then(() => write(run, after)).catch(() => undefined);
  return last;
}
