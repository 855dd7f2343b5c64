import type { RunDevice } from '../../core/run-file/schema.ts';
import type { BackendReport } from '../../engine/engine.ts';

export function deviceOf(backend: BackendReport, workers: number): RunDevice {
  const cores = navigator.hardwareConcurrency;
  return { backend, workers, description: `${navigator.userAgent}, ${cores} cores` };
}
