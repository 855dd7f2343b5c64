import { soundLog } from '../../core/run-file/salvage.ts';
import type { NetworkId, SearchEvent } from '../../core/search/events.ts';
import { lockRun } from '../../storage/run-lock.ts';
import { openRunStore, type RunStore } from '../../storage/runs.ts';

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

/** The networks a run is gone on from or shown by: those of its last front and population. */
function neededOf(events: readonly SearchEvent[]): ReadonlySet<NetworkId> {
  const last = events.findLast((event) => event.type === 'competed');
  return new Set(last?.type === 'competed' ? [...last.front, ...last.population] : []);
}

/** Deletes the weights of a stored run's networks that lost; a run that goes on somewhere is left alone. */
export async function pruneStored(id: string): Promise<void> {
  const lock = await lockRun(id);
  if (!lock) return;
  const store = await openRunStore();
  if (store.ok) {
    await dropLost(store.value, id);
    store.value.close();
  }
  lock.release();
}

async function dropLost(store: RunStore, id: string): Promise<void> {
  const [loaded, kept] = await Promise.all([store.load(id), store.weightsOf(id)]);
  if (!loaded.ok || !loaded.value || !kept.ok) return;
  const needed = neededOf(soundLog(loaded.value.events));
  await store.dropWeights(
    id,
    kept.value.filter((network) => !needed.has(network)),
  );
}
