import type { NetworkId, SearchEvent } from '../core/search/events.ts';
import type { Recipe } from '../core/search/recipe.ts';
import type { Result } from '../core/result.ts';
import type { BackendReport } from '../engine/engine.ts';
import type { StorageFailure } from '../storage/attempt.ts';
import type { KeptWeights } from './search-runner.ts';
import { newId } from '../storage/new-id.ts';
import { openRunStore, type RunStore, type StoredRun } from '../storage/runs.ts';

/** The stored log always ends with one of these, so that it can be gone on from wherever it was cut. */
const boundaries: readonly SearchEvent['type'][] = ['evaluated', 'failed', 'competed', 'finished'];

/** Keeps a run's log and weights in IndexedDB as it goes; in memory only where that is not to be had. */
export class RunKeeper {
  #store: RunStore | null;
  #run: StoredRun;
  readonly #onFailure: (failure: StorageFailure) => void;
  readonly #inMemory = new Map<NetworkId, KeptWeights>();
  #stored = 0;
  #waiting: SearchEvent[] = [];
  #writing: Promise<unknown> = Promise.resolve();
  #front: readonly NetworkId[] = [];
  #networks: NetworkId[] = [];

  /** Without a `store` everything stays in memory. */
  constructor(store: RunStore | null, run: StoredRun, onFailure: (failure: StorageFailure) => void) {
    this.#store = store;
    this.#run = run;
    this.#onFailure = onFailure;
  }

  static async open(
    recipe: Recipe,
    name: string,
    resume: string | undefined,
    origin: string | undefined,
    onFailure: (failure: StorageFailure) => void,
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

  setDevice(device: BackendReport): void {
    this.#run = { ...this.#run, device };
  }

  /** The stored log of a run to resume; null where it cannot be read. */
  async storedEvents(): Promise<readonly SearchEvent[] | null> {
    const loaded = await this.#store?.load(this.#run.id);
    if (!loaded?.ok || !loaded.value) return null;
    const { run, events } = loaded.value;
    this.#run = { ...run, recipe: this.#run.recipe };
    this.#stored = events.length;
    return events;
  }

  /** Logs events; they are written at the next boundary. */
  async log(events: readonly SearchEvent[]): Promise<void> {
    this.#waiting.push(...events);
    for (const event of events) if (event.type === 'competed') this.#front = event.front;
    if (events.some(({ type }) => boundaries.includes(type))) await this.flush();
  }

  /** Writes what waits, after what is being written. */
  flush(): Promise<void> {
    const written = this.#writing.then(() => this.#write());
    this.#writing = written;
    return written;
  }

  async #write(): Promise<void> {
    const events = this.#waiting;
    if (!this.#store || events.length === 0) return;
    this.#waiting = [];
    const { store, sequence } = { store: this.#store, sequence: this.#stored };
    this.#stored += events.length;
    const finished = events.at(-1)?.type === 'finished';
    this.#run = { ...this.#run, updated: new Date().toISOString(), finished };
    const done = await this.#attempt(async () => {
      const appended = await store.append(this.#run.id, sequence, events);
      return appended.ok ? store.save(this.#run) : appended;
    });
    if (done) return;
    this.#waiting = [...events, ...this.#waiting];
    this.#stored = sequence;
  }

  async keepWeights(network: NetworkId, weights: KeptWeights): Promise<void> {
    const store = this.#store;
    const { evaluated, raw } = weights;
    const kept =
      store !== null && (await this.#attempt(() => store.saveWeights(this.#run.id, network, evaluated, raw)));
    if (kept) this.#networks.push(network);
    else this.#inMemory.set(network, weights);
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

  /** Where the disk is full, the weights of networks off the front make room, once; then the failure is told. */
  async #attempt(action: () => Promise<Result<null, StorageFailure>>): Promise<boolean> {
    let done = await action();
    if (!done.ok && done.reason === 'full') {
      const spare = this.#networks.filter((network) => !this.#front.includes(network));
      await this.#store?.dropWeights(this.#run.id, spare);
      this.#networks = this.#networks.filter((network) => this.#front.includes(network));
      done = await action();
    }
    if (!done.ok) this.#onFailure(done.reason);
    return done.ok;
  }
}
