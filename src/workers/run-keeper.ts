import type { Competed, NetworkId, SearchEvent } from '../core/search/events.ts';
import { survivorsOf } from '../core/search/front.ts';
import { overlaps, type Recipe } from '../core/search/recipe.ts';
import type { Result } from '../core/result.ts';
import { soundLog } from '../core/run-file/salvage.ts';
import type { RunDataset } from '../core/run-file/schema.ts';
import type { BackendReport } from '../engine/engine.ts';
import type { StorageFailure } from '../storage/attempt.ts';
import type { KeptWeights } from './search-runner.ts';
import { newId } from '../storage/new-id.ts';
import { openRunStore, type RunStore, type StoredRun } from '../storage/runs.ts';

/** The stored log always ends with one of these, so that it can be gone on from wherever it was cut. */
const boundaries: readonly SearchEvent['type'][] = ['evaluated', 'failed', 'competed', 'finished'];

/** 'conflict': another tab has gone on with this run. */
type WriteFailure = StorageFailure | 'conflict';

/** Told why something could not be written; null once everything is. */
type FailureListener = (failure: WriteFailure | null) => void;

/** Keeps a run's log and weights in IndexedDB as it goes; in memory what does not fit there, until it does. */
export class RunKeeper {
  #store: RunStore | null;
  #run: StoredRun;
  readonly #onFailure: FailureListener;
  /** Weights that are not stored. */
  readonly #inMemory = new Map<NetworkId, KeptWeights>();
  /** Networks whose weights are. */
  readonly #onDisk = new Set<NetworkId>();
  #stored = 0;
  #waiting: SearchEvent[] = [];
  #writing: Promise<unknown> = Promise.resolve();
  /** Networks that were evaluated since the last generation competed. */
  #young = new Set<NetworkId>();
  /** Networks that have competed, and of these the population and the front. */
  readonly #judged = new Set<NetworkId>();
  #needed: ReadonlySet<NetworkId> = new Set();
  #lastCompeted: readonly Competed[] = [];
  #failing = false;

  /** Without a `store` everything stays in memory. */
  constructor(store: RunStore | null, run: StoredRun, onFailure: FailureListener) {
    this.#store = store;
    this.#run = run;
    this.#onFailure = onFailure;
  }

  static async open(
    recipe: Recipe,
    name: string,
    resume: string | undefined,
    origin: string | undefined,
    onFailure: FailureListener,
  ): Promise<RunKeeper> {
    const store = await openRunStore();
    if (!store.ok) onFailure(store.reason);
    const now = new Date().toISOString();
    const run: StoredRun = {
      id: resume ?? newId(),
      name,
      recipe,
      created: now,
      updated: now,
      finished: false,
      ...(origin === undefined ? {} : { origin }),
    };
    return new RunKeeper(store.ok ? store.value : null, run, onFailure);
  }

  get id(): string {
    return this.#run.id;
  }

  setDataset(dataset: RunDataset): void {
    this.#run = { ...this.#run, dataset };
  }

  setDevice(device: BackendReport): void {
    this.#run = { ...this.#run, device };
  }

  /**
   * The stored log of a run to resume, as far as it is sound: what is not, is dropped from the store too. Null where
   * nothing of it can be read.
   */
  async storedEvents(): Promise<readonly SearchEvent[] | null> {
    const loaded = await this.#store?.load(this.#run.id);
    if (!loaded?.ok || !loaded.value) return null;
    const { run, events } = loaded.value;
    const sound = soundLog(events);
    if (sound.length === 0) return null;
    if (sound.length < events.length) await this.#store?.replaceLog(run.id, sound);
    const kept = await this.#store?.weightsOf(run.id);
    if (kept?.ok) for (const network of kept.value) this.#onDisk.add(network);
    for (const event of sound) this.#observe(event);
    this.#run = { ...run, recipe: this.#run.recipe };
    this.#stored = sound.length;
    return sound;
  }

  /** Logs events; they are written at the next boundary. */
  async log(events: readonly SearchEvent[]): Promise<void> {
    for (const event of events) {
      this.#waiting.push(event);
      this.#observe(event);
    }
    if (events.some(({ type }) => boundaries.includes(type))) await this.flush();
  }

  /** Writes what waits, after what is being written. */
  flush(): Promise<void> {
    const written = this.#writing.then(() => this.#write());
    this.#writing = written;
    return written;
  }

  /** What the log tells of the networks: only those that have competed and lost may make room. */
  #observe(event: SearchEvent): void {
    if (event.type === 'evaluated') this.#young.add(event.network);
    if (event.type !== 'competed') return;
    for (const network of this.#young) this.#judged.add(network);
    this.#young = new Set();
    this.#lastCompeted = [...this.#lastCompeted, event].slice(overlaps(this.#run.recipe) ? -2 : -1);
    this.#needed = survivorsOf(this.#lastCompeted);
  }

  async #write(): Promise<void> {
    const events = this.#waiting;
    if (!this.#store || events.length === 0) return;
    this.#waiting = [];
    const { store, sequence } = { store: this.#store, sequence: this.#stored };
    this.#stored += events.length;
    const last = events.at(-1)!.type;
    this.#run = { ...this.#run, updated: new Date().toISOString(), finished: last === 'finished' };
    const done = await this.#attempt(async () => {
      const appended = await store.append(this.#run.id, sequence, events);
      return appended.ok ? store.save(this.#run) : appended;
    });
    if (!done) {
      this.#waiting = [...events, ...this.#waiting];
      this.#stored = sequence;
    } else if (last === 'competed' || last === 'finished') await this.#writeKept();
  }

  /** What was kept in memory is written once there is room: networks still needed first. */
  async #writeKept(): Promise<void> {
    const store = this.#store;
    if (!store) return;
    const isNeeded = (network: NetworkId) => Number(this.#needed.has(network));
    const kept = [...this.#inMemory].sort(([a], [b]) => isNeeded(b) - isNeeded(a));
    for (const [network, weights] of kept) {
      if (!(await this.#save(store, network, weights))) return;
      this.#inMemory.delete(network);
    }
    if (!this.#failing) return;
    this.#failing = false;
    this.#onFailure(null);
  }

  async keepWeights(network: NetworkId, weights: KeptWeights): Promise<void> {
    const kept = this.#store !== null && (await this.#save(this.#store, network, weights));
    if (!kept) this.#inMemory.set(network, weights);
  }

  async #save(store: RunStore, network: NetworkId, { evaluated, raw }: KeptWeights): Promise<boolean> {
    const kept = await this.#attempt(() => store.saveWeights(this.#run.id, network, evaluated, raw));
    if (kept) this.#onDisk.add(network);
    return kept;
  }

  async weights(network: NetworkId): Promise<KeptWeights | null> {
    const inMemory = this.#inMemory.get(network);
    if (inMemory) return inMemory;
    const [evaluated, raw] = await Promise.all([
      this.#store?.loadWeights(this.#run.id, network),
      this.#store?.loadRaw(this.#run.id, network),
    ]);
    if (!evaluated?.ok || !evaluated.value) return null;
    return { evaluated: evaluated.value, raw: raw?.ok ? raw.value : null };
  }

  /** Where the disk is full, the weights of networks that have lost make room, once; then the failure is told. */
  async #attempt(action: () => Promise<Result<null, WriteFailure>>): Promise<boolean> {
    let done = await action();
    if (!done.ok && done.reason === 'full') {
      const spare = [...this.#onDisk].filter((id) => this.#judged.has(id) && !this.#needed.has(id));
      if (spare.length > 0 && (await this.#store?.dropWeights(this.#run.id, spare))?.ok) {
        for (const network of spare) this.#onDisk.delete(network);
        done = await action();
      }
    }
    if (!done.ok) {
      this.#failing = true;
      this.#onFailure(done.reason);
    }
    return done.ok;
  }
}
