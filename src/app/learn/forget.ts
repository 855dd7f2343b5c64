import type { OwnFacts } from '../../datasets/own/own-set.ts';
import type { StoredRun } from '../../storage/runs.ts';
import { deleteStored, listStored } from '../model/stored-runs.ts';
import type { Session } from '../model/session.svelte.ts';

/** What this browser keeps of whoever used the page. */
export interface Kept {
  readonly runs: readonly StoredRun[];
  readonly sets: readonly OwnFacts[];
  /** Answers of lessons, bets. */
  readonly answers: boolean;
}

/** Keys of the browser's small storage that are no pupil's: how the page looks and what it speaks. */
const ofTheRoom: ReadonlySet<string> = new Set(['lemonade-theme', 'lemonade-language']);

/** What pupils left in a small storage; nothing in a browser that forbids it. */
function smallKeys(storage: () => Storage): readonly string[] {
  try {
    return Object.keys(storage()).filter((key) => key.startsWith('lemonade-') && !ofTheRoom.has(key));
  } catch {
    return [];
  }
}

export async function whatIsKept({ own }: Session): Promise<Kept> {
  await own.load();
  return {
    runs: await listStored(),
    sets: own.list,
    answers: smallKeys(() => localStorage).length > 0,
  };
}

/** A worker that was just ended still holds its locks for a moment. */
const longestWait = 4000;

async function forgetSet({ own }: Session, facts: OwnFacts): Promise<boolean> {
  for (const until = Date.now() + longestWait; ;) {
    if (await own.remove(facts)) return true;
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
  for (const facts of sets) if (!(await forgetSet(session, facts))) left.push(facts.title);
  for (const storage of [() => localStorage, () => sessionStorage])
    for (const key of smallKeys(storage)) storage().removeItem(key);
  return left;
}
