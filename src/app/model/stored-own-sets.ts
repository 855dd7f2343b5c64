import { registerDataset } from '../../datasets/catalog.ts';
import type { OwnFacts } from '../../datasets/own/own-set.ts';
import type { OwnId } from '../../core/search/recipe.ts';
import { openOwnSets } from '../../storage/own-sets.ts';
import { isSetHeld } from '../../storage/set-lock.ts';

/** The sets of own pictures in this browser, from now on known to the page; none where storage is forbidden. */
export async function registerOwnSets(): Promise<readonly OwnFacts[]> {
  const store = await openOwnSets();
  if (!store.ok) return [];
  const listed = await store.value.list();
  store.value.close();
  if (!listed.ok) return [];
  listed.value.forEach(registerDataset);
  return listed.value;
}

/** False, and nothing is deleted, where a search learns from the set, here or in another tab. */
export async function forgetOwnSet(facts: OwnFacts): Promise<boolean> {
  if (await isSetHeld(facts.id)) return false;
  const store = await openOwnSets();
  if (!store.ok) return false;
  const removed = await store.value.remove(facts);
  store.value.close();
  return removed.ok;
}

export async function renameOwnSet(id: OwnId, title: string): Promise<void> {
  const store = await openOwnSets();
  if (!store.ok) return;
  await store.value.rename(id, title);
  store.value.close();
}
