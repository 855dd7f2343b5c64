import { proxy, releaseProxy, wrap, type Remote } from 'comlink';
import type { Architecture } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import type { NetworkId } from '../core/search/events.ts';
import type { Recipe } from '../core/search/recipe.ts';
import type { BenchApi } from './bench.ts';
import type { AskApi, SearchApi, SearchListener, SearchRequest, SiteBase } from './protocol.ts';

export interface SearchOptions {
  readonly name: string;
  readonly onEvents: SearchListener['events'];
  readonly onStatus: SearchListener['status'];
  /** The id under which the run is stored. */
  readonly onRun?: (id: string) => void;
  readonly resume?: string;
  readonly fork?: SearchRequest['fork'];
  readonly startingNetwork?: Architecture;
}

/** A search in its worker. Commands given before it is ready are carried out once it is. */
export interface SearchHandle {
  play(): void;
  pause(): void;
  step(unit: 'generation' | 'child'): void;
  stop(): Promise<void>;
  weights(network: NetworkId): Promise<Weights | null>;
  crashTrainer(index: number): void;
  /** Terminates the worker and its trainers at once; what was stored stays. */
  dispose(): void;
}

/** The folder of this page, absolute: data sets and binaries lie below it. */
export const siteBase = (): SiteBase => new URL('.', document.baseURI).href;

/** Starts a search worker for `recipe` and prepares its trainers; it waits for play(). */
export function startSearch(recipe: Recipe, options: SearchOptions): SearchHandle {
  const worker = new Worker(new URL('./search.worker.ts', import.meta.url), {
    type: 'module',
    name: 'search',
  });
  const remote: Remote<SearchApi> = wrap<SearchApi>(worker);
  let disposed = false;
  const onStatus: SearchListener['status'] = (status) => {
    if (!disposed) options.onStatus(status);
  };
  worker.addEventListener('error', (event) =>
    onStatus({ kind: 'failed', reason: event.message || 'the search worker stopped' }),
  );
  const request: SearchRequest = {
    recipe,
    site: siteBase(),
    name: options.name,
    ...(options.resume === undefined ? {} : { resume: options.resume }),
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
      onStatus({ kind: 'failed', reason: String(error) });
      return false;
    });
  const whenOpen = (command: () => unknown) =>
    void opened.then((isOpen) => {
      if (isOpen && !disposed) command();
    });
  return {
    play: () => whenOpen(() => remote.play()),
    pause: () => whenOpen(() => remote.pause()),
    step: (unit) => whenOpen(() => remote.step(unit)),
    stop: async () => {
      if ((await opened) && !disposed) await remote.stop();
    },
    weights: async (network) => ((await opened) && !disposed ? remote.weights(network) : null),
    crashTrainer: (index) => whenOpen(() => remote.crashTrainer(index)),
    dispose: () => {
      disposed = true;
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}

export interface AskHandle {
  readonly api: Remote<AskApi>;
  dispose(): void;
}

/** Starts the worker that answers questions about trained networks; call api.prepare first. */
export function startAsk(): AskHandle {
  const worker = new Worker(new URL('./ask.worker.ts', import.meta.url), { type: 'module', name: 'ask' });
  const api = wrap<AskApi>(worker);
  return {
    api,
    dispose: () => {
      api[releaseProxy]();
      worker.terminate();
    },
  };
}

export interface BenchHandle {
  readonly api: Remote<BenchApi>;
  dispose(): void;
}

/** Starts the worker of the morphism bench; call api.prepare first. */
export function startBench(): BenchHandle {
  const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module', name: 'bench' });
  const api = wrap<BenchApi>(worker);
  return {
    api,
    dispose: () => {
      api[releaseProxy]();
      worker.terminate();
    },
  };
}

/** Passes a callback to a worker: it stays on this side. */
export const callback = <T extends (...values: never[]) => void>(call: T): T => proxy(call) as T;
