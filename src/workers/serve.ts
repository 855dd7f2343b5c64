import { expose } from 'comlink';
import { messageOf } from '../core/failure.ts';

/** Asks a worker to be watched, by the port that comes along; it holds the lock of that name as long as it lives. */
export interface ToWorker {
  readonly supervise: string;
}

/** What a worker says on that port: an answer to a beat, that it holds its lock, or what nobody in it caught. */
export type FromWorker =
  | { readonly kind: 'alive' }
  | { readonly kind: 'holding'; readonly lock: string }
  | { readonly kind: 'crashed'; readonly detail: string };

/** Exposes `api` to whoever started this worker by `connect`, and answers those who watch it. */
export function serve(api: object): void {
  expose(api);
  const { locks } = navigator as { readonly locks?: LockManager };
  addEventListener('message', ({ data, ports: [port] }: MessageEvent<Partial<ToWorker>>) => {
    const lock = data.supervise;
    if (lock === undefined || !port) return;
    const say = (message: FromWorker) => port.postMessage(message);
    port.onmessage = () => say({ kind: 'alive' });
    say({ kind: 'alive' });
    // An error that nobody catches reaches the owner by itself; a promise's does not.
    addEventListener('unhandledrejection', ({ reason }: PromiseRejectionEvent) =>
      say({ kind: 'crashed', detail: messageOf(reason) }),
    );
    void locks?.request(lock, () => {
      say({ kind: 'holding', lock });
      return new Promise(() => {});
    });
  });
}
