import { colonText } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import type { SearchEvent } from '../../core/search/events.ts';
import type { Recipe, StrategyKey } from '../../core/search/recipe.ts';
import type { SearchHandle } from '../../workers/search-handle.ts';
import { startSearch } from '../../workers/start-search.ts';
import { RunLog } from '../model/run-log.svelte.ts';

export interface Queued {
  readonly name: string;
  readonly recipe: Recipe;
}

/** Seed by seed, so that a queue that is stopped has the same seeds of every strategy. */
export const queueOf = (
  base: Recipe,
  keys: readonly StrategyKey[],
  seeds: readonly number[],
): readonly Queued[] =>
  seeds.flatMap((seed) =>
    keys.map((strategy) => ({
      name: texts.compare.queued(texts.strategyTitles[strategy], seed),
      recipe: { ...base, strategy, seed },
    })),
  );

/** Searches run one after another in this tab, each with all trainers; each is stored like any run. */
export class Queue {
  waiting = $state.raw<readonly Queued[]>([]);
  current = $state.raw<Queued | null>(null);
  done = $state(0);
  failures = $state.raw<readonly string[]>([]);
  /** Of the present search. */
  readonly log = new RunLog();
  #handle: SearchHandle | null = null;
  readonly #finished: (run: Queued, events: readonly SearchEvent[]) => void;

  constructor(finished: (run: Queued, events: readonly SearchEvent[]) => void) {
    this.#finished = finished;
  }

  get total(): number {
    return this.done + this.waiting.length + (this.current ? 1 : 0);
  }

  start(runs: readonly Queued[]): void {
    this.stop();
    this.done = 0;
    this.failures = [];
    this.waiting = runs;
    this.#next();
  }

  /** Ends the queue; what was finished stays. */
  stop(): void {
    this.#handle?.dispose();
    this.#handle = null;
    this.current = null;
    this.waiting = [];
    this.log.clear();
  }

  #next(): void {
    this.#handle?.dispose();
    this.#handle = null;
    this.log.clear();
    const [run = null, ...rest] = this.waiting;
    this.waiting = rest;
    this.current = run;
    if (!run) return;
    this.#handle = startSearch(run.recipe, {
      name: run.name,
      onEvents: (first, events) => this.log.append(first, events),
      onStatus: (status) => {
        if (status.kind === 'finished') this.#end(run, null);
        if (status.kind === 'failed') this.#end(run, texts.describeFailure(status.reason));
      },
    });
    this.#handle.play();
  }

  #end(run: Queued, failure: string | null): void {
    if (this.current !== run) return;
    this.done++;
    if (failure === null) this.#finished(run, this.log.events);
    else this.failures = [...this.failures, colonText(run.name, failure)];
    this.#next();
  }
}
