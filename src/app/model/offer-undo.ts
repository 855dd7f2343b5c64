import type { Session } from './session.svelte.ts';
import { states } from '../text/en/page.ts';

/** Remembers the present run; call what it gives once another is laid out, and the state bar offers it back. */
export function setAside(session: Session): () => void {
  const { runId, name, recipe } = session;
  const events = [...session.log.events];
  const bringBack = () => {
    if (runId) session.resume(runId, events, name, recipe);
    else session.show('file', events, name, null);
  };
  return () =>
    session.notices.say('aside', states.setAside, { label: states.bringBack, run: bringBack }, 'info');
}
