import type { AfterSearch } from '../../core/run-file/after-search.ts';
import { openRunStore } from '../../storage/runs.ts';
import type { Session } from './session.svelte.ts';

/** What was measured of the session's run after its search. */
export const afterSearchOf = ({ tests, beside }: Session): AfterSearch => ({
  testErrors: [...tests.known].map(([network, error]) => ({ network, error })),
  transfers: beside.transferred,
});

/** Shows what was measured of a run that is opened. */
export function restoreMeasurements(session: Session, { testErrors, transfers }: AfterSearch): void {
  for (const { network, error } of testErrors) session.tests.keep(network, error);
  session.beside.transferred = transfers;
}

/** Keeps it with the stored run, so that a reload loses nothing; a browser without storage keeps it until then. */
export async function keepAfter(run: string, after: AfterSearch): Promise<void> {
  const store = await openRunStore();
  if (!store.ok) return;
  await store.value.saveAfter(run, after);
  store.value.close();
}
