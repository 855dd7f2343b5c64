import { releaseProxy, wrap, type Remote } from 'comlink';

/** A worker seen from the page: what it answers, and its end. */
export interface WorkerConnection<T> {
  readonly api: Remote<T>;
  /** Terminates the worker at once. */
  dispose(): void;
}

/** Wraps a worker that exposes `T`. The caller makes it: bundlers read `new Worker(new URL(...))` where it stands. */
export function connect<T>(worker: Worker): WorkerConnection<T> {
  const api = wrap<T>(worker);
  return {
    api,
    dispose: () => {
      api[releaseProxy]();
      worker.terminate();
    },
  };
}
