import { releaseProxy, wrap, type Remote } from 'comlink';

/** `T` as it is seen over the worker line: every answer is a promise. */
export type Asynchronous<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

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
