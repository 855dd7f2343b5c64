import type { OwnFacts } from '../../datasets/own/own-set.ts';
import type { StoredRun } from '../../storage/runs.ts';
import { deleteStored, listStored } from '../model/stored-runs.ts';
import { forgetOwnSet, registerOwnSets } from '../model/stored-own-sets.ts';
import type { Session } from '../model/session.svelte.ts';
import { answered } from './answered.svelte.ts';
import { Bets } from './workbench/bets.svelte.ts';

/** What this browser keeps of whoever used the page. */
export interface Kept {
  readonly runs: readonly StoredRun[];
  readonly sets: readonly OwnFacts[];
  readonly lessons: number;
  readonly bets: number;
}

export const whatIsKept = async (): Promise<Kept> => ({
  runs: await listStored(),
  sets: await registerOwnSets(),
  lessons: answered.ids.size,
  bets: Object.keys(new Bets().all).length,
});

/** Keys of the browser's small storage that are no pupil's: how the page looks and what it speaks. */
const ofTheRoom: ReadonlySet<string> = new Set(['lemonade-theme', 'lemonade-language']);

function forgetSmall(storage: () => Storage): void {
  try {
    const kept = storage();
    for (const key of Object.keys(kept))
      if (key.startsWith('lemonade-') && !ofTheRoom.has(key)) kept.removeItem(key);
  } catch {
    // A browser that forbids storage has kept nothing.
  }
}

/** A worker that was just ended still holds its locks for a moment. */
const longestWait = 4000;

async function forgetSet(facts: OwnFacts): Promise<boolean> {
  for (const until = Date.now() + longestWait; ;) {
    if (await forgetOwnSet(facts)) return true;
    if (Date.now() > until) return false;
    await new Promise((done) => setTimeout(done, 200));
  }
}

/**
 * Ends the search of this tab and forgets what `kept` names, and every answer and bet. Returns the names of what another
 * tab still works on: that stays, and so does that tab's work. The page must be loaded again afterwards.
 */
export async function forgetEverything(session: Session, { runs, sets }: Kept): Promise<readonly string[]> {
  session.leave();
  const left: string[] = [];
  const done = await Promise.all(runs.map(({ id }) => deleteStored(id)));
  runs.forEach(({ name }, index) => !done[index] && left.push(name));
  for (const facts of sets) if (!(await forgetSet(facts))) left.push(facts.title);
  forgetSmall(() => localStorage);
  forgetSmall(() => sessionStorage);
  return left;
}
