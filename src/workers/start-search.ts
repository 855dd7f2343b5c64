import { exception } from '../core/failure.ts';
import type { Recipe } from '../core/search/recipe.ts';
import type { SearchHandle, SearchOptions } from './search-handle.ts';

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
    lendDevices: (port) => tell((handle) => handle.lendDevices(port)),
    stop: async () => (await started)?.stop(),
    weights: async (network) => (await started)?.weights(network) ?? null,
    dispose: () => {
      isDisposed = true;
      tell((handle) => handle.dispose());
    },
  };
}
