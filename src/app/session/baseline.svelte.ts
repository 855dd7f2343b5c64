import type { Recipe } from '../../core/search/recipe.ts';
import { startSearch, type SearchHandle } from '../../workers/clients.ts';
import { EventBatch } from './batch.ts';
import { RunLog } from './run-log.svelte.ts';

/** Random search at the same budget and seed, run on demand beside the finished run. */
export class Baseline {
  readonly log = new RunLog();
  running = $state(false);
  failure = $state('');
  #handle: SearchHandle | null = null;
  #batch = new EventBatch(
    (events) => this.log.append(this.log.count, events),
    () => 500,
  );

  start(recipe: Recipe): void {
    this.clear();
    this.running = true;
    this.#handle = startSearch(
      { ...recipe, strategy: 'random' },
      {
        name: 'random search',
        onEvents: (_first, events) => this.#batch.add(events),
        onStatus: (status) => {
          if (status.kind === 'finished') this.#end();
          if (status.kind === 'failed') {
            this.failure = status.reason;
            this.#end();
          }
        },
      },
    );
    this.#handle.play();
  }

  stop(): void {
    this.#end();
  }

  clear(): void {
    this.#end();
    this.failure = '';
    this.log.clear();
  }

  #end(): void {
    this.#batch.now();
    this.#handle?.dispose();
    this.#handle = null;
    this.running = false;
  }
}
