import type { Recipe, StrategyKey } from '../../core/search/recipe.ts';
import { startSearch, type SearchHandle } from '../../workers/clients.ts';
import { EventBatch } from './event-batch.ts';
import { RunLog } from './run-log.svelte.ts';

/** Another search with the same seed, run on demand beside the finished run: random search, hand-made families. */
export class Baseline {
  readonly log = new RunLog();
  running = $state(false);
  failure = $state('');
  readonly #strategy: StrategyKey;
  readonly #name: string;
  #handle: SearchHandle | null = null;
  #batch = new EventBatch(
    (events) => this.log.append(this.log.count, events),
    () => 500,
  );

  constructor(strategy: StrategyKey, name: string) {
    this.#strategy = strategy;
    this.#name = name;
  }

  /** `onfinished` is called when it came to its own end, not when it failed or was stopped. */
  start(recipe: Recipe, onfinished: () => void = () => {}): void {
    this.clear();
    this.running = true;
    this.#handle = startSearch(
      { ...recipe, strategy: this.#strategy },
      {
        name: this.#name,
        onEvents: (_first, events) => this.#batch.add(events),
        onStatus: (status) => {
          if (status.kind === 'finished') {
            this.#end();
            onfinished();
          }
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
