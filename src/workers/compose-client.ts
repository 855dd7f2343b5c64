import { proxy } from 'comlink';
import { fail, type Result } from '../core/result.ts';
import type { Recipe } from '../core/search/recipe.ts';
import { siteBase } from './clients.ts';
import { connect, type Asynchronous } from './connection.ts';
import type { ComposeApi, ComposeReady } from './compose.ts';

export interface ComposeHandle extends Omit<Asynchronous<ComposeApi>, 'prepare' | 'clear'> {
  prepare(recipe: Recipe): Promise<Result<ComposeReady>>;
  dispose(): void;
}

/** Starts the worker that trains what is composed by hand. */
export function startCompose(): ComposeHandle {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'compose',
  });
  const { api: remote, dispose } = connect<ComposeApi>(worker);
  const died = new Promise<Result<never>>((resolve) =>
    worker.addEventListener('error', (event) =>
      resolve(fail({ code: 'worker-crashed', detail: event.message })),
    ),
  );
  return {
    prepare: (recipe) => Promise.race([remote.prepare(recipe, siteBase()), died]),
    train: (job, onProgress) => Promise.race([remote.train(job, proxy(onProgress)), died]),
    weights: (network) => remote.weights(network),
    dispose,
  };
}
