import { tensorsOf, layoutOf, type Weights } from '../../src/core/architecture/weights.ts';
import { writeFailure } from '../../src/core/failure.ts';
import { seeded } from '../../src/core/random.ts';
import { fail, ok, type Result } from '../../src/core/result.ts';
import type { SearchEvent } from '../../src/core/search/events.ts';
import { networkProblem } from '../../src/core/search/network-problem.ts';
import type { BackendReport } from '../../src/engine/engine.ts';
import { DeviceHub } from '../../src/workers/lending/hub.ts';
import { jobOf } from '../../src/workers/lending/lent-trainers.ts';
import {
  encodeMessage,
  lendingVersion,
  readFromHost,
  type FromDevice,
  type HostJob,
} from '../../src/workers/lending/messages.ts';
import type { HostReport, LineWay } from '../../src/workers/lending/report.ts';
import type { TrainedNetwork, TrainingJob } from '../../src/workers/protocol.ts';
import { SearchRunner, type KeptWeights } from '../../src/workers/search-runner.ts';
import { TrainerPool, type AsyncTrainer, type TrainerConnection } from '../../src/workers/trainer-pool.ts';
import type { Setting } from './drive-search.ts';

/** What a trainer on WebAssembly says of itself. */
export const wasmReport: BackendReport = {
  kind: 'wasm',
  trainer: 'portable',
  adapter: 'test',
  software: false,
  selfTest: { passed: true, maxDifference: 0 },
  passedOver: [],
};

/**
 * Stands in for training. The weights depend on every weight inherited and on the chain, the error on the weights: what is
 * lost or mixed up on the way shows in the front.
 */
export function pretendChild(job: TrainingJob): Result<TrainedNetwork> {
  const { architecture, inheritance, network, ownImages, rates } = job;
  if (network % 11 === 10) return fail({ code: 'diverged' });
  const inherited = inheritance
    ? inheritance.parentWeights.reduce((sum, weight, index) => sum + weight * ((index % 7) + 1), 0)
    : 0;
  const name = JSON.stringify([networkProblem.identity(architecture), inheritance?.chain ?? null, rates]);
  const random = seeded(`${name} ${inherited} ${ownImages} ${job.averaging}`);
  const weights: Weights = new Float32Array(layoutOf(architecture).length).map(() => random.next() - 0.5);
  const { parameters } = networkProblem.cheap(architecture);
  const error = errorOf(weights, parameters!);
  return ok({
    ...{ network, ownImages, weights, trainSeconds: 1, objectives: { error } },
    rawWeights: job.averaging > 0 ? weights.map((weight) => weight / 2) : null,
    forwardEquivalents: tensorsOf(architecture).length,
    agreement: { same: 1, of: 2, maxDifference: 0.5 },
  });
}

/** In steps of a thousandth, as if there were 1,000 validation images. */
function errorOf(weights: Weights, parameters: number): number {
  const noise = Math.abs(weights.reduce((sum, weight) => sum + weight, 0)) % 1;
  return Math.round(1000 * Math.min(0.9, 0.08 + 0.5 * (parameters / 300) ** -0.35 + 0.1 * noise)) / 1000;
}

export type Behaviour =
  /** Trains and tells. */
  | 'good'
  /** Every result twice, and once more under another number. */
  | 'twice'
  /** Is gone in the middle of its second child. */
  | 'leaves'
  /** Does not say a word any more from its second child on. */
  | 'freezes'
  /** Claims an error of nothing. */
  | 'lies'
  /** Claims that every child fails. */
  | 'gives-up'
  /** Sends weights of another length. */
  | 'wrong-shape'
  /** Takes ten times as long. */
  | 'slow'
  /** Loses its line in the middle of its second child and comes back with the result. */
  | 'breaks'
  /** Gets a direct line with its first child and loses it in the middle of its second; the relay carries on. */
  | 'switches';

/** A device as a host sees it: what it says over a line. */
export class FakeDevice {
  readonly self: string;
  readonly name: string;
  readonly #behaviour: Behaviour;
  readonly #hub: DeviceHub;
  readonly #milliseconds: number;
  #line: string | null = null;
  #relayed: string | null = null;
  #lines = 0;
  #search = 0;
  #begun = 0;
  readonly #unkept = new Map<number, () => void>();
  readonly #known = new Set<number>();
  refused: string | null = null;

  constructor(hub: DeviceHub, number: number, behaviour: Behaviour, milliseconds: number) {
    this.self = number.toString(16).padStart(16, '0');
    this.name = `${behaviour} ${number}`;
    this.#hub = hub;
    this.#behaviour = behaviour;
    this.#milliseconds = behaviour === 'slow' ? 10 * milliseconds : milliseconds;
  }

  get line(): string | null {
    return this.#line;
  }

  connect(way: LineWay = 'relay'): void {
    this.#line = `${this.self} ${++this.#lines}`;
    this.#hub.opened(this.#line, way);
    this.#greet();
  }

  #greet(): void {
    this.#say({ kind: 'hello', version: lendingVersion, self: this.self, name: this.name, cores: 2 });
  }

  disconnect(): void {
    const line = this.#line;
    this.#line = null;
    if (line !== null) this.#hub.closed(line);
  }

  take(bytes: Uint8Array<ArrayBuffer>): void {
    const read = readFromHost(bytes);
    if (!read.ok) throw new Error(`the host said what its own schema refuses: ${read.reason}`);
    const { message, arrays } = read.value;
    const isFrozen = this.#behaviour === 'freezes' && this.#begun >= 2;
    if (isFrozen) return;
    if (message.kind === 'welcome') {
      this.#search = message.search;
      this.#recipe = message.recipe;
      this.#say({
        ...{ kind: 'ready', search: this.#search, backend: 'wasm', selfTestPassed: true },
        ...{ trainers: 1, speed: 100 },
      });
      for (const tell of this.#unkept.values()) tell();
    } else if (message.kind === 'ping') this.#say({ kind: 'pong', beat: message.beat });
    else if (message.kind === 'kept') this.#unkept.delete(message.job);
    else if (message.kind === 'refused') {
      this.refused = message.why;
      this.disconnect();
    } else if (message.kind === 'job') void this.#train(message, arrays);
  }

  #recipe: TrainingJob['recipe'] | null = null;

  async #train(message: HostJob, arrays: readonly Weights[]): Promise<void> {
    const { job } = message;
    if (this.#known.has(job)) return;
    this.#known.add(job);
    this.#begun += 1;
    const given = jobOf(message, arrays, this.#recipe!);
    if (!given) throw new Error('the host sent a job that contradicts itself');
    const isSecond = this.#begun === 2;
    if (isSecond && this.#behaviour === 'leaves') return this.disconnect();
    if (isSecond && this.#behaviour === 'freezes') return;
    if (this.#behaviour === 'switches') this.#switch();
    if (isSecond && this.#behaviour === 'breaks') {
      this.disconnect();
      setTimeout(() => this.connect(), 8);
    }
    await new Promise((resolve) => setTimeout(resolve, this.#milliseconds));
    const trained = pretendChild(given);
    if (!trained.ok || this.#behaviour === 'gives-up')
      return this.#say({ kind: 'failed', job, reason: writeFailure({ code: 'diverged' }) });
    const { objectives, forwardEquivalents, trainSeconds, agreement, weights, rawWeights } = trained.value;
    const lies = this.#behaviour === 'lies';
    const tell = (of: number) => {
      const sent = this.#behaviour === 'wrong-shape' ? weights.slice(1) : weights;
      this.#say(
        {
          ...{ kind: 'result', job: of, forwardEquivalents, trainSeconds, agreement: agreement! },
          objectives: { error: lies ? 0 : objectives.error! },
        },
        rawWeights ? [sent, rawWeights] : [sent],
      );
    };
    this.#unkept.set(job, () => tell(job));
    tell(job);
    if (this.#behaviour !== 'twice') return;
    tell(job);
    tell(job + 1_000_000);
  }

  #switch(): void {
    if (this.#begun === 1) {
      this.#relayed = this.#line;
      this.connect('direct');
    } else if (this.#begun === 2) {
      this.disconnect();
      this.#line = this.#relayed;
      this.#greet();
    }
  }

  #say(message: FromDevice, arrays: readonly Weights[] = []): void {
    const bytes = encodeMessage(message, arrays);
    // Another task, as over a network.
    const line = this.#line;
    if (line !== null) setTimeout(() => this.#line === line && this.#hub.received(line, bytes));
  }
}

/** A search whose children are trained by a local pretender and by fake devices. */
export async function searchWithDevices(
  { recipe, facts, seeds, problem }: Setting,
  behaviours: readonly Behaviour[],
  { milliseconds = 2, chance = () => 0 }: { milliseconds?: number; chance?: () => number } = {},
) {
  const events: SearchEvent[] = [];
  const kept = new Map<number, KeptWeights>();
  const trainedHere: number[] = [];
  let last: HostReport = { devices: [], events: [], children: { all: 0, own: 0, minutes: 0 } };
  const spawn = (): TrainerConnection => {
    const api = {
      train: async (job: TrainingJob) => {
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        trainedHere.push(job.network);
        return pretendChild(job);
      },
      pause: async () => {},
      resume: async () => {},
      cancel: async () => {},
    } as unknown as AsyncTrainer;
    return { api, died: new Promise(() => {}), terminate: () => {} };
  };
  const pool = new TrainerPool({ count: 1, spawn, prepare: async () => ok(wasmReport), onRestart: () => {} });
  await pool.prepare();
  pool.knowSpeed(100);
  const devices: FakeDevice[] = [];
  const hub = new DeviceHub({
    recipe,
    backend: 'wasm',
    send: (line, bytes) => devices.find((device) => device.line === line)?.take(bytes),
    close: () => {},
    report: (now) => (last = now),
    lend: (trainer) => pool.lend(trainer),
    evaluate: async ({ architecture, weights }) =>
      ok({ error: errorOf(weights, networkProblem.cheap(architecture).parameters!), images: 1000 }),
    chance,
    isPaused: () => false,
    minutes: () => 0,
  });
  behaviours.forEach((behaviour, index) =>
    devices.push(new FakeDevice(hub, index + 1, behaviour, milliseconds)),
  );
  for (const device of devices) device.connect();
  const beat = setInterval(() => hub.beat(), 4);
  const runner = SearchRunner.begin(recipe, facts, seeds, {
    problem,
    train: async (job, onProgress) => {
      const trained = await pool.train(job, onProgress);
      if (trained.ok) hub.trained(trained.value);
      return trained;
    },
    measure: async () => null,
    log: (event) => events.push(event),
    keepWeights: async (network, weights) => void kept.set(network, weights),
    findWeights: async (network) => kept.get(network) ?? null,
    seconds: () => 0,
    gate: async () => {},
  });
  const ended = await runner.run();
  clearInterval(beat);
  hub.over();
  pool.dispose();
  return { ended, events, kept, trainedHere, devices, report: last, state: runner.state };
}
