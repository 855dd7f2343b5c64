import type { Recipe } from '../../../core/search/recipe.ts';
import { startSearch, type SearchHandle } from '../../../workers/clients.ts';
import { EventBatch } from '../../model/event-batch.ts';
import { RunLog } from '../../model/run-log.svelte.ts';

/** LEMONADE on the same task with the same number of images: the real search, in its own workers. */
export class Opponent {
  readonly log = new RunLog();
  running = $state(false);
  failure = $state('');
  #handle: SearchHandle | null = null;
  #batch = new EventBatch(
    (events) => this.log.append(this.log.count, events),
    () => 250,
  );

  start(recipe: Recipe, name: string): void {
    this.clear();
    this.running = true;
    this.#handle = startSearch(recipe, {
      name,
      onEvents: (_first, events) => this.#batch.add(events),
      onStatus: (status) => {
        if (status.kind === 'failed') this.failure = status.reason;
        if (status.kind === 'failed' || status.kind === 'finished') this.#end();
      },
    });
    this.#handle.play();
  }

  clear(): void {
    this.#end();
    this.#batch.clear();
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
