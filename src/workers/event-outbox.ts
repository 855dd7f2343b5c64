import type { SearchEvent } from '../core/search/events.ts';
import type { SearchListener } from './protocol.ts';

const periodMilliseconds = 100;

/** Sends the log to the page in batches, so that hundreds of events cost a handful of messages. */
export class EventOutbox {
  readonly #send: SearchListener['events'];
  #sent = 0;
  #waiting: SearchEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(send: SearchListener['events']) {
    this.#send = send;
  }

  add(events: readonly SearchEvent[]): void {
    for (const event of events) this.#waiting.push(event);
    this.#timer ??= setTimeout(() => void this.flush(), periodMilliseconds);
  }

  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const events = this.#waiting;
    if (events.length === 0) return;
    this.#waiting = [];
    const first = this.#sent;
    this.#sent += events.length;
    await this.#send(first, events);
  }
}
