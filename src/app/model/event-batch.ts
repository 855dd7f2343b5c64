import type { SearchEvent } from '../../core/search/events.ts';

/**
 * Gathers events between two drawings: the next animation frame at most every `interval()` milliseconds, and a
 * timer where the tab is hidden (no frames come there, and nobody looks).
 */
export class EventBatch {
  #waiting: SearchEvent[] = [];
  #scheduled = false;
  #last = 0;
  #flush: (events: readonly SearchEvent[]) => void;
  #interval: () => number;

  constructor(flush: (events: readonly SearchEvent[]) => void, interval: () => number) {
    this.#flush = flush;
    this.#interval = interval;
  }

  add(events: readonly SearchEvent[]): void {
    for (const event of events) this.#waiting.push(event);
    this.#schedule();
  }

  /** Hands over what waits at once. */
  now(): void {
    const events = this.#waiting;
    this.#waiting = [];
    this.#last = performance.now();
    if (events.length > 0) this.#flush(events);
  }

  clear(): void {
    this.#waiting = [];
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const wait = Math.max(0, this.#last + this.#interval() - performance.now());
    if (document.hidden) setTimeout(() => this.#run(), Math.max(wait, 250));
    else if (wait > 16) setTimeout(() => requestAnimationFrame(() => this.#run()), wait);
    else this.#frame();
  }

  /** A frame, or a quarter of a second, whichever comes first: a tab hidden meanwhile gets no frame. */
  #frame(): void {
    let done = false;
    const once = () => {
      if (done) return;
      done = true;
      this.#run();
    };
    requestAnimationFrame(once);
    setTimeout(once, 250);
  }

  #run(): void {
    this.#scheduled = false;
    this.now();
  }
}
