import { releaseProxy, wrap } from 'comlink';
import { FailureError, type Failure } from '../core/failure.ts';
import { newId } from '../storage/new-id.ts';
import type { FromWorker, ToWorker } from './serve.ts';

/** `T` as it is seen over the worker line: every answer is a promise. */
export type Asynchronous<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

/** A worker seen from whoever started it: what it answers, and its end. */
export interface WorkerConnection<T> {
  /** What waits for an answer when the worker dies is rejected with a FailureError. */
  readonly api: Asynchronous<T>;
  /** Why it died of itself: it crashed, closed, or went silent; never settles otherwise. */
  readonly died: Promise<Failure>;
  /** Terminates the worker at once; what waits for an answer waits for ever. */
  dispose(): void;
}

const beatMilliseconds = 5000;
/** Beats without an answer after which a worker counts as dead. Beats, not a clock: a sleeping computer makes none. [ours] */
const silentBeats = 12;
/** The same before its first answer, while its script loads. */
const loadingBeats = 24;

/**
 * Wraps a worker that `serve`s `T`, and watches it: its errors, a lock that it holds for as long as it lives (where
 * there are Web Locks: not on plain http), and a heartbeat. The caller makes it: bundlers read
 * `new Worker(new URL(...))` where it stands.
 */
export function connect<T>(worker: Worker): WorkerConnection<T> {
  const remote = wrap<T>(worker);
  const { port1: port, port2 } = new MessageChannel();
  const waiting = new Set<(error: FailureError) => void>();
  const given = new AbortController();
  let unanswered = 0;
  let mostUnanswered = loadingBeats;
  let isOver = false;
  let tell: (reason: Failure) => void;
  const died = new Promise<Failure>((resolve) => (tell = resolve));

  const end = () => {
    isOver = true;
    clearInterval(beat);
    given.abort();
    port.close();
    worker.terminate();
  };
  const die = (reason: Failure) => {
    if (isOver) return;
    end();
    tell(reason);
    for (const reject of waiting) reject(new FailureError(reason));
    waiting.clear();
  };
  const beat = setInterval(() => {
    if (++unanswered > mostUnanswered) die({ code: 'worker-silent' });
    else port.postMessage('beat');
  }, beatMilliseconds);

  worker.addEventListener('error', (event) => {
    // Else a worker's error would go on to the owner of the worker that started it.
    event.preventDefault();
    die({ code: 'worker-crashed', detail: event.message });
  });
  worker.addEventListener('messageerror', () => die({ code: 'message-unreadable' }));
  port.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    unanswered = 0;
    mostUnanswered = silentBeats;
    if (data.kind === 'crashed') die({ code: 'worker-crashed', detail: data.detail });
    if (data.kind === 'holding')
      navigator.locks
        .request(data.lock, { signal: given.signal }, () => die({ code: 'worker-closed' }))
        .catch(() => {});
  };
  worker.postMessage({ supervise: `lemonade-worker-${newId()}` } satisfies ToWorker, [port2]);

  const methods = new Map<string | symbol, (...args: never[]) => Promise<unknown>>();
  const methodOf = (name: string | symbol) => {
    const known = methods.get(name);
    if (known) return known;
    const method = (...args: never[]) =>
      new Promise((resolve, reject) => {
        waiting.add(reject);
        const call = Reflect.get(remote as object, name) as (...args: never[]) => Promise<unknown>;
        void call(...args)
          .then(resolve, reject)
          .finally(() => waiting.delete(reject));
      });
    methods.set(name, method);
    return method;
  };
  const api = new Proxy(Object.create(null) as object, { get: (_, name) => methodOf(name) });

  return {
    api: api as Asynchronous<T>,
    died,
    dispose: () => {
      if (isOver) return;
      remote[releaseProxy]();
      end();
    },
  };
}
