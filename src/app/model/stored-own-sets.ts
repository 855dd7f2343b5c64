import { registerDataset } from '../../datasets/catalog.ts';
import type { OwnFacts } from '../../datasets/own-set.ts';
import { openOwnSets } from '../../storage/own-sets.ts';

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

export async function forgetOwnSet(facts: OwnFacts): Promise<void> {
  const store = await openOwnSets();
  if (!store.ok) return;
  await store.value.remove(facts);
  store.value.close();
}
