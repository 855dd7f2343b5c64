import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FailureError } from '../../src/core/failure.ts';
import { orFailure } from '../../src/core/result.ts';
import { connect } from '../../src/workers/connection.ts';
import type { FromWorker, ToWorker } from '../../src/workers/serve.ts';

interface Api {
  answer(): number;
}

/** A worker that never answers a call; `port` is what it is watched by. */
class MuteWorker extends EventTarget {
  port: MessagePort | null = null;
  ended = 0;
  isAlive = true;

  postMessage(message: Partial<ToWorker>, [port]: readonly MessagePort[] = []): void {
    if (message.supervise === undefined || !port) return;
    this.port = port;
    port.onmessage = () => {
      if (this.isAlive) port.postMessage({ kind: 'alive' } satisfies FromWorker);
    };
  }

  terminate(): void {
    this.ended++;
  }
}

const connected = () => {
  const worker = new MuteWorker();
  return { worker, ...connect<Api>(worker as unknown as Worker) };
};

/** Lets messages between ports arrive. */
const arrived = () => new Promise((resolve) => setTimeout(resolve, 20));

async function beats(count: number): Promise<void> {
  for (let beat = 0; beat < count; beat++) {
    vi.advanceTimersByTime(5000);
    await arrived();
  }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('takes a worker that goes silent for dead, and rejects what waits for it', async () => {
  const { worker, api, died, dispose } = connected();
  const waiting = api.answer();
  waiting.catch(() => {});
  await beats(20);
  expect(worker.ended).toBe(0);
  worker.isAlive = false;
  await beats(13);
  expect(await died).toEqual({ code: 'worker-silent' });
  expect(worker.ended).toBe(1);
  await expect(waiting).rejects.toBeInstanceOf(FailureError);
  dispose();
  expect(worker.ended).toBe(1);
});

it('ends a worker at its first error that nobody caught, thrown or in a promise', async () => {
  const thrown = connected();
  thrown.worker.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message: 'oh' }));
  expect(await thrown.died).toEqual({ code: 'worker-crashed', detail: 'oh' });
  const rejected = connected();
  const answer = orFailure(rejected.api.answer() as never);
  rejected.worker.port!.postMessage({ kind: 'crashed', detail: 'no' } satisfies FromWorker);
  expect(await rejected.died).toEqual({ code: 'worker-crashed', detail: 'no' });
  expect(await answer).toEqual({ ok: false, reason: { code: 'worker-crashed', detail: 'no' } });
  expect([thrown.worker.ended, rejected.worker.ended]).toEqual([1, 1]);
});

it('says nothing of a worker that was ended on purpose', async () => {
  const { worker, died, dispose } = connected();
  let told = false;
  void died.then(() => (told = true));
  dispose();
  worker.dispatchEvent(Object.assign(new Event('error'), { message: 'late' }));
  await beats(30);
  expect([told, worker.ended]).toEqual([false, 1]);
});
