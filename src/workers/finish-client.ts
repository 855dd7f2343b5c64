import { proxy } from 'comlink';
import { orFailure, type Result } from '../core/result.ts';
import type { DatasetId, Recipe } from '../core/search/recipe.ts';
import type { BackendReport } from '../engine/engine.ts';
import { siteBase } from './site-base.ts';
import { connect, type Asynchronous } from './connection.ts';
import type { FinishApi } from './finish.ts';

export interface FinishHandle extends Pick<Asynchronous<FinishApi>, 'finish' | 'pause' | 'resume'> {
  prepare(dataset: DatasetId, backend: Recipe['backend']): Promise<Result<BackendReport>>;
  dispose(): void;
}

/** Starts the worker that finishes the training of found networks. */
export function startFinish(): FinishHandle {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'finish',
  });
  const { api: remote, dispose } = connect<FinishApi>(worker);
  return {
    prepare: (dataset, backend) => orFailure(remote.prepare(dataset, backend, siteBase())),
    finish: (order, onPlanned, onProgress) =>
      orFailure(remote.finish(order, proxy(onPlanned), proxy(onProgress))),
    pause: () => remote.pause().catch(() => {}),
    resume: () => remote.resume().catch(() => {}),
    dispose,
  };
}
