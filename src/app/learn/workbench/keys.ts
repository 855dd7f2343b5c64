import { isPresenting, setPresenting } from '../present.svelte.ts';
import type { Beat, WorkbenchState } from './workbench-state.svelte.ts';

/** True where the key belongs to the control in focus. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  if (!target || target === document.body) return false;
  if (target.closest('input[type=text], textarea, select')) return true;
  return event.key === ' ' && target.closest('button, [role=switch], [role=radio], input') !== null;
}

/** The bench's keys; Space is next, digits are beats (or bets in beat 2). */
export function pressKey(event: KeyboardEvent, bench: WorkbenchState): void {
  if (isTaken(event)) return;
  const digit = Number(event.key);
  if (event.key === ' ') {
    if (event.shiftKey) bench.back();
    else bench.next();
  } else if (bench.beat === 2 && digit >= 1 && digit <= 3) bench.bets.place(bench.key, digit - 1);
  else if (digit >= 1 && digit <= 5) bench.go(digit as Beat);
  else if (event.key === ',' || event.key === '.') bench.playhead.frame(event.key === '.' ? 1 : -1);
  else {
    switch (event.key.toLowerCase()) {
      case 'b': {
        const [first] = bench.transformed?.breaks ?? [];
        if (bench.beat !== 5) bench.go(5);
        if (first) void bench.trials.toggleBreak(first);
        break;
      }
      case 'r':
        if (bench.beat === 5) bench.trials.repair();
        else if (bench.beat === 3) bench.enter(3);
        else return;
        break;
      case 'd':
        if (bench.beat !== 4) return;
        void bench.distil();
        break;
      case 't':
        bench.table = !bench.table;
        break;
      case 'z':
        if (!bench.tooMany) return;
        bench.zoomed = !bench.zoomed;
        break;
      case 'p':
        setPresenting(!isPresenting());
        break;
      case 'escape':
        if (bench.table) bench.table = false;
        else if (isPresenting()) setPresenting(false);
        else return;
        break;
      default:
        return;
    }
  }
  event.preventDefault();
}
