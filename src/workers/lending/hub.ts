import type { NetworkId } from '../../core/search/events.ts';
import type { Recipe } from '../../core/search/recipe.ts';
import type { Result } from '../../core/result.ts';
import type { BackendKind } from '../../engine/engine.ts';
import type { AskedNetwork, MeasuredErrors, TrainedNetwork, TrainingJob } from '../protocol.ts';
import type { LentTrainer } from '../trainer-pool.ts';
import { LentDevice } from './lent-device.ts';
import {
  encodeMessage,
  lendingVersion,
  longestName,
  readFromDevice,
  type FromDevice,
  type HostNews,
  type Received,
  type RefusalReason,
} from './messages.ts';
import type { DeviceEvent, HostReport, LineWay } from './report.ts';

/** What a hub needs of the search and of the page. */
export interface HubWorld {
  /** The recipe, with the backend that the search chose. */
  readonly recipe: Recipe;
  readonly backend: BackendKind;
  readonly send: (line: string, bytes: Uint8Array<ArrayBuffer>) => void;
  readonly close: (line: string) => void;
  readonly report: (report: HostReport) => void;
  readonly lend: (trainer: LentTrainer) => void;
  /** Measures a network here, apart from the search's trainers. */
  readonly evaluate: (network: AskedNetwork) => Promise<Result<MeasuredErrors>>;
  /** From 0 to 1; not known to devices. */
  readonly chance: () => number;
  readonly isPaused: () => boolean;
  /** Minutes of training so far. */
  readonly minutes: () => number;
}

/** Beats of `beatSeconds` without a word after which a device counts as frozen, or a broken line as gone. [ours] */
const mostSilentBeats = 6;
export const beatSeconds = 2.5;
/** Messages of one device between two beats. [ours] */
const mostMessages = 2000;
const mostDevices = 64;
/** First results of a device that are all measured again, and the share of the later ones; besides, every claim that would be the lowest error so far. [ours] */
const checkedFirst = 2;
const checkedShare = 0.2;
/** How far another backend's answer may be from ours, as a share of the images. [ours] */
const otherBackendTolerance = 0.01;
const keptEvents = 50;

const never = new Set(['lied', 'nonsense', 'version']);

/** Devices that lend their trainers to one search: who is there, what they may say, whether it is true. */
export class DeviceHub {
  readonly #world: HubWorld;
  /** By the name that a device keeps when its line breaks. */
  readonly #devices = new Map<string, LentDevice>();
  readonly #lines = new Map<string, { readonly way: LineWay; device: LentDevice | null }>();
  readonly #events: DeviceEvent[] = [];
  readonly #search: number;
  #jobs = 0;
  #children = { all: 0, own: 0 };
  #since: number | null = null;
  #lowestError = Infinity;
  #isOver = false;

  constructor(world: HubWorld) {
    this.#world = world;
    this.#search = Math.floor(world.chance() * 2 ** 48);
  }

  /** A line to some device; it speaks first. */
  opened(line: string, way: LineWay): void {
    this.#lines.set(line, { way, device: null });
  }

  closed(line: string): void {
    const device = this.#lines.get(line)?.device;
    this.#lines.delete(line);
    if (!device || device.line !== line) return;
    device.line = null;
    device.silentBeats = 0;
    if (!never.has(device.state) && device.state !== 'left') device.state = 'away';
    this.#tell();
  }

  /** What came over a line. */
  received(line: string, bytes: Uint8Array<ArrayBuffer>): void {
    const from = this.#lines.get(line);
    if (!from) return;
    const read = readFromDevice(bytes);
    const { device } = from;
    if (!read.ok) return device ? this.#expel(device, 'nonsense') : this.#refuse(line, 'nonsense');
    if (read.value.message.kind === 'hello') return this.#hello(line, read.value.message);
    if (!device) return;
    device.silentBeats = 0;
    device.messages += 1;
    if (device.messages > mostMessages) return this.#expel(device, 'nonsense');
    this.#take(device, read.value);
  }

  /** To be called every `beatSeconds`: asks for a sign of life. Beats, not a clock: a sleeping computer makes none. */
  beat(): void {
    for (const device of this.#devices.values()) {
      device.messages = 0;
      if (device.state === 'left' || never.has(device.state)) continue;
      device.silentBeats += 1;
      const isTooLong = device.silentBeats > mostSilentBeats;
      if (device.line === null) {
        if (isTooLong) this.#lose(device, 'left');
      } else if (isTooLong && device.state !== 'silent') this.#lose(device, 'silent');
      else device.say({ kind: 'ping', beat: device.silentBeats });
    }
    this.#tell();
  }

  /** A child was trained by whomever. */
  trained(result: TrainedNetwork): void {
    this.#lowestError = Math.min(this.#lowestError, result.objectives.error!);
    if (this.#since === null) return;
    this.#children.all += 1;
    if (result.device === undefined) this.#children.own += 1;
    this.#tell();
  }

  /** What students see of the shared search. */
  news(generation: number, evaluated: number, front: readonly FrontMember[]): void {
    const devices = [...this.#devices.values()].filter(({ trainers }) => trainers > 0).length;
    for (const device of this.#devices.values()) {
      const name = deviceName(device);
      const members: HostNews['front'] = front
        .slice(0, 500)
        .map(({ device: by, ...member }) => ({ ...member, mine: by === name }));
      device.say({
        ...{ kind: 'news', generation, evaluated, devices, contributed: device.trained },
        front: members,
      });
    }
  }

  paused(isPaused: boolean): void {
    for (const device of this.#devices.values()) device.say({ kind: isPaused ? 'pause' : 'resume' });
  }

  /** All devices are sent home; what they train is trained elsewhere. */
  dismiss(): void {
    for (const device of this.#devices.values()) {
      device.say({ kind: 'refused', why: 'closed' });
      if (device.state !== 'left' && !never.has(device.state)) this.#lose(device, 'left');
    }
  }

  /** The search has ended. */
  over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const device of this.#devices.values()) {
      device.say({ kind: 'over', search: this.#search });
      if (!never.has(device.state) && device.state !== 'left') device.end('waiting');
    }
    this.#tell();
  }

  #hello(line: string, { version, self, name, cores }: Extract<FromDevice, { kind: 'hello' }>): void {
    if (version !== lendingVersion) return this.#refuse(line, 'version');
    const known = this.#devices.get(self);
    if (known && never.has(known.state)) return this.#refuse(line, known.state as 'lied' | 'nonsense');
    if (!known && this.#devices.size >= mostDevices) return this.#refuse(line, 'full');
    const device = known ?? this.#newDevice(self, name, cores);
    const { line: before } = device;
    const onLine = before === null || before === line ? undefined : this.#lines.get(before);
    if (onLine) onLine.device = null;
    const { way } = this.#lines.get(line)!;
    const happened = happening(known, way);
    this.#lines.set(line, { way, device });
    device.line = line;
    device.way = way;
    device.silentBeats = 0;
    if (device.trainers === 0) device.state = 'preparing';
    else device.state = 'waiting';
    if (happened) this.#happened(device, happened);
    else this.#tell();
    if (this.#isOver) device.say({ kind: 'over', search: this.#search });
    else this.#welcome(device);
  }

  #welcome(device: LentDevice): void {
    const { recipe } = this.#world;
    // The schema knows a recipe by its table of fields.
    const welcome = { kind: 'welcome', version: lendingVersion, recipe, search: this.#search } as const;
    device.say(welcome);
    if (this.#world.isPaused()) device.say({ kind: 'pause' });
  }

  #newDevice(self: string, name: string, cores: number): LentDevice {
    const number = this.#devices.size + 1;
    const called = name.trim().slice(0, longestName - 4);
    const isTaken = called !== '' && [...this.#devices.values()].some((other) => other.name === called);
    const device = new LentDevice(
      { number, name: isTaken ? `${called} ${number}` : called, cores },
      {
        send: this.#world.send,
        check: (of, claimed, job) => this.#check(of, claimed, job),
        newJob: () => ++this.#jobs,
      },
    );
    this.#devices.set(self, device);
    this.#since ??= this.#world.minutes();
    return device;
  }

  #take(device: LentDevice, { message, arrays }: Received<FromDevice>): void {
    // One that was silent for too long has come back to life.
    if (device.state === 'silent') {
      device.state = 'preparing';
      this.#happened(device, 'back');
      this.#welcome(device);
    }
    switch (message.kind) {
      case 'ready':
        if (message.search === this.#search) this.#ready(device, message);
        break;
      case 'unable':
        if (message.search === this.#search) this.#lose(device, 'unable');
        break;
      case 'progress':
        device.progressed(message.job, message.point);
        break;
      case 'result':
        void device.finished(message, arrays).then((isOne) => {
          if (isOne) this.#tell();
          else this.#expel(device, 'nonsense');
        });
        break;
      case 'failed':
        device.failed(message.job, message.reason);
        break;
      case 'bye':
        this.#lose(device, 'left');
        break;
      case 'hello':
      case 'pong':
        break;
    }
  }

  #ready(device: LentDevice, ready: Extract<FromDevice, { kind: 'ready' }>): void {
    if (this.#isOver || never.has(device.state)) return;
    if (!ready.selfTestPassed) return this.#lose(device, 'unable');
    device.backend = ready.backend;
    device.sameNumbers = ready.backend === this.#world.backend;
    device.state = 'waiting';
    if (device.trainers > 0) device.sendJobsAgain();
    else device.lend(ready.trainers, ready.speed).forEach((trainer) => this.#world.lend(trainer));
    this.#tell();
  }

  /** Measures a claimed error again, of a device's first results and of a sample of the others. True: it stands. */
  async #check(device: LentDevice, claimed: TrainedNetwork, { architecture }: TrainingJob): Promise<boolean> {
    const { weights, network, objectives } = claimed;
    const isBest = objectives.error! < this.#lowestError;
    const isSampled = isBest || device.checked < checkedFirst || this.#world.chance() < checkedShare;
    if (!isSampled) return true;
    const measured = await this.#world.evaluate({ architecture, weights });
    // What cannot be measured here proves nothing.
    if (!measured.ok) return true;
    const half = 0.5 / Math.max(1, measured.value.images);
    const tolerance = device.sameNumbers ? half : Math.max(half, otherBackendTolerance);
    const pairs = [
      [objectives.error!, measured.value.error],
      [objectives.secondError ?? 0, measured.value.secondError ?? 0],
    ] as const;
    const wrong = pairs.find(([said, found]) => Math.abs(said - found) > tolerance);
    if (!wrong) {
      device.checked += 1;
      return true;
    }
    this.#expel(device, 'lied', { network, claimed: wrong[0], measured: wrong[1] });
    return false;
  }

  #expel(device: LentDevice, state: 'lied' | 'nonsense', lie?: DeviceEvent['lie']): void {
    if (never.has(device.state)) return;
    const { line } = device;
    this.#lose(device, state, lie);
    if (line !== null) this.#refuse(line, state);
    device.line = null;
  }

  #lose(
    device: LentDevice,
    state: 'left' | 'silent' | 'unable' | 'lied' | 'nonsense',
    lie?: DeviceEvent['lie'],
  ): void {
    const networks = device.training;
    device.end(state);
    this.#happened(device, state, networks, lie);
  }

  #refuse(line: string, why: RefusalReason): void {
    this.#world.send(line, encodeMessage({ kind: 'refused', why }));
    this.#world.close(line);
    this.#lines.delete(line);
  }

  #happened(
    { number, name }: LentDevice,
    kind: DeviceEvent['kind'],
    networks: readonly NetworkId[] = [],
    lie?: DeviceEvent['lie'],
  ): void {
    this.#events.push({
      ...{ at: this.#events.length, number, name, kind, networks },
      ...(lie ? { lie } : {}),
    });
    if (this.#events.length > keptEvents) this.#events.shift();
    this.#tell();
  }

  #tell(): void {
    const minutes = this.#since === null ? 0 : this.#world.minutes() - this.#since;
    this.#world.report({
      devices: [...this.#devices.values()].map(({ report }) => report),
      events: [...this.#events],
      children: { ...this.#children, minutes },
    });
  }
}

/** What a greeting over a line of `way` tells of a device that may be known; null for nothing worth a sentence. */
function happening(known: LentDevice | undefined, way: LineWay): 'joined' | 'back' | 'relayed' | null {
  if (!known) return 'joined';
  if (known.state === 'left' || known.state === 'silent') return 'back';
  if (known.way === 'direct' && way === 'relay') return 'relayed';
  return known.line === null ? 'back' : null;
}

/** What the log calls a device: its own name, else its number. */
const deviceName = ({ name, number }: LentDevice): string => name || String(number);

/** A member of the front as the student's screen draws it, and who trained it. */
export interface FrontMember {
  readonly network: NetworkId;
  readonly parameters: number;
  readonly error: number;
  readonly device: string | undefined;
}
