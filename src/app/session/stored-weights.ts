import type { Weights } from '../../core/architecture/weights.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { openRunStore } from '../../storage/runs.ts';

/** Weights of a network of a stored run; null where they were not kept. */
export async function storedWeights(run: string, network: NetworkId): Promise<Weights | null> {
  const store = await openRunStore();
  if (!store.ok) return null;
  const loaded = await store.value.loadWeights(run, network);
  store.value.close();
  return loaded.ok ? loaded.value : null;
}
