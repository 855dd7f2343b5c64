import type { Weights } from '../../core/architecture/weights.ts';
import { writeFailure, type Failure } from '../../core/failure.ts';
import type { Result } from '../../core/result.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { isOwnId, type Recipe } from '../../core/search/recipe.ts';
import { siteBase } from '../site-base.ts';
import type { TrainedNetwork } from '../protocol.ts';
import { jobOf, LentTrainers, type LentReport } from './lent-trainers.ts';
import {
  encodeMessage,
  lendingVersion,
  readFromHost,
  type FromDevice,
  type FromHost,
  type HostNews,
  type RefusalReason,
} from './messages.ts';
import { DeviceLines, type LineTrouble } from './device-lines.ts';
import type { PairingOffer } from './pairing-code.ts';
import type { LineWay } from './report.ts';
import { newTag } from './seal.ts';

/** How lending goes, for the student's screen. */
export type LenderState =
  | { readonly kind: 'connecting' | LineTrouble }
  /** The host has to take this code. */
  | { readonly kind: 'answer'; readonly code: string }
  | { readonly kind: 'preparing' }
  | { readonly kind: 'lending'; readonly report: LentReport }
  | { readonly kind: 'over' }
  | { readonly kind: 'unable'; readonly reason: Failure }
  | { readonly kind: 'refused'; readonly why: RefusalReason };

export interface LenderListener {
  readonly onstate: (state: LenderState) => void;
  readonly onway: (way: LineWay) => void;
  readonly onrecipe: (recipe: Recipe) => void;
  readonly ontraining: (networks: readonly NetworkId[]) => void;
  /** A result of this device that the host has received. */
  readonly onkept: () => void;
  readonly onnews: (news: HostNews) => void;
}

export interface LenderOptions {
  /** The secret of a relay's room, or the code with which a host pairs one device. */
  readonly by: string | PairingOffer;
  /** '' for none: the host then knows a number only. */
  readonly name: string;
  /** Trainers to lend on a processor. */
  readonly count: number;
  readonly cores: number;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Milliseconds between two signs of progress of one job. [ours] */
const progressEvery = 400;

/**
 * A device that lends its trainers: the page's side of it. Results are kept until the host says that it has them, and sent
 * again over a new line; a search that goes on finds its jobs still in training.
 */
export class Lender {
  readonly #options: LenderOptions;
  readonly #listener: LenderListener;
  readonly #self = newTag();
  readonly #lines: DeviceLines;
  #search: number | null = null;
  #recipe: Recipe | null = null;
  #trainers: LentTrainers | null = null;
  #report: LentReport | null = null;
  /** Jobs in hand. */
  readonly #jobs = new Set<number>();
  readonly #unkept = new Map<number, Result<TrainedNetwork>>();
  readonly #told = new Map<number, number>();

  constructor(options: LenderOptions, listener: LenderListener) {
    this.#options = options;
    this.#listener = listener;
    listener.onstate({ kind: 'connecting' });
    this.#lines = new DeviceLines({
      online: (way) => {
        listener.onway(way);
        this.#hello();
      },
      onmessage: (bytes) => this.#take(bytes),
      ontrouble: (kind) => listener.onstate({ kind }),
    });
    if (typeof options.by === 'string') this.#lines.join(options.by);
    else void this.pair(options.by);
  }

  /** Answers a host's code, the first or a later one: what was trained here is kept meanwhile. */
  async pair(offer: PairingOffer): Promise<void> {
    const code = await this.#lines.pair(offer);
    if (code !== null) this.#listener.onstate({ kind: 'answer', code });
  }

  /** Leaves at once; what is in training here is trained elsewhere. */
  leave(): void {
    this.#say({ kind: 'bye' });
    this.#lines.close();
    this.#trainers?.dispose();
  }

  #hello(): void {
    const { name, cores } = this.#options;
    this.#say({ kind: 'hello', version: lendingVersion, self: this.#self, name, cores });
  }

  #say(message: FromDevice, arrays: readonly Weights[] = []): void {
    this.#lines.send(encodeMessage(message, arrays));
  }

  #take(bytes: Bytes): void {
    const read = readFromHost(bytes);
    // Whoever sends what is no message is not the host of this version: nothing is done for it.
    if (read.ok) this.#obey(read.value.message, read.value.arrays);
  }

  #obey(message: FromHost, arrays: readonly Weights[]): void {
    switch (message.kind) {
      case 'welcome':
        void this.#welcome(message.recipe, message.search);
        break;
      case 'job':
        this.#train(message, arrays);
        break;
      case 'cancel':
        this.#unkept.delete(message.job);
        this.#jobs.delete(message.job);
        this.#trainers?.cancel(message.job);
        break;
      case 'kept':
        if (this.#unkept.delete(message.job)) this.#listener.onkept();
        break;
      case 'pause':
        this.#trainers?.pause(true);
        break;
      case 'resume':
        this.#trainers?.pause(false);
        break;
      case 'ping':
        this.#say({ kind: 'pong', beat: message.beat });
        break;
      case 'news':
        this.#listener.onnews(message);
        break;
      case 'over':
        this.#end();
        this.#listener.onstate({ kind: 'over' });
        break;
      case 'refused':
        this.#end();
        this.#lines.close();
        this.#listener.onstate({ kind: 'refused', why: message.why });
    }
  }

  #end(): void {
    this.#trainers?.dispose();
    this.#trainers = null;
    this.#report = null;
    this.#search = null;
    this.#jobs.clear();
    this.#unkept.clear();
    this.#listener.ontraining([]);
  }

  async #welcome(recipe: Recipe, search: number): Promise<void> {
    this.#lines.preferDirect();
    if (search === this.#search) {
      if (this.#report) this.#ready(this.#report);
      return;
    }
    this.#end();
    if ([recipe.dataset, recipe.secondDataset].some(isOwnId)) return;
    this.#search = search;
    this.#recipe = recipe;
    this.#listener.onrecipe(recipe);
    this.#listener.onstate({ kind: 'preparing' });
    const trainers = (this.#trainers = new LentTrainers(recipe, siteBase(), {
      onprogress: (job, point) => this.#progress(job, point),
      onend: (job, result) => this.#ended(job, result),
      onchange: () => this.#listener.ontraining(trainers.training),
    }));
    const report = await trainers.prepare(this.#options.count);
    if (this.#trainers !== trainers) return trainers.dispose();
    if (report.ok) return this.#ready((this.#report = report.value));
    const { reason } = report;
    this.#say({ kind: 'unable', search, reason: writeFailure(reason) });
    this.#listener.onstate({ kind: 'unable', reason });
  }

  #ready(report: LentReport): void {
    const { backend, trainers, speed } = report;
    this.#say({
      ...{ kind: 'ready', search: this.#search!, backend: backend.kind, trainers, speed },
      selfTestPassed: backend.selfTest.passed,
    });
    for (const [job, result] of this.#unkept) this.#tell(job, result);
    this.#listener.onstate({ kind: 'lending', report });
  }

  #train(message: Extract<FromHost, { kind: 'job' }>, arrays: readonly Weights[]): void {
    const { job } = message;
    const unkept = this.#unkept.get(job);
    if (unkept) return this.#tell(job, unkept);
    if (!this.#trainers || !this.#recipe || this.#jobs.has(job)) return;
    const given = jobOf(message, arrays, this.#recipe);
    if (!given) return this.#say({ kind: 'failed', job, reason: 'message-unreadable' });
    this.#jobs.add(job);
    this.#trainers.train(job, given);
  }

  #progress(job: number, point: { readonly images: number; readonly loss: number }): void {
    const now = performance.now();
    if (!this.#jobs.has(job) || now - (this.#told.get(job) ?? -Infinity) < progressEvery) return;
    this.#told.set(job, now);
    this.#say({ kind: 'progress', job, point });
  }

  #ended(job: number, result: Result<TrainedNetwork>): void {
    this.#told.delete(job);
    // Cancelled meanwhile.
    if (!this.#jobs.delete(job)) return;
    this.#unkept.set(job, result);
    this.#tell(job, result);
  }

  #tell(job: number, result: Result<TrainedNetwork>): void {
    if (!result.ok) {
      this.#unkept.delete(job);
      return this.#say({ kind: 'failed', job, reason: writeFailure(result.reason) });
    }
    const { objectives, forwardEquivalents, trainSeconds, learningExponent } = result.value;
    const { distillation, agreement, weights, rawWeights } = result.value;
    const { error, secondError } = objectives;
    this.#say(
      {
        ...{ kind: 'result', job, forwardEquivalents, trainSeconds },
        objectives: { error: error!, ...(secondError === undefined ? {} : { secondError }) },
        ...(learningExponent === undefined ? {} : { learningExponent }),
        ...(distillation ? { distillation } : {}),
        ...(agreement ? { agreement } : {}),
      },
      rawWeights ? [weights, rawWeights] : [weights],
    );
  }
}
