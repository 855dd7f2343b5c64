import { isOwnId, type DatasetId } from '../../core/search/recipe.ts';
import { factsOf } from '../../datasets/catalog.ts';
import { listText } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import { runnableDatasets, titleOf } from './datasets.ts';
import type { OwnFacts } from '../../datasets/own/own-set.ts';

/** Names of the files of data sets that the service worker has kept (vite.config.ts). */
async function keptFiles(): Promise<ReadonlySet<string>> {
  const { caches } = globalThis as { readonly caches?: CacheStorage };
  if (!caches) return new Set();
  const requests = await (await caches.open('data-sets')).keys();
  return new Set(requests.map(({ url }) => url.slice(url.lastIndexOf('/') + 1)));
}

/** Whether all that a search on `id` reads is in this browser; test images are read on demand and not counted. */
const isHere = (id: DatasetId, kept: ReadonlySet<string>): boolean =>
  isOwnId(id) || factsOf(id).files.every(({ part, path }) => part === 'test' || kept.has(path));

/** What still works without a network, in a sentence. A page that no service worker keeps cannot load its own parts. */
export async function offlineSentence(own: readonly OwnFacts[]): Promise<string> {
  const { states } = texts;
  if (!('serviceWorker' in navigator) || !navigator.serviceWorker.controller) return states.offlineNotKept;
  const kept = await keptFiles();
  const here = runnableDatasets(own).filter((id) => isHere(id, kept));
  return states.offline(listText(here.map(titleOf)));
}
