import { proxy } from 'comlink';
import { connect, type Asynchronous } from './connection.ts';
import type { SamplingApi } from './sampling.ts';

export interface SamplingHandle extends Asynchronous<SamplingApi> {
  dispose(): void;
}

/** Starts the worker of the sampling lesson. */
export function startSampling(): SamplingHandle {
  const worker = new Worker(new URL('./sampling.worker.ts', import.meta.url), {
    type: 'module',
    name: 'sampling',
  });
  const { api: remote, dispose } = connect<SamplingApi>(worker);
  return {
    populate: (dataset, count, seed) => remote.populate(dataset, count, seed),
    take: (architectures, seed) => remote.take(architectures, seed),
    generation: (options, seed, turn) => remote.generation(options, seed, turn),
    many: (options, seed, wanted, onPart) => remote.many(options, seed, wanted, proxy(onPart)),
    dispose,
  };
}
