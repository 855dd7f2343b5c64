import { proxy } from 'comlink';
import { orFailure, type Result } from '../core/result.ts';
import type { Recipe } from '../core/search/recipe.ts';
import { siteBase } from './site-base.ts';
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
  return {
    prepare: (recipe) => orFailure(remote.prepare(recipe, siteBase())),
    train: (job, onProgress) => orFailure(remote.train(job, proxy(onProgress))),
    weights: (network) => remote.weights(network).catch(() => null),
    dispose,
  };
}
