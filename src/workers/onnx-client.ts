import { proxy } from 'comlink';
import { exception } from '../core/failure.ts';
import type { ImportProblem } from '../core/import/import-problem.ts';
import { fail, type Result } from '../core/result.ts';
import { connect } from './connection.ts';
import type { MeasuredOnnx, OnnxImportApi, OnnxProgress, OnnxRequest } from './onnx-import.ts';
import { siteBase } from './site-base.ts';

export interface OnnxHandle {
  measure(
    request: Omit<OnnxRequest, 'site'>,
    onProgress: (progress: OnnxProgress) => void,
  ): Promise<Result<MeasuredOnnx, ImportProblem>>;
  dispose(): void;
}

/** Starts the worker that measures networks out of ONNX files. */
export function startOnnxImport(): OnnxHandle {
  const worker = new Worker(new URL('./onnx.worker.ts', import.meta.url), { type: 'module', name: 'onnx' });
  const { api: remote, dispose } = connect<OnnxImportApi>(worker);
  return {
    measure: (request, onProgress) =>
      remote
        .measure({ ...request, site: siteBase() }, proxy(onProgress))
        .catch((error: unknown) => fail({ code: 'failed', cause: exception(error) })),
    dispose,
  };
}
