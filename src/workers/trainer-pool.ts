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

/** A trainer on another device, ready to train. */
export interface LentTrainer extends TrainerConnection {
  /** Images a second, by TrainerApi.benchmark. */
  readonly speed: number;
}

export interface PoolOptions {
  readonly count: number;
  readonly spawn: () => TrainerConnection;
  readonly prepare: (trainer: AsyncTrainer) => Promise<Result<BackendReport>>;
  readonly onRestart: (reason: Failure, job: TrainingJob) => void;
  /** Seconds without a sign of life after which a trainer counts as dead. */
  readonly silenceLimitSeconds?: number;
  /** A clock, in seconds. */
  readonly seconds?: () => number;
}

interface Slot {
  connection: TrainerConnection | null;
  busy: boolean;
  /** Ticks of the watchdog since the last sign of life. Ticks, not a clock: a sleeping computer makes none. */
  silentTicks: number;
  giveUp: (reason: Failure) => void;
  /** Null for a trainer of this computer. */
  readonly lent: LentTrainer | null;
  /** What it trains, since when, and how many images it has seen. */
  at: { readonly waiting: Waiting; readonly since: number; images: number } | null;
}

interface Waiting {
  readonly job: TrainingJob;
  readonly onProgress: (point: LearningPoint) => void;
  readonly settle: (result: Result<TrainedNetwork>) => void;
  /** By trainers of this computer, and by lent ones. */
  attempts: number;
  lentAttempts: number;
  /** Settled by the first that trained it; others may still be at it. */
  isSettled: boolean;
}

const newSlot = (lent: LentTrainer | null = null): Slot => ({
  connection: lent,
  busy: false,
  silentTicks: 0,
  giveUp: () => {},
  lent,
  at: null,
});

const tickSeconds = 5;
/** Trainers that may die of one child: it is given up then, as it may be what kills them. [ours] */
const maxAttempts = 5;
/** Lent trainers that may lose one child, or say that it fails, before only this computer trains it. [ours] */
const maxLentAttempts = 3;
/** A free trainer trains along with one that would take so many times longer for the rest than it for the whole. [ours] */
const backupFactor = 1.5;

/**
 * Starts, feeds, watches and restarts trainers; a dead trainer's child is trained again by another. Trainers that other
 * devices lend come and go. What one of them says fails is trained once more by this computer before it counts, so that
 * a search ends alike whoever trained.
 */
export class TrainerPool {
  readonly #options: PoolOptions;
  readonly #slots: Slot[];
  readonly #queue: Waiting[] = [];
  readonly #watchdog: ReturnType<typeof setInterval>;
  #paused = false;
  #closed = false;

  /** Images a second of a trainer of this computer; 0 before it is measured. */
  #ownSpeed = 0;
  readonly #seconds: () => number;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#seconds = options.seconds ?? (() => performance.now() / 1000);
    this.#slots = Array.from({ length: options.count }, () => newSlot());
    this.#watchdog = setInterval(() => this.#tick(), tickSeconds * 1000);
  }

  /** Trainers of this computer. */
  get size(): number {
    return this.#own.length;
  }

  get #own(): readonly Slot[] {
    return this.#slots.filter(({ lent }) => !lent);
  }

  /** Starts every trainer; the report of the first. Fails when the first cannot start. */
  async prepare(): Promise<Result<BackendReport>> {
    const reports = await Promise.all(this.#slots.map((slot) => this.#start(slot)));
    return reports.find((report) => report.ok) ?? reports[0]!;
  }

  /** Adds trainers until there are `count`. */
  async grow(count: number): Promise<void> {
    const added = Array.from({ length: Math.max(0, count - this.size) }, () => newSlot());
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
      this.#own.map(async ({ connection }) => (connection ? orFailure(connection.api.benchmark()) : null)),
    );
    return speeds.reduce((sum, speed) => sum + (speed?.ok ? speed.value : 0), 0);
  }

  /** Says how many images a second a trainer of this computer trains, which lent ones are compared with. */
  knowSpeed(imagesPerSecond: number): void {
    this.#ownSpeed = imagesPerSecond;
  }

  /** Takes a trainer of another device, until it dies. */
  lend(trainer: LentTrainer): void {
    if (this.#closed) return trainer.terminate();
    const slot = newSlot(trainer);
    const before = this.#slots.findIndex(({ lent }) => lent && lent.speed < trainer.speed);
    this.#slots.splice(before < 0 ? this.#slots.length : before, 0, slot);
    void trainer.died.then((reason) => this.#bury(slot, trainer, reason));
    if (this.#paused) void trainer.api.pause();
    this.#feed();
  }

  /** Trains `job` on the next free trainer. A crash is retried elsewhere, up to five attempts in all. */
  train(job: TrainingJob, onProgress: (point: LearningPoint) => void): Promise<Result<TrainedNetwork>> {
    return new Promise((settle) => {
      this.#queue.push({ job, onProgress, settle, attempts: 0, lentAttempts: 0, isSettled: false });
      this.#feed();
    });
  }

  /** A trainer of this computer to ask something else than training; waits for none, so ask only between trainings. */
  any(): AsyncTrainer | null {
    return this.#own.find((slot) => slot.connection)?.connection?.api ?? null;
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

  /** A trainer that dies between two jobs is replaced when the next one comes; a lent one is not. */
  #bury(slot: Slot, connection: TrainerConnection, reason: Failure): void {
    if (slot.connection !== connection) return;
    if (slot.busy) slot.giveUp(reason);
    else {
      slot.connection = null;
      this.#forget(slot);
    }
  }

  #forget(slot: Slot): void {
    const at = this.#slots.indexOf(slot);
    if (slot.lent && at >= 0) this.#slots.splice(at, 1);
  }

  #feed(): void {
    if (this.#paused || this.#closed) return;
    for (const slot of [...this.#slots]) {
      if (slot.busy) continue;
      const waiting = this.#nextFor(slot);
      if (waiting) void this.#serve(slot, waiting);
    }
  }

  #nextFor(slot: Slot): Waiting | undefined {
    const at = this.#queue.findIndex(
      ({ lentAttempts }) => slot.lent === null || lentAttempts < maxLentAttempts,
    );
    return at < 0 ? this.#slowestFor(slot) : this.#queue.splice(at, 1)[0];
  }

  /**
   * The child of a lent trainer that `slot` would have ready long before it: backup tasks (Dean and Ghemawat 2004,
   * section 3.6). A generation ends with its last child.
   */
  #slowestFor(slot: Slot): Waiting | undefined {
    const speed = slot.lent?.speed ?? this.#ownSpeed;
    if (speed <= 0) return undefined;
    let [worst, found] = [backupFactor, undefined as Waiting | undefined];
    for (const { lent, at } of this.#slots) {
      if (!lent || !at || at.waiting.isSettled || this.#trainersOf(at.waiting) > 1) continue;
      if (slot.lent && at.waiting.lentAttempts >= maxLentAttempts) continue;
      const elapsed = this.#seconds() - at.since;
      const { ownImages } = at.waiting.job;
      // Without a sign of progress yet it may be as slow as if the first were just coming.
      const whole = (elapsed * ownImages) / Math.max(at.images, ownImages / 20);
      const ratio = (whole - elapsed) / Math.max(1e-9, (whole * lent.speed) / speed);
      if (ratio > worst) [worst, found] = [ratio, at.waiting];
    }
    return found;
  }

  #trainersOf(waiting: Waiting): number {
    return this.#slots.filter(({ at }) => at?.waiting === waiting).length;
  }

  async #serve(slot: Slot, waiting: Waiting): Promise<void> {
    slot.busy = true;
    slot.at = { waiting, since: this.#seconds(), images: 0 };
    const result = await this.#attempt(slot, waiting);
    slot.busy = false;
    slot.at = null;
    if (!slot.connection) this.#forget(slot);
    if (result) this.#settle(waiting, result);
    else if (!waiting.isSettled && this.#trainersOf(waiting) === 0) this.#queue.unshift(waiting);
    this.#feed();
  }

  /** The first result counts; who trains the same child is told to stop. */
  #settle(waiting: Waiting, result: Result<TrainedNetwork>): void {
    if (waiting.isSettled) return;
    waiting.isSettled = true;
    waiting.settle(result);
    for (const { at, connection } of this.#slots)
      if (at?.waiting === waiting) void connection?.api.cancel().catch(() => {});
  }

  /** Null: the trainer died and the job should be given to another. */
  async #attempt(slot: Slot, waiting: Waiting): Promise<Result<TrainedNetwork> | null> {
    if (slot.lent) waiting.lentAttempts += 1;
    else waiting.attempts += 1;
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
      if (slot.at) slot.at.images = point.images;
      if (!waiting.isSettled) waiting.onProgress(point);
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
    if ('ok' in outcome) return slot.lent ? this.#ofLent(outcome, waiting) : outcome;
    slot.connection?.terminate();
    slot.connection = null;
    if (this.#closed) return fail({ code: 'aborted' });
    // Who lends says itself that it left.
    if (slot.lent) return null;
    this.#options.onRestart(outcome, waiting.job);
    return waiting.attempts >= maxAttempts ? fail({ code: 'trainer-died', cause: outcome }) : null;
  }

  /** That a child cannot be trained is not taken from others. */
  #ofLent(outcome: Result<TrainedNetwork>, waiting: Waiting): Result<TrainedNetwork> | null {
    if (outcome.ok) return outcome;
    if (!waiting.isSettled && outcome.reason.code !== 'aborted') waiting.lentAttempts = maxLentAttempts;
    return null;
  }

  #tick(): void {
    if (this.#paused) return;
    const limit = (this.#options.silenceLimitSeconds ?? 120) / tickSeconds;
    for (const slot of this.#slots) {
      if (!slot.busy) continue;
      slot.silentTicks += 1;
      if (slot.silentTicks >= limit) slot.giveUp({ code: 'trainer-silent' });
    }
    this.#feed();
  }
}
