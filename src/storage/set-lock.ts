import type { OwnId } from '../core/search/recipe.ts';

const nameOf = (id: OwnId): string => `lemonade-set-${id}`;

/** Missing on plain http from another machine. */
const locks = (): LockManager | undefined => (navigator as { readonly locks?: LockManager }).locks;

/** Keeps sets of own pictures from being deleted, by this tab or another, until what it returns is called. */
export function holdSets(ids: readonly OwnId[]): () => void {
  const releases = ids.map((id) => {
    let release = () => {};
    const until = new Promise<void>((done) => (release = done));
    void locks()?.request(nameOf(id), { mode: 'shared' }, () => until);
    return release;
  });
  return () => releases.forEach((release) => release());
}

/** Whether a search in any tab learns from the set. */
export async function isSetHeld(id: OwnId): Promise<boolean> {
  const held = (await locks()?.query())?.held ?? [];
  return held.some(({ name }) => name === nameOf(id));
}
