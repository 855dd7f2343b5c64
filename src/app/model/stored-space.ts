import { soundLog } from '../../core/run-file/salvage.ts';
import { survivorsOf } from '../../core/search/front.ts';
import { overlaps } from '../../core/search/recipe.ts';
import type { RunStore } from '../../storage/runs.ts';
import { changeStored } from './stored-runs.ts';

export interface Space {
  /** What the browser says that this page takes, roughly. */
  readonly bytes: number;
  /** Kept until the user deletes it; else the browser may do so when room runs short. */
  readonly isKept: boolean;
}

/** Missing on plain http from another machine. */
const storage = (): StorageManager | undefined =>
  (navigator as { readonly storage?: StorageManager }).storage;

/** Null where the browser does not say. */
export async function spaceTaken(): Promise<Space | null> {
  const manager = storage();
  if (!manager) return null;
  const [{ usage = 0 }, isKept] = await Promise.all([manager.estimate(), manager.persisted()]);
  return { bytes: usage, isKept };
}

/** Asks the browser to keep what is stored; some ask their user. */
export const keepStored = async (): Promise<boolean> => (await storage()?.persist()) ?? false;

/** Deletes the weights of a stored run's networks that lost; a run that goes on somewhere is left alone. */
export const pruneStored = (id: string): Promise<boolean> => changeStored(id, (store) => dropLost(store, id));

async function dropLost(store: RunStore, id: string): Promise<void> {
  const [loaded, kept] = await Promise.all([store.load(id), store.weightsOf(id)]);
  if (!loaded.ok || !loaded.value || !kept.ok) return;
  const competed = soundLog(loaded.value.events).filter((event) => event.type === 'competed');
  const needed = survivorsOf(competed.slice(overlaps(loaded.value.run.recipe) ? -2 : -1));
  await store.dropWeights(
    id,
    kept.value.filter((network) => !needed.has(network)),
  );
}
