import { texts } from '../text/texts.ts';
import type { Recipe } from '../../core/search/recipe.ts';
import type { SearchHandle } from '../../workers/search-handle.ts';
import { startSearch } from '../../workers/start-search.ts';
import { EventBatch } from './event-batch.ts';
import { inEffectRoot } from './in-effect-root.svelte.ts';
import { RunLog } from './run-log.svelte.ts';

/** A search beside what is on the page, run on demand to be compared with it: one at a time. */
export class SideRun {
  log = $state.raw(new RunLog());
  running = $state(false);
  failure = $state('');
  #handle: SearchHandle | null = null;
  #batch: EventBatch;

  /** Its log grows at most every `interval` ms. */
  constructor(interval: number) {
    this.#batch = new EventBatch(
      (events) => this.log.append(this.log.count, events),
      () => interval,
    );
  }

  /** `onfinished` is called when it came to its own end, not when it failed or was stopped. */
  start(recipe: Recipe, name: string, onfinished: () => void = () => {}): void {
    this.clear();
    this.running = true;
    this.#handle = startSearch(recipe, {
      name,
      onEvents: (_first, events) => this.#batch.add(events),
      onStatus: (status) => {
        if (status.kind === 'finished') {
          this.stop();
          onfinished();
        }
        if (status.kind === 'failed') {
          this.failure = texts.describeFailure(status.reason);
          this.stop();
        }
      },
    });
    this.#handle.play();
  }

  /** Ends it; what it found stays. */
  stop(): void {
    this.#batch.now();
    this.#handle?.dispose();
    this.#handle = null;
    this.running = false;
  }

  clear(): void {
    this.stop();
    this.failure = '';
    this.log = inEffectRoot(() => new RunLog());
  }
}
