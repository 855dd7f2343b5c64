import { addAll } from '../core/add-all.ts';
import type { LearningPoint } from '../core/search/events.ts';
import { exception, FailureError, type Failure } from '../core/failure.ts';
import { fail, orFailure, type Result } from '../core/result.ts';
import type { BackendReport } from '../engine/engine.ts';
import type { Asynchronous } from './connection.ts';
import type { TrainedNetwork, TrainerApi, TrainingJob } from './protocol.ts';

/** A trainer somewhere else. `died` resolves with the reason when it crashes; never otherwise. */
export interface TrainerConnection {
  readonly api: AsyncTrainer;
  readonly died: Promise<Failure>;
  terminate(): void;
}

export type AsyncTrainer = Asynchronous<TrainerApi>;

export interface PoolOptions {
  readonly count: number;
  readonly spawn: () => TrainerConnection;
  readonly prepare: (trainer: AsyncTrainer) => Promise<Result<BackendReport>>;
  readonly onRestart: (reason: Failure, job: TrainingJob) => void;
  /** Seconds without a sign of life after which a trainer counts as dead. */
  readonly silenceLimitSeconds?: number;
}

interface Slot {
  connection: TrainerConnection | null;
  busy: boolean;
  /** Ticks of the watchdog since the last sign of life. Ticks, not a clock: a sleeping computer makes none. */
  silentTicks: number;
  giveUp: (reason: Failure) => void;
}

interface Waiting {
  readonly job: TrainingJob;
  readonly onProgress: (point: LearningPoint) => void;
  readonly settle: (result: Result<TrainedNetwork>) => void;
  attempts: number;
}

const newSlot = (): Slot => ({ connection: null, busy: false, silentTicks: 0, giveUp: () => {} });

const tickSeconds = 5;
/** Trainers that may die of one child: it is given up then, as it may be what kills them. [ours] */
const maxAttempts = 5;

/** Starts, feeds, watches and restarts trainers; a dead trainer's child is trained again by another. */
export class TrainerPool {
  readonly #options: PoolOptions;
  readonly #slots: Slot[];
  readonly #queue: Waiting[] = [];
  readonly #watchdog: ReturnType<typeof setInterval>;
  #paused = false;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.count }, newSlot);
    this.#watchdog = setInterval(() => this.#tick(), tickSeconds * 1000);
  }

  get size(): number {
    return this.#slots.length;
  }

  /** Starts every trainer; the report of the first. Fails when the first cannot start. */
  async prepare(): Promise<Result<BackendReport>> {
    const reports = await Promise.all(this.#slots.map((slot) => this.#start(slot)));
    return reports.find((report) => report.ok) ?? reports[0]!;
  }

  /** Adds trainers until there are `count`. */
  async grow(count: number): Promise<void> {
    const added = Array.from({ length: Math.max(0, count - this.#slots.length) }, newSlot);
    addAll(this.#slots, added);
    await Promise.all(added.map((slot) => this.#start(slot)));
  }

  /** Ends trainers until there are `count`; for before the first job. */
  shrink(count: number): void {
    for (const slot of this.#slots.splice(count)) {
      slot.connection?.terminate();
      slot.connection = null;
    }
  }

  /** Images per second of all trainers at once; a trainer that cannot be measured counts nothing. */
  async speed(): Promise<number> {
    const speeds = await Promise.all(
      this.#slots.map(async ({ connection }) => (connection ? orFailure(connection.api.benchmark()) : null)),
    );
    return speeds.reduce((sum, speed) => sum + (speed?.ok ? speed.value : 0), 0);
  }

  /** Trains `job` on the next free trainer. A crash is retried elsewhere, up to five attempts in all. */
  train(job: TrainingJob, onProgress: (point: LearningPoint) => void): Promise<Result<TrainedNetwork>> {
    return new Promise((settle) => {
      this.#queue.push({ job, onProgress, settle, attempts: 0 });
      this.#feed();
    });
  }

  /** A trainer to ask something else than training; waits for none, so ask only between trainings. */
  any(): AsyncTrainer | null {
    return this.#slots.find((slot) => slot.connection)?.connection?.api ?? null;
  }

  pause(): void {
    this.#paused = true;
    for (const slot of this.#slots) void slot.connection?.api.pause();
  }

  resume(): void {
    this.#paused = false;
    for (const slot of this.#slots) void slot.connection?.api.resume();
    this.#feed();
  }

  dispose(): void {
    this.#closed = true;
    clearInterval(this.#watchdog);
    for (const waiting of this.#queue.splice(0)) waiting.settle(fail({ code: 'aborted' }));
    for (const slot of this.#slots) {
      slot.giveUp({ code: 'aborted' });
      slot.connection?.terminate();
      slot.connection = null;
    }
  }

  async #start(slot: Slot): Promise<Result<BackendReport>> {
    const connection = this.#options.spawn();
    slot.connection = connection;
    void connection.died.then((reason) => this.#bury(slot, connection, reason));
    const report = await Promise.race([
      this.#options.prepare(connection.api).catch((error: unknown) => fail(exception(error))),
      connection.died.then((reason) => fail(reason)),
    ]);
    if (!report.ok) {
      connection.terminate();
      slot.connection = null;
    } else if (this.#paused) void connection.api.pause();
    return report;
  }

  /** A trainer that dies between two jobs is replaced when the next one comes. */
  #bury(slot: Slot, connection: TrainerConnection, reason: Failure): void {
    if (slot.connection !== connection) return;
    if (slot.busy) slot.giveUp(reason);
    else slot.connection = null;
  }

  #feed(): void {
    if (this.#paused || this.#closed) return;
    for (const slot of this.#slots) {
      if (slot.busy) continue;
      const waiting = this.#queue.shift();
      if (!waiting) return;
      void this.#serve(slot, waiting);
    }
  }

  async #serve(slot: Slot, waiting: Waiting): Promise<void> {
    slot.busy = true;
    const result = await this.#attempt(slot, waiting);
    slot.busy = false;
    if (result) waiting.settle(result);
    else this.#queue.unshift(waiting);
    this.#feed();
  }

  /** Null: the trainer died and the job should be given to another. */
  async #attempt(slot: Slot, waiting: Waiting): Promise<Result<TrainedNetwork> | null> {
    waiting.attempts += 1;
    if (!slot.connection) {
      const started = await this.#start(slot);
      if (!started.ok)
        return waiting.attempts >= maxAttempts
          ? fail({ code: 'trainer-not-started', cause: started.reason })
          : null;
    }
    const { api } = slot.connection!;
    slot.silentTicks = 0;
    const gaveUp = new Promise<Failure>((resolve) => (slot.giveUp = resolve));
    const onProgress = (point: LearningPoint) => {
      slot.silentTicks = 0;
      waiting.onProgress(point);
    };
    const outcome = await Promise.race([
      api
        .train(waiting.job, onProgress)
        .catch((error: unknown) => (error instanceof FailureError ? error.failure : fail(exception(error))))
        // A trainer whose GPU is gone can train nothing more.
        .then((result) =>
          'ok' in result && !result.ok && result.reason.code === 'device-lost' ? result.reason : result,
        ),
      gaveUp,
    ]);
    slot.giveUp = () => {};
    if ('ok' in outcome) return outcome;
    slot.connection?.terminate();
    slot.connection = null;
    if (this.#closed) return fail({ code: 'aborted' });
    this.#options.onRestart(outcome, waiting.job);
    return waiting.attempts >= maxAttempts ? fail({ code: 'trainer-died', cause: outcome }) : null;
  }

  #tick(): void {
    if (this.#paused) return;
    const limit = (this.#options.silenceLimitSeconds ?? 120) / tickSeconds;
    for (const slot of this.#slots) {
      if (!slot.busy) continue;
      slot.silentTicks += 1;
      if (slot.silentTicks >= limit) slot.giveUp({ code: 'trainer-silent' });
    }
  }
}
