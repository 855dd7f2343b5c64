import { layoutOf, type Weights } from '../../core/architecture/weights.ts';
import { FailureError, readFailure, type Failure } from '../../core/failure.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { LearningPoint, NetworkId } from '../../core/search/events.ts';
import type { BackendKind } from '../../engine/engine.ts';
import type { TrainedNetwork, TrainingJob } from '../protocol.ts';
import type { AsyncTrainer, LentTrainer } from '../trainer-pool.ts';
import { encodeMessage, type DeviceResult, type FromHost, type HostJob } from './messages.ts';
import type { DeviceReport, DeviceState, LineWay } from './report.ts';

interface Pending {
  readonly given: TrainingJob;
  readonly onProgress: (point: LearningPoint) => void;
  readonly settle: (result: Result<TrainedNetwork>) => void;
  readonly reject: (error: FailureError) => void;
}

/** What the hub does with a result that a device claims. */
export type ClaimCheck = (device: LentDevice, claimed: TrainedNetwork, job: TrainingJob) => Promise<boolean>;

const notTrained = () => Promise.resolve(fail({ code: 'not-prepared' } as const));

/**
 * A device that lends trainers, seen from the search: each is behind the interface of a local one. Jobs are numbered, so
 * that one that is sent again after a broken line, or a result that comes twice, is known as the same.
 */
export class LentDevice {
  readonly number: number;
  readonly cores: number;
  readonly name: string;
  /** Where it is reached; null while its line is broken. */
  line: string | null = null;
  /** Of that line, or of the last one. */
  way: LineWay = 'relay';
  state: DeviceState = 'preparing';
  backend: BackendKind | null = null;
  sameNumbers = true;
  trained = 0;
  checked = 0;
  /** Beats since it last said something. */
  silentBeats = 0;
  /** Messages since the last beat. */
  messages = 0;
  readonly #send: (line: string, bytes: Uint8Array<ArrayBuffer>) => void;
  readonly #check: ClaimCheck;
  readonly #newJob: () => number;
  #jobs = new Map<number, Pending>();
  #trainers: { end: (reason: Failure) => void }[] = [];

  constructor(
    about: { readonly number: number; readonly name: string; readonly cores: number },
    world: {
      readonly send: (line: string, bytes: Uint8Array<ArrayBuffer>) => void;
      readonly check: ClaimCheck;
      readonly newJob: () => number;
    },
  ) {
    this.number = about.number;
    this.name = about.name;
    this.cores = about.cores;
    this.#send = world.send;
    this.#check = world.check;
    this.#newJob = world.newJob;
  }

  /** Trainers that are lent now. */
  get trainers(): number {
    return this.#trainers.length;
  }

  get training(): readonly NetworkId[] {
    return [...this.#jobs.values()].map(({ given }) => given.network);
  }

  get report(): DeviceReport {
    const { number, name, cores, backend, sameNumbers, trainers, training, trained, checked } = this;
    const way = this.line === null ? null : this.way;
    const state = this.state === 'waiting' && training.length > 0 ? 'training' : this.state;
    return { number, name, state, way, cores, backend, sameNumbers, trainers, training, trained, checked };
  }

  say(message: FromHost, arrays: readonly Weights[] = []): void {
    if (this.line !== null) this.#send(this.line, encodeMessage(message, arrays));
  }

  /** Its trainers, for the pool. */
  lend(count: number, speed: number): readonly LentTrainer[] {
    return Array.from({ length: count }, () => {
      let end: (reason: Failure) => void = () => {};
      const died = new Promise<Failure>((resolve) => (end = resolve));
      const trainer = { end };
      this.#trainers.push(trainer);
      let job: number | null = null;
      const api: AsyncTrainer = {
        train: async (given, onProgress) => {
          const number = (job = this.#newJob());
          try {
            return await new Promise<Result<TrainedNetwork>>((settle, reject) => {
              this.#jobs.set(number, { given, onProgress, settle, reject });
              this.#sendJob(number, given);
            });
          } finally {
            this.#jobs.delete(number);
            job = null;
          }
        },
        cancel: async () => {
          if (job === null) return;
          this.say({ kind: 'cancel', job });
          this.#jobs.get(job)?.settle(fail({ code: 'aborted' }));
        },
        pause: async () => this.say({ kind: 'pause' }),
        resume: async () => this.say({ kind: 'resume' }),
        prepare: notTrained,
        evaluate: notTrained,
        measureInference: notTrained,
        benchmark: () => Promise.resolve(ok(speed / count)),
      };
      const terminate = () => {
        if (job !== null) this.say({ kind: 'cancel', job });
        this.#trainers = this.#trainers.filter((other) => other !== trainer);
      };
      return { api, died, terminate, speed: speed / count };
    });
  }

  /** It is gone, or not trusted any more: what it trained is given to others. */
  end(state: DeviceState): void {
    this.state = state;
    const reason: Failure = { code: 'worker-closed' };
    for (const { end } of this.#trainers.splice(0)) end(reason);
    for (const { reject } of this.#jobs.values()) reject(new FailureError(reason));
    this.#jobs.clear();
  }

  /** Its line is there again: jobs whose message may have been lost are sent once more. */
  sendJobsAgain(): void {
    for (const [number, { given }] of this.#jobs) this.#sendJob(number, given);
  }

  progressed(number: number, point: LearningPoint): void {
    this.#jobs.get(number)?.onProgress(point);
  }

  /** That a child cannot be trained; the pool has it trained here before it believes it. */
  failed(number: number, reason: string): void {
    this.#jobs.get(number)?.settle(fail(readFailure(reason) ?? { code: 'exception', detail: reason }));
  }

  /**
   * A result. False where it cannot be one: weights of another length, or objectives that the search does not have.
   * What belongs to no job in hand was trained elsewhere meanwhile, or came twice: nothing happens.
   */
  async finished(result: DeviceResult, arrays: readonly Weights[]): Promise<boolean> {
    const pending = this.#jobs.get(result.job);
    this.say({ kind: 'kept', job: result.job });
    if (!pending) return true;
    const { given } = pending;
    const { length } = layoutOf(given.architecture);
    const [weights, rawWeights = null] = arrays;
    if (!weights || arrays.some((array) => array.length !== length)) return false;
    if ((result.objectives.secondError !== undefined) !== (given.recipe.secondDataset !== '')) return false;
    const { kind: _kind, job: _job, objectives, ...facts } = result;
    const claimed: TrainedNetwork = {
      ...facts,
      network: given.network,
      ownImages: given.ownImages,
      objectives: {
        error: objectives.error,
        ...(objectives.secondError === undefined ? {} : { secondError: objectives.secondError }),
      },
      weights,
      rawWeights,
      device: this.name || String(this.number),
    };
    if (!(await this.#check(this, claimed, given))) return true;
    // Another trainer may have been faster during the check.
    if (this.#jobs.has(result.job)) this.trained += 1;
    pending.settle(ok(claimed));
    return true;
  }

  #sendJob(number: number, job: TrainingJob): void {
    const { network, architecture, inheritance, ownImages, inheritedImages, rates, averaging } = job;
    const message = {
      kind: 'job',
      ...{ job: number, network, architecture, ownImages, inheritedImages, rates, averaging },
      inheritance: inheritance && { parent: inheritance.parent, chain: [...inheritance.chain] },
    } as const;
    const arrays = inheritance
      ? [inheritance.parentWeights, ...(inheritance.parentAverage ? [inheritance.parentAverage] : [])]
      : [];
    this.say(message as unknown as HostJob, arrays);
  }
}
