import { openRunStore, type RunStore, type StoredRun } from '../../storage/runs.ts';
import { lockRun, runsHeld } from '../../storage/run-lock.ts';
import type { OwnId } from '../../core/search/recipe.ts';
import { viewOf } from '../../core/run-file/fold.ts';
import { soundLog } from '../../core/run-file/salvage.ts';
import type { RunView } from '../../core/run-file/view.ts';
import { registerFromLog } from './register-datasets.ts';
import { givenAnywhere, nameOf } from './run-name.ts';
import type { Session } from './session.svelte.ts';
import { texts } from '../text/texts.ts';

/** Runs kept in this browser, newest first, with names in the page's language; none where storage is forbidden. */
export async function listStored(): Promise<readonly StoredRun[]> {
  const store = await openRunStore();
  if (!store.ok) return [];
  const listed = await store.value.list();
  store.value.close();
  if (!listed.ok) return [];
  const named = async (run: StoredRun) => {
    const { name, recipe } = run;
    return { ...run, name: nameOf(await givenAnywhere(name, recipe), recipe) };
  };
  return Promise.all(listed.value.map(named));
}

/** Stored runs that learned from a set of own pictures. */
export async function runsOn(id: OwnId): Promise<readonly StoredRun[]> {
  return (await listStored()).filter(({ recipe }) => recipe.dataset === id || recipe.secondDataset === id);
}

/** Does something to a stored run; false, and nothing is done, where a search goes on with it, here or in another tab. */
export async function changeStored(
  id: string,
  change: (store: RunStore) => Promise<unknown>,
): Promise<boolean> {
  const lock = await lockRun(id);
  if (!lock) return false;
  const store = await openRunStore();
  if (store.ok) {
    await change(store.value);
    store.value.close();
  }
  lock.release();
  return true;
}

export const deleteStored = (id: string): Promise<boolean> => changeStored(id, (store) => store.remove(id));

/** The sound part of a stored run's log and what was measured after it; null where storage is forbidden. */
export async function readStored(run: StoredRun) {
  const store = await openRunStore();
  if (!store.ok) return null;
  const loaded = await store.value.load(run.id);
  const after = await store.value.loadAfter(run.id);
  store.value.close();
  const events = loaded.ok && loaded.value ? soundLog(loaded.value.events) : [];
  registerFromLog(events, run.dataset);
  return { events, measured: after.ok ? after.value : null };
}

/** A stored run as it stood when it was last written; null where nothing of it can be read. */
export async function storedView(run: StoredRun): Promise<RunView | null> {
  return viewOf((await readStored(run))?.events ?? []);
}

/** Runs that a search goes on with in another tab, by id. */
export async function runsElsewhere(session: Session): Promise<ReadonlySet<string>> {
  const here = [session.run.runId, session.left?.runId];
  return new Set([...(await runsHeld())].filter((id) => !here.includes(id)));
}

/**
 * Goes on with an unfinished run, from another tab where `takeOver`; a finished one is shown, its weights stay within
 * reach. What was left for the first page is returned to, what is on the page stays as it is.
 */
export async function openStored(session: Session, run: StoredRun, takeOver = false): Promise<void> {
  const isHere = session.run.runId === run.id && session.run.live && !session.run.failed;
  if (isHere || session.left?.runId === run.id) {
    session.page.drawer = null;
    return session.comeBack();
  }
  if (!run.finished && !takeOver && (await runsElsewhere(session)).has(run.id)) {
    const here = { label: texts.states.goOnHere, run: () => void openStored(session, run, true) };
    session.notices.say('in-use', texts.states.runsElsewhere(run.name), here, 'info');
    return;
  }
  const stored = await readStored(run);
  if (!stored) return;
  const { events, measured } = stored;
  if (events.length === 0) {
    session.notices.say('file-stored', texts.states.unreadable(run.name, texts.states.nothingStored));
    return;
  }
  session.page.drawer = null;
  if (run.finished)
    session.show({ kind: 'file', events, name: run.name, storedAs: run.id, measured, at: 'end' });
  else {
    session.resume(run.id, events, run.name, run.recipe, measured, takeOver);
    session.play();
  }
}

/** What was trained beside a run is found under Share; it is nobody's own search. */
export const isSideRun = (name: string): boolean =>
  [...Object.values(texts.rival.names), ...Object.values(texts.families)].includes(name);

/** Offers the newest run that did not reach its end; where all did, the newest. */
export async function offerStored(session: Session): Promise<void> {
  const runs = (await listStored()).filter(({ name }) => !isSideRun(name));
  const elsewhere = await runsElsewhere(session);
  const run =
    runs.find(({ id, finished }) => !finished && !elsewhere.has(id)) ??
    runs.find(({ finished }) => !finished) ??
    runs[0];
  // A search that was begun meanwhile is not to be left for an old one.
  if (!run || session.run.live || session.left) return;
  const isElsewhere = !run.finished && elsewhere.has(run.id);
  const [sentence, label] = run.finished
    ? [texts.states.kept(run.name), texts.states.openKept]
    : isElsewhere
      ? [texts.states.runsElsewhere(run.name), texts.states.goOnHere]
      : [texts.states.unfinished(run.name), texts.states.goOn];
  const open = () => void openStored(session, run, isElsewhere);
  // Of the page: a recording that comes later must not take it away.
  session.notices.say('stored', sentence, { label, run: open }, 'info');
}
