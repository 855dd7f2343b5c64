import { proxy } from 'comlink';
import { orFailure, type Result } from '../core/result.ts';
import type { ShippedId } from '../core/search/recipe.ts';
import { connect, type Asynchronous } from './connection.ts';
import { siteBase } from './site-base.ts';
import type { WeightSharingApi } from './weight-sharing.ts';

export interface WeightSharingHandle extends Pick<Asynchronous<WeightSharingApi>, 'ask'> {
  prepare(dataset: ShippedId, seed: number): Promise<Result<null>>;
  dispose(): void;
}

/** Starts the worker of the lesson "Shared or inherited?". To stop a training, end the worker. */
export function startWeightSharing(): WeightSharingHandle {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'sharing',
  });
  const { api: remote, dispose } = connect<WeightSharingApi>(worker);
  return {
    prepare: (dataset, seed) => orFailure(remote.prepare(dataset, seed, siteBase())),
    ask: (question, onImages) => orFailure(remote.ask(question, proxy(onImages))),
    dispose,
  };
}
