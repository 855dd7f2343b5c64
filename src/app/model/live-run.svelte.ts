import type { Architecture } from '../../core/architecture/types.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import type { NetworkId, SearchEvent } from '../../core/search/events.ts';
import type { SearchHandle } from '../../workers/search-handle.ts';
import { startSearch } from '../../workers/start-search.ts';
import type { SearchStatus } from '../../workers/protocol.ts';
import { EventBatch } from './event-batch.ts';
import { drawEvery, generationsAhead, type Speed, type StepUnit } from './pace.ts';
import { Run, type RunOptions } from './run.svelte.ts';
import { nameOf } from './run-name.ts';
import { signalEvents } from './signal.ts';
import type { SearchListeners, WarmSearch } from './warm-search.ts';

/** What a search begins with. */
export type Beginning =
  /** The recipe's starting networks, or one of one's own. */
  | { readonly from: 'nothing'; readonly startingNetwork?: Architecture }
  /** A run of this browser's storage, perhaps for more generations than it was made for. */
  | {
      readonly from: 'stored';
      readonly id: string;
      readonly events: readonly SearchEvent[];
      /** From another tab that goes on with it. */
      readonly takeOver: boolean;
    }
  /** What another log tells until some place of it. */
  | { readonly from: 'log'; readonly events: readonly SearchEvent[]; readonly origin: string };

export interface LiveRunOptions extends RunOptions {
  readonly beginning: Beginning;
  readonly onstatus: (status: SearchStatus, run: LiveRun) => void;
  /** A search that was prepared before, if one is there; whoever takes it owns it. */
  readonly takeWarm: () => WarmSearch | null;
}

/** A search on this computer. Its workers start when it is prepared, stepped or played. */
export class LiveRun extends Run {
  readonly kind = 'live';
  readonly isOwnFile = false;
  readonly beginning: Beginning;
  status = $state.raw<SearchStatus | null>(null);
  wanted = $state(false);
  runId = $state<string | null>(null);
  #handle = $state.raw<SearchHandle | null>(null);
  #begun = $state(false);
  #options: LiveRunOptions;
  #speed: () => Speed;
  /** The search waits for the page. */
  #held = false;
  #batch = new EventBatch(
    (events) => this.#take(events),
    () => drawEvery[this.#speed()],
  );

  constructor(options: LiveRunOptions) {
    super(options);
    this.#options = options;
    this.#speed = options.speed;
    this.beginning = options.beginning;
    this.#begun = this.beginning.from !== 'nothing';
    if (this.beginning.from === 'stored') {
      this.runId = this.beginning.id;
      this.log.replace(this.beginning.events);
    }
  }

  get live(): boolean {
    return this.#begun;
  }

  get untouched(): boolean {
    return this.log.count === 0 || (!this.wanted && this.log.whole?.imagesSeen === 0);
  }

  get running(): boolean {
    return this.playback.moving || (this.wanted && this.#begun && !this.finished && !this.failed);
  }

  get preparing(): boolean {
    return this.#handle !== null && this.status?.kind === 'preparing';
  }

  get failed(): boolean {
    return this.status?.kind === 'failed';
  }

  get prepared(): boolean {
    return this.#handle !== null;
  }

  get keepsWeights(): boolean {
    return this.#handle !== null || this.runId !== null;
  }

  /** Starts the workers and tests the backend, so that Play answers at once. */
  prepare(): void {
    if (this.#handle) return;
    const { beginning, recipe } = this;
    const isPlain = beginning.from === 'nothing' && beginning.startingNetwork === undefined;
    this.#handle = (isPlain ? this.#options.takeWarm()?.adopt(recipe, this.#listeners) : null) ?? null;
    if (this.#handle) return;
    this.status = { kind: 'preparing' };
    this.#handle = startSearch(recipe, {
      name: nameOf(this.name, recipe),
      ...this.#listeners,
      ...(beginning.from === 'nothing' && beginning.startingNetwork
        ? { startingNetwork: beginning.startingNetwork }
        : {}),
      ...(beginning.from === 'stored' ? { resume: beginning.id, takeOver: beginning.takeOver } : {}),
      ...(beginning.from === 'log'
        ? { fork: { events: beginning.events, origin: beginning.origin, weights: [...this.weights] } }
        : {}),
    });
  }

  play(): void {
    if (this.finished) return this.playback.start();
    this.prepare();
    this.#begun = true;
    this.notices.forgetBackend();
    this.wanted = true;
    if (this.#speed() === 'watch') this.playback.start();
    else this.playback.follow();
    this.#held = false;
    this.#handle?.play();
  }

  pause(): void {
    this.wanted = false;
    this.playback.stop();
    this.#handle?.pause();
  }

  step(unit: StepUnit): void {
    if (this.finished || this.playback.position < this.log.count) return this.playback.forward(unit);
    this.prepare();
    this.#begun = true;
    this.wanted = false;
    this.playback.follow();
    this.#handle?.step(unit === 'generation' ? 'generation' : 'child');
  }

  /** Other devices lend it their trainers, over this port. */
  lendDevices(port: MessagePort): void {
    this.#handle?.lendDevices(port);
  }

  async stop(): Promise<void> {
    this.wanted = false;
    await this.#handle?.stop();
  }

  /** Another speed was chosen than `was`. */
  speedChanged(was: Speed): void {
    if (!this.#begun || this.finished || !this.wanted) return;
    if (this.#speed() === 'watch') this.playback.start();
    else if (was === 'watch') this.play();
  }

  override dispose(): void {
    super.dispose();
    this.#batch.clear();
    this.#handle?.dispose();
    this.#handle = null;
    this.wanted = false;
  }

  protected async weightsHere(id: NetworkId): Promise<Weights | null> {
    return (await this.#handle?.weights(id)) ?? null;
  }

  /** At Watch the search waits for the page: it is at most one generation ahead of what is shown. */
  protected override cursorMoved(): void {
    if (!this.#begun || this.finished || !this.wanted || this.#speed() !== 'watch') return;
    const ahead = generationsAhead(this.log.events, this.playback.position);
    if (ahead > 0 && !this.#held) {
      this.#held = true;
      this.#handle?.pause();
    } else if (ahead === 0 && this.#held) {
      this.#held = false;
      this.#handle?.play();
    }
  }

  #listeners: SearchListeners = {
    onEvents: (first, events) => this.#receive(first, events),
    onStatus: (status) => this.#setStatus(status),
    onRun: (id) => void (this.runId = id),
  };

  #receive(first: number, events: readonly SearchEvent[]): void {
    // A resumed search sends its log from the start, cut where it goes on: that replaces what is shown.
    if (first === 0 && this.log.count > 0) this.log.replace(events);
    else this.#batch.add(events);
  }

  #take(events: readonly SearchEvent[]): void {
    this.log.append(this.log.count, events);
    signalEvents(events, this.log);
    if (events.some((event) => event.type === 'generation')) this.notices.forgetBackend();
    this.cursorMoved();
  }

  #setStatus(status: SearchStatus): void {
    if (status.kind === 'finished' || status.kind === 'failed') this.#batch.now();
    if (status.kind === 'failed') this.wanted = false;
    this.status = status;
    this.#options.onstatus(status, this);
  }
}
