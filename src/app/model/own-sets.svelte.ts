import type { OwnFacts } from '../../datasets/own/own-set.ts';

/** Sets of the user's own pictures in this browser, for every list of data sets; storage is fetched with them. */
export class OwnSets {
  list = $state.raw<readonly OwnFacts[]>([]);
  /** Files and folders that were dropped on the page, until the sheet of own pictures takes it. */
  dropped = $state.raw<readonly FileSystemEntry[]>([]);

  async load(): Promise<void> {
    this.list = await (await import('./stored-own-sets.ts')).registerOwnSets();
  }

  async rename(facts: OwnFacts, title: string): Promise<void> {
    await (await import('./stored-own-sets.ts')).renameOwnSet(facts.id, title);
    await this.load();
  }

  /** False, and nothing is deleted, where a search learns from the set, here or in another tab. */
  async remove(facts: OwnFacts): Promise<boolean> {
    const removed = await (await import('./stored-own-sets.ts')).forgetOwnSet(facts);
    await this.load();
    return removed;
  }
}
