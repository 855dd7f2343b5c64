import { layoutOf, type Weights } from '../../core/architecture/weights.ts';
import { validate } from '../../core/architecture/validate.ts';
import { exception, FailureError } from '../../core/failure.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { LearningPoint, NetworkId } from '../../core/search/events.ts';
import type { Recipe } from '../../core/search/recipe.ts';
import type { BackendReport } from '../../engine/engine.ts';
import { connectTrainer } from '../connect-trainer.ts';
import type { SiteBase, TrainedNetwork, TrainingJob } from '../protocol.ts';
import type { TrainerConnection } from '../trainer-pool.ts';
import type { HostJob } from './messages.ts';

/** What becomes of a job. */
export interface JobListener {
  readonly onprogress: (job: number, point: LearningPoint) => void;
  readonly onend: (job: number, result: Result<TrainedNetwork>) => void;
  /** What is in training has changed. */
  readonly onchange: () => void;
}

export interface LentReport {
  readonly backend: BackendReport;
  readonly trainers: number;
  /** Images a second of all together. */
  readonly speed: number;
}

interface Slot {
  connection: TrainerConnection | null;
  job: number | null;
}

/** A job as a trainer takes it; null where it contradicts itself. */
export function jobOf(message: HostJob, arrays: readonly Weights[], recipe: Recipe): TrainingJob | null {
  const { network, ownImages, inheritedImages, rates, averaging, inheritance } = message;
  const architecture = validate(message.architecture);
  if (!architecture.ok) return null;
  const base = { network, recipe, architecture: architecture.value, ownImages, inheritedImages, rates };
  if (!inheritance) return arrays.length === 0 ? { ...base, averaging, inheritance: null } : null;
  const parent = validate(inheritance.parent);
  if (!parent.ok) return null;
  const { length } = layoutOf(parent.value);
  const [parentWeights, parentAverage = null] = arrays;
  if (!parentWeights || arrays.some((array) => array.length !== length)) return null;
  const { chain } = inheritance;
  return { ...base, averaging, inheritance: { parent: parent.value, parentWeights, parentAverage, chain } };
}

/** The trainers that a device lends: as many workers as it lends cores, each with one job at a time. */
export class LentTrainers {
  readonly #recipe: Recipe;
  readonly #site: SiteBase;
  readonly #listener: JobListener;
  readonly #start: () => TrainerConnection;
  #slots: Slot[] = [];
  #queue: { readonly job: number; readonly given: TrainingJob }[] = [];
  #isPaused = false;
  #isClosed = false;

  constructor(recipe: Recipe, site: SiteBase, listener: JobListener, start = connectTrainer) {
    this.#recipe = recipe;
    this.#site = site;
    this.#listener = listener;
    this.#start = start;
  }

  get training(): readonly NetworkId[] {
    return this.#slots.flatMap(({ job }) => (job === null ? [] : (this.#networks.get(job) ?? [])));
  }

  readonly #networks = new Map<number, NetworkId>();

  /**
   * Starts `count` trainers on the host's backend; on whichever there is where that does not start. Of those that
   * together train no faster than fewer, fewer are kept.
   */
  async prepare(count: number): Promise<Result<LentReport>> {
    let recipe = this.#recipe;
    let first = await this.#one(recipe);
    if (!first.ok && !this.#isClosed) first = await this.#one((recipe = { ...recipe, backend: 'auto' }));
    if (!first.ok) return first;
    const { connection, report } = first.value;
    this.#slots.push({ connection, job: null });
    const alone = await connection.api.benchmark();
    if (!alone.ok) return alone;
    let speed = alone.value;
    const wanted = report.kind === 'webgpu' || report.kind === 'webgl' ? 1 : count;
    if (wanted > 1) {
      const others = await Promise.all(Array.from({ length: wanted - 1 }, () => this.#one(recipe)));
      for (const other of others)
        if (other.ok) this.#slots.push({ connection: other.value.connection, job: null });
      const speeds = await Promise.all(this.#slots.map((slot) => slot.connection!.api.benchmark()));
      const together = speeds.reduce((sum, each) => sum + (each.ok ? each.value : 0), 0);
      const worth = Math.max(1, Math.round(together / alone.value));
      for (const slot of this.#slots.splice(worth)) slot.connection?.terminate();
      speed = Math.max(alone.value, together);
    }
    return ok({ backend: report, trainers: this.#slots.length, speed });
  }

  train(job: number, given: TrainingJob): void {
    this.#networks.set(job, given.network);
    this.#queue.push({ job, given });
    this.#feed();
  }

  cancel(job: number): void {
    this.#queue = this.#queue.filter((waiting) => waiting.job !== job);
    for (const slot of this.#slots) if (slot.job === job) void slot.connection?.api.cancel().catch(() => {});
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    for (const { connection } of this.#slots)
      void (isPaused ? connection?.api.pause() : connection?.api.resume())?.catch(() => {});
  }

  dispose(): void {
    this.#isClosed = true;
    for (const slot of this.#slots.splice(0)) slot.connection?.terminate();
  }

  async #one(
    recipe: Recipe,
  ): Promise<Result<{ readonly connection: TrainerConnection; readonly report: BackendReport }>> {
    const connection = this.#start();
    const report = await Promise.race([
      connection.api.prepare(recipe, this.#site).catch((error: unknown) => fail(exception(error))),
      connection.died.then((reason) => fail(reason)),
    ]);
    if (report.ok && !this.#isClosed) return ok({ connection, report: report.value });
    connection.terminate();
    return report.ok ? fail({ code: 'aborted' }) : report;
  }

  #feed(): void {
    for (const slot of this.#slots) {
      if (slot.job !== null) continue;
      const next = this.#queue.shift();
      if (!next) return;
      slot.job = next.job;
      void this.#train(slot, next.job, next.given);
    }
  }

  async #train(slot: Slot, job: number, given: TrainingJob): Promise<void> {
    this.#listener.onchange();
    const result = await this.#attempt(slot, job, given);
    slot.job = null;
    this.#networks.delete(job);
    if (this.#isClosed) return;
    this.#listener.onend(job, result);
    this.#listener.onchange();
    this.#feed();
  }

  async #attempt(slot: Slot, job: number, given: TrainingJob): Promise<Result<TrainedNetwork>> {
    if (!slot.connection) {
      const again = await this.#one(this.#recipe);
      if (!again.ok) return again;
      slot.connection = again.value.connection;
      if (this.#isPaused) void slot.connection.api.pause();
    }
    const { api, died } = slot.connection;
    try {
      return await Promise.race([
        api.train(given, (point) => this.#listener.onprogress(job, point)),
        died.then((reason): never => {
          throw new FailureError(reason);
        }),
      ]);
    } catch (error) {
      slot.connection.terminate();
      slot.connection = null;
      return fail(exception(error));
    }
  }
}
