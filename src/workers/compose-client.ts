import { proxy } from 'comlink';
import type { Weights } from '../core/architecture/weights.ts';
import { fail, type Result } from '../core/result.ts';
import type { LearningPoint, NetworkId } from '../core/search/events.ts';
import type { Recipe } from '../core/search/recipe.ts';
import { siteBase } from './clients.ts';
import { connect } from './connection.ts';
import type { ComposeApi, ComposeJob, ComposeReady } from './compose.ts';
import type { TrainedNetwork } from './protocol.ts';

export interface ComposeHandle {
  prepare(recipe: Recipe): Promise<Result<ComposeReady>>;
  train(
    job: ComposeJob,
    onProgress: (point: LearningPoint) => void,
  ): Promise<Result<Omit<TrainedNetwork, 'weights' | 'rawWeights'>>>;
  weights(network: NetworkId): Promise<Weights | null>;
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
