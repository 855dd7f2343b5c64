import type { AfterSearch } from '../../core/run-file/after-search.ts';
import { openRunStore } from '../../storage/runs.ts';
/** Keeps what was measured after a search with the stored run, so that a reload loses nothing; a browser without storage keeps it until then. */
export async function keepAfter(run: string, after: AfterSearch): Promise<void> {
  const store = await openRunStore();
  if (!store.ok) return;
  await store.value.saveAfter(run, after);
  store.value.close();
}
