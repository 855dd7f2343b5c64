import { fail, ok, type Result } from '../core/result.ts';
import { isOwnId, type DatasetId } from '../core/search/recipe.ts';
import { registerDataset } from '../datasets/catalog.ts';
import type { DataSource } from '../datasets/fetch.ts';
import { openOwnSets, type OwnSetStore } from '../storage/own-sets.ts';
import type { SiteBase } from './protocol.ts';

/** Own pictures lie in the browser's storage, the rest below `base`. */
const readerOf =
  (store: OwnSetStore, base: string) =>
  async (path: string): Promise<ArrayBuffer> => {
    const kept = path.startsWith('own-') ? await store.file(path) : null;
    if (!kept) return (await fetch(`${base}${path}`)).arrayBuffer();
    if (kept.ok && kept.value) return kept.value.slice().buffer;
    throw new Error(kept.ok ? 'not found' : kept.reason);
  };

/**
 * Where the images of `sets` are read from; sets of own pictures are known in this worker afterwards. Fails
 * where such a set is not in this browser.
 */
export async function siteData(
  site: SiteBase,
  sets: readonly (DatasetId | '')[],
): Promise<Result<DataSource>> {
  const base = `${site}data/`;
  const own = sets.filter(isOwnId);
  if (own.length === 0) return ok(base);
  const store = await openOwnSets();
  if (!store.ok) return fail({ code: 'no-storage' });
  for (const id of own) {
    const facts = await store.value.facts(id);
    if (!facts.ok || !facts.value) return fail({ code: 'pictures-elsewhere' });
    registerDataset(facts.value);
  }
  return ok(readerOf(store.value, base));
}
