import { formatApproxDuration } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import type { Session } from './session.svelte.ts';

const beat = 5000;
const asleepAfter = 60_000;
/** A longer sleep that only the clock on the wall knows of is a clock that was set. */
const longestSleep = 24 * 3_600_000;

/** Says so when the tab did not run for more than a minute during a search. Returns what stops watching. */
export function watchSleep(session: Session): () => void {
  let last = Date.now();
  let lastTick = performance.now();
  const timer = setInterval(() => {
    const gap = Date.now() - last;
    const ticked = performance.now() - lastTick;
    last = Date.now();
    lastTick = performance.now();
    if (gap > longestSleep && ticked < asleepAfter) return;
    const run = session.left ?? session.run;
    if (gap < asleepAfter || !run.live || !run.wanted) return;
    run.notices.say(
      'asleep',
      texts.states.asleep(formatApproxDuration(gap / 1000)),
      { label: texts.states.goOn, run: () => session.play() },
      'info',
    );
  }, beat);
  return () => clearInterval(timer);
}
