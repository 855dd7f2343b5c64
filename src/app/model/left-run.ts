import { texts } from '../text/texts.ts';
import { nameOf } from './run-name.ts';
import type { Session } from './session.svelte.ts';

/** Says on the first page that the run which was left for it is still there, and leads back to it. */
export function offerLeft(session: Session): void {
  const { left } = session;
  if (!left) return;
  const name = nameOf(left.name, left.recipe);
  session.notices.say(
    'left',
    left.running ? texts.states.leftRunning(name) : texts.states.left(name),
    { label: texts.states.backToRun, run: () => session.comeBack() },
    'info',
  );
}
