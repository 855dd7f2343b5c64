import { afterEach, describe, expect, it, vi } from 'vitest';
import { writeFailure, type Failure } from '../../src/core/failure.ts';
import { fail, ok } from '../../src/core/result.ts';
import type { LearningPoint } from '../../src/core/search/events.ts';
import type { TrainedNetwork, TrainingJob } from '../../src/workers/protocol.ts';
import { TrainerPool, type AsyncTrainer, type TrainerConnection } from '../../src/workers/trainer-pool.ts';
import { wasmReport } from '../support/fake-devices.ts';

const job = (network: number) => ({ network }) as TrainingJob;
const trained = (network: number) => ok({ network } as TrainedNetwork);

type Train = (
  job: TrainingJob,
  onProgress: (point: LearningPoint) => void,
) => Promise<ReturnType<typeof trained>>;

function pool(train: (worker: number) => Train, count: number, speed = 0) {
  let started = 0;
  const kills: ((reason: Failure) => void)[] = [];
  const restarts: string[] = [];
  const spawn = (): TrainerConnection => {
    const worker = started++;
    const api = {
      prepare: () => Promise.resolve(ok(wasmReport)),
      train: train(worker),
      pause: () => Promise.resolve(),
      resume: () => Promise.resolve(),
      benchmark: () => Promise.resolve(ok(speed)),
    } as unknown as AsyncTrainer;
    return { api, died: new Promise((resolve) => (kills[worker] = resolve)), terminate: () => {} };
  };
  const made = new TrainerPool({
    count,
    spawn,
    prepare: async () => ok(wasmReport),
    onRestart: (reason, { network }) => restarts.push(`${network}: ${writeFailure(reason)}`),
    silenceLimitSeconds: 10,
  });
  return { pool: made, kills, restarts, started: () => started };
}

afterEach(() => vi.useRealTimers());

describe('TrainerPool', () => {
  it('trains no more at once than it has trainers, and all of them in the end', async () => {
    let running = 0;
    let most = 0;
    const { pool: two } = pool(
      () => async (given) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running--;
        return trained(given.network);
      },
      2,
    );
    await two.prepare();
    const results = await Promise.all([1, 2, 3, 4, 5].map((network) => two.train(job(network), () => {})));
    expect(results.map((result) => result.ok && result.value.network)).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
    two.dispose();
  });

  it('gives the child of a dead trainer to a new one', async () => {
    const {
      pool: one,
      kills,
      restarts,
      started,
    } = pool(
      (worker) => (given) => (worker === 0 ? new Promise(() => {}) : Promise.resolve(trained(given.network))),
      1,
    );
    await one.prepare();
    const result = one.train(job(9), () => {});
    kills[0]!({ code: 'worker-crashed', detail: 'out of memory' });
    expect(await result).toEqual(trained(9));
    expect(restarts).toEqual(['9: worker-crashed: out of memory']);
    expect(started()).toBe(2);
    one.dispose();
  });

  it('takes a silent trainer for dead, but not while paused', async () => {
    vi.useFakeTimers();
    const { pool: one, restarts } = pool(
      (worker) => (given) => (worker === 0 ? new Promise(() => {}) : Promise.resolve(trained(given.network))),
      1,
    );
    await one.prepare();
    const result = one.train(job(3), () => {});
    one.pause();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(restarts).toEqual([]);
    one.resume();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await result).toEqual(trained(3));
    expect(restarts).toEqual(['3: trainer-silent']);
    one.dispose();
  });

  it('fails a child whose trainers die again and again', async () => {
    const { pool: one, restarts } = pool(
      () => () => Promise.resolve(fail({ code: 'device-lost', detail: 'test' }) as never),
      1,
    );
    await one.prepare();
    const result = await one.train(job(4), () => {});
    expect(result).toEqual(fail({ code: 'trainer-died', cause: { code: 'device-lost', detail: 'test' } }));
    expect(restarts).toHaveLength(5);
    one.dispose();
  });

  it('answers every waiting child when it is disposed of', async () => {
    const { pool: one } = pool(() => () => new Promise(() => {}), 1);
    await one.prepare();
    const results = [one.train(job(1), () => {}), one.train(job(2), () => {})];
    one.dispose();
    for (const result of await Promise.all(results)) expect(result).toEqual(fail({ code: 'aborted' }));
  });

  it('counts what all trainers do at once, and gives up those that add nothing', async () => {
    const { pool: many, started } = pool(() => (given) => Promise.resolve(trained(given.network)), 1, 40);
    await many.prepare();
    await many.grow(4);
    expect(many.size).toBe(4);
    expect(await many.speed()).toBe(160);
    many.shrink(2);
    expect(many.size).toBe(2);
    const results = await Promise.all([1, 2, 3].map((network) => many.train(job(network), () => {})));
    expect(results.every(({ ok: isOk }) => isOk)).toBe(true);
    expect(started()).toBe(4);
    many.dispose();
  });

  it('replaces a trainer that died between two jobs', async () => {
    const {
      pool: one,
      kills,
      restarts,
      started,
    } = pool(() => (given) => Promise.resolve(trained(given.network)), 1);
    await one.prepare();
    kills[0]!({ code: 'worker-closed' });
    await Promise.resolve();
    expect(await one.train(job(7), () => {})).toEqual(trained(7));
    expect(started()).toBe(2);
    expect(restarts).toEqual([]);
    one.dispose();
  });

  describe('with lent trainers', () => {
    const waits = () => new Promise<never>(() => {});
    function lent(train: Train, speed: number) {
      let end: (reason: Failure) => void = () => {};
      const cancelled: number[] = [];
      let given = 0;
      const api = {
        train: (job: TrainingJob, onProgress: (point: LearningPoint) => void) => {
          given = job.network;
          return train(job, onProgress);
        },
        pause: () => Promise.resolve(),
        resume: () => Promise.resolve(),
        cancel: async () => void cancelled.push(given),
      } as unknown as AsyncTrainer;
      const died = new Promise<Failure>((resolve) => (end = resolve));
      return { trainer: { api, died, terminate: () => {}, speed }, end, cancelled };
    }

    it('trains along with one that would take much longer, and stops it when it is first', async () => {
      let now = 0;
      const finish: (() => void)[] = [];
      const own = new TrainerPool({
        count: 1,
        spawn: () => ({
          api: {
            train: ({ network }: TrainingJob) =>
              new Promise((resolve) => finish.push(() => resolve(trained(network)))),
            cancel: () => Promise.resolve(),
          } as unknown as AsyncTrainer,
          died: waits(),
          terminate: () => {},
        }),
        prepare: async () => ok(wasmReport),
        onRestart: () => {},
        seconds: () => now,
      });
      await own.prepare();
      own.knowSpeed(100);
      const slow = lent(waits, 10);
      own.lend(slow.trainer);
      const first = own.train({ ...job(1), ownImages: 1000 }, () => {});
      const second = own.train({ ...job(2), ownImages: 1000 }, () => {});
      now = 10;
      finish[0]!();
      expect(await first).toEqual(trained(1));
      await expect.poll(() => finish.length).toBe(2);
      finish[1]!();
      expect(await second).toEqual(trained(2));
      expect(slow.cancelled).toEqual([2]);
      own.dispose();
    });

    it('gives the child of one that leaves to others, however many leave, and counts only own ones', async () => {
      const { pool: one, started } = pool(
        () =>
          async ({ network }) =>
            trained(network),
        1,
      );
      await one.prepare();
      one.pause();
      const leaving = Array.from({ length: 8 }, () => lent(waits, 10));
      for (const { trainer } of leaving) one.lend(trainer);
      expect(one.size).toBe(1);
      const results = Array.from({ length: 9 }, (_, index) => one.train(job(index + 1), () => {}));
      one.resume();
      for (const { end } of leaving) end({ code: 'worker-closed' });
      expect(await Promise.all(results)).toEqual(results.map((_, index) => trained(index + 1)));
      expect(started()).toBe(1);
      one.dispose();
    });
  });
});
