import { addressOf } from './session-address.ts';
import type { Session } from './session.svelte.ts';

/**
 * The address of the run that was left for the first page, else of the one on the page; null where there is none, or
 * only the recording.
 */
export function wayBack(session: Session): string | null {
  const { home, left, run } = session;
  const isHere = !home && run.log.count > 0 && (run.isOwnFile || !run.isReplay);
  const to = left ?? (isHere ? run : null);
  return to && `#${addressOf(session, to)}`;
}
