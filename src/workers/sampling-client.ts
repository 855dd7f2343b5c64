import { proxy } from 'comlink';
import type { Architecture } from '../core/architecture/types.ts';
import type { ShippedId } from '../core/search/recipe.ts';
import type { TwoStage, TwoStageOptions } from '../core/search/two-stage.ts';
import { connect } from './connection.ts';
import type { ManyDraws, SamplingApi } from './sampling.ts';

export interface SamplingHandle {
  populate(dataset: ShippedId, count: number, seed: number): Promise<readonly number[]>;
  take(architectures: readonly Architecture[], seed: number): Promise<readonly number[]>;
  generation(options: TwoStageOptions, seed: number, turn: number): Promise<TwoStage>;
  many(
    options: Omit<TwoStageOptions, 'uniform'>,
    seed: number,
    wanted: number,
    onPart: (part: ManyDraws) => void,
  ): Promise<ManyDraws | null>;
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
