import { formatApproxDuration } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import type { Session } from './session.svelte.ts';

const beat = 5000;
const asleepAfter = 60_000;

/** Says so when the tab did not run for more than a minute during a search. Returns what stops watching. */
export function watchSleep(session: Session): () => void {
  let last = Date.now();
  const timer = setInterval(() => {
    const gap = Date.now() - last;
    last = Date.now();
    if (gap < asleepAfter || !session.run.live || !session.run.wanted) return;
    session.run.notices.say(
      'asleep',
      texts.states.asleep(formatApproxDuration(gap / 1000)),
      { label: texts.states.goOn, run: () => session.play() },
      'info',
    );
  }, beat);
  return () => clearInterval(timer);
}
