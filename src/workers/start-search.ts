import type { Architecture } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import { exception } from '../core/failure.ts';
import type { NetworkId } from '../core/search/events.ts';
import type { Recipe } from '../core/search/recipe.ts';
import type { SearchListener, SearchRequest } from './protocol.ts';

export interface SearchOptions {
  readonly name: string;
  readonly onEvents: SearchListener['events'];
  readonly onStatus: SearchListener['status'];
  /** The id under which the run is stored. */
  readonly onRun?: (id: string) => void;
  readonly resume?: string;
  readonly takeOver?: boolean;
  readonly fork?: SearchRequest['fork'];
  readonly startingNetwork?: Architecture;
}

/** A search in its worker. Commands given before it is ready are carried out once it is. */
export interface SearchHandle {
  play(): void;
  pause(): void;
  step(unit: 'generation' | 'child'): void;
  stop(): Promise<void>;
  weights(network: NetworkId): Promise<Weights | null>;
  /** Terminates the worker and its trainers at once; what was stored stays. */
  dispose(): void;
}

/**
 * Starts a search worker for `recipe` and prepares its trainers; it waits for play(). What speaks to workers is loaded
 * only now: the first paint waits for none of it.
 */
export function startSearch(recipe: Recipe, options: SearchOptions): SearchHandle {
  let isDisposed = false;
  const started = import('./clients.ts').then(
    ({ openSearch }) => (isDisposed ? null : openSearch(recipe, options)),
    (error: unknown) => {
      if (!isDisposed) options.onStatus({ kind: 'failed', reason: exception(error) });
      return null;
    },
  );
  const tell = (command: (handle: SearchHandle) => void) => void started.then((it) => it && command(it));
  return {
    play: () => tell((handle) => handle.play()),
    pause: () => tell((handle) => handle.pause()),
    step: (unit) => tell((handle) => handle.step(unit)),
    stop: async () => (await started)?.stop(),
    weights: async (network) => (await started)?.weights(network) ?? null,
    dispose: () => {
      isDisposed = true;
      tell((handle) => handle.dispose());
    },
  };
}
