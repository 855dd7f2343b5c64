import type { RunLog } from './run-log.svelte.ts';
import { cursorOfGeneration, delayAfter, nextStop, previousStop, type Speed, type StepUnit } from './pace.ts';

/** Where in the log the page looks: at its end (following), or at a cursor that is moved by hand or by time. */
export class Playback {
  /** A count of events; only meaningful while not following. */
  cursor = $state(0);
  following = $state(true);
  /** The cursor moves by itself. */
  moving = $state(false);
  /** Times faster than the chosen speed alone. */
  rate = 1;
  position: number;
  #log: RunLog;
  #speed: () => Speed;
  #budget = 0;
  #last = 0;
  #frame = 0;
  /** More events may still come at the end of the log (a live search). */
  #open: () => boolean;
  #moved: () => void;

  constructor(log: RunLog, speed: () => Speed, open: () => boolean, moved: () => void) {
    this.#log = log;
    this.#speed = speed;
    this.#open = open;
    this.#moved = moved;
    this.position = $derived(this.following ? log.count : Math.min(this.cursor, log.count));
  }

  follow(): void {
    this.stop();
    this.following = true;
  }

  to(cursor: number): void {
    this.stop();
    this.#set(cursor);
  }

  toGeneration(generation: number): void {
    this.to(cursorOfGeneration(this.#log.events, generation));
  }

  back(unit: StepUnit): void {
    this.to(previousStop(this.#log.events, this.position, unit));
  }

  forward(unit: StepUnit): void {
    this.to(nextStop(this.#log.events, this.position, unit));
  }

  /** Lets time move the cursor, from the beginning where it stands at the end of a closed log. */
  start(): void {
    if (this.moving) return;
    const from = this.position;
    this.#set(from >= this.#log.count && !this.#open() ? 0 : from);
    this.moving = true;
    this.#budget = 0;
    this.#last = performance.now();
    this.#frame = requestAnimationFrame(this.#tick);
  }

  stop(): void {
    this.moving = false;
    cancelAnimationFrame(this.#frame);
  }

  #set(cursor: number): void {
    this.cursor = Math.max(0, Math.min(cursor, this.#log.count));
    this.following = false;
  }

  #tick = (now: number): void => {
    if (!this.moving) return;
    // A tab that slept goes on where it was, it does not catch up.
    this.#budget += Math.min(100, now - this.#last) * this.rate;
    this.#last = now;
    const events = this.#log.events;
    const proposals = this.#log.recipe?.proposals ?? 1;
    let cursor = this.cursor;
    while (cursor < events.length) {
      const delay = cursor === 0 ? 0 : delayAfter(events[cursor - 1]!, proposals, this.#speed());
      if (delay > this.#budget) break;
      this.#budget -= delay;
      cursor++;
    }
    if (cursor !== this.cursor) {
      this.cursor = cursor;
      this.#moved();
    }
    if (cursor >= events.length) {
      this.#budget = 0;
      if (!this.#open()) {
        this.stop();
        return;
      }
    }
    this.#frame = requestAnimationFrame(this.#tick);
  };
}
