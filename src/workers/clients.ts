import { proxy, transfer } from 'comlink';
import { exception, FailureError } from '../core/failure.ts';
import type { Recipe } from '../core/search/recipe.ts';
import type { WorkbenchApi } from './workbench.ts';
import { connect, type WorkerConnection } from './connection.ts';
import type { AskApi, SearchApi, SearchListener, SearchRequest } from './protocol.ts';
import { siteBase } from './site-base.ts';
import type { SearchHandle, SearchOptions } from './search-handle.ts';

/** Starts a search worker for `recipe` and prepares its trainers; it waits for play(). */
export function openSearch(recipe: Recipe, options: SearchOptions): SearchHandle {
  const worker = new Worker(new URL('./search.worker.ts', import.meta.url), {
    type: 'module',
    name: 'search',
  });
  const { api: remote, died, dispose } = connect<SearchApi>(worker);
  let disposed = false;
  const onStatus: SearchListener['status'] = (status) => {
    if (!disposed) options.onStatus(status);
  };
  void died.then((reason) => onStatus({ kind: 'failed', reason }));
  const request: SearchRequest = {
    recipe,
    site: siteBase(),
    name: options.name,
    ...(options.resume === undefined ? {} : { resume: options.resume }),
    ...(options.takeOver === undefined ? {} : { takeOver: options.takeOver }),
    ...(options.fork === undefined ? {} : { fork: options.fork }),
    ...(options.startingNetwork === undefined ? {} : { startingNetwork: options.startingNetwork }),
  };
  const opened = remote
    .open(
      request,
      proxy((first, events) => {
        if (!disposed) options.onEvents(first, events);
      }),
      proxy(onStatus),
    )
    .then((result) => {
      if (result.ok && !disposed) options.onRun?.(result.value);
      return result.ok;
    })
    .catch((error: unknown) => {
      // A worker that died has said so.
      if (!(error instanceof FailureError)) onStatus({ kind: 'failed', reason: exception(error) });
      return false;
    });
  /** A worker that dies says so by `died`. */
  const whenOpen = (command: () => Promise<void>) =>
    void opened.then((isOpen) => {
      if (isOpen && !disposed) command().catch(() => {});
    });
  return {
    play: () => whenOpen(() => remote.play()),
    pause: () => whenOpen(() => remote.pause()),
    step: (unit) => whenOpen(() => remote.step(unit)),
    lendDevices: (port) => whenOpen(() => remote.lendDevices(transfer(port, [port]))),
    stop: async () => {
      if ((await opened) && !disposed) await remote.stop().catch(() => {});
    },
    weights: async (network) =>
      (await opened) && !disposed ? remote.weights(network).catch(() => null) : null,
    dispose: () => {
      disposed = true;
      dispose();
    },
  };
}

export type AskHandle = WorkerConnection<AskApi>;

/** Starts the worker that answers questions about trained networks; call api.prepare first. */
export function startAsk(): AskHandle {
  return connect(new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'ask' }));
}

export type BenchHandle = WorkerConnection<WorkbenchApi>;

/** Starts the worker of the morphism bench; call api.prepare first. */
export function startBench(): BenchHandle {
  return connect(
    new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'workbench' }),
  );
}

/** Passes a callback to a worker: it stays on this side. */
export const callback = <T extends (...values: never[]) => void>(call: T): T => proxy(call) as T;
