import type { Task } from './lessons.ts';
import type { Say, Verdict } from './lesson-checks.ts';

/** A task under way: what was answered, what was said to it. */
export class TaskRun {
  readonly task: Task;
  /** The prediction, 0, 1 or 2; kept, as it is told later. */
  chosen = $state<number | null>(null);
  /** A class put its hands up instead. */
  counted = $state(false);
  /** What was said last. */
  said = $state.raw<Say | null>(null);
  done = $state(false);
  /** The page did it. */
  shown = $state(false);
  /** Someone tried in vain, or wanted to go on: the way out is offered. */
  stuck = $state(false);
  settled: boolean;

  constructor(task: Task) {
    this.task = task;
    this.settled = $derived(this.done || this.shown || this.chosen !== null || this.counted);
  }

  /** What the screen says to a try; the first that succeeds counts. */
  hear({ done, say }: Verdict): void {
    if (this.done || (this.shown && !done)) return;
    this.said = say;
    if (!done) this.stuck = true;
    else if (!this.shown) this.done = true;
  }
}
