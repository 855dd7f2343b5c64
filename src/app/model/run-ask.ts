import type { Architecture } from '../../core/architecture/types.ts';
import { exception } from '../../core/failure.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import type { DatasetId, Recipe } from '../../core/search/recipe.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { fail, ok, orFailure, type Result } from '../../core/result.ts';
import { factsOf } from '../../datasets/catalog.ts';
import type { AskHandle } from '../../workers/clients.ts';
import { siteBase } from '../../workers/site-base.ts';
import type { AskedId, LabelledImages, NetworkAsk } from './ask.ts';
import type { RunLog } from './run-log.svelte.ts';
import type { TestErrors } from './test-errors.svelte.ts';

interface Ready {
  readonly handle: AskHandle;
  /** What the worker has been given, by id. */
  readonly kept: Map<AskedId, Promise<boolean>>;
}

/** A worker for one data set, seed and backend, as soon as it is there. */
interface Asked {
  readonly key: string;
  readonly ready: Promise<Result<Ready>>;
  /** Ends the worker, also one that is still being started. */
  readonly end: AbortController;
}

/** What questions need of the run they are asked about. */
interface AskedRun {
  readonly kind: 'live' | 'recording' | 'file';
  readonly recipe: Recipe;
  readonly log: RunLog;
  readonly tests: TestErrors;
  weightsOf(id: NetworkId): Promise<Weights | null>;
  /** What the last finishing of its training left. */
  finishedWeightsOf(id: NetworkId): Promise<Weights | null>;
}

/** Questions about a run's networks, answered by a worker of their own that starts with the first question. */
export class RunAsk implements NetworkAsk {
  readonly #run: AskedRun;
  #asked: Asked | null = null;

  constructor(run: AskedRun) {
    this.#run = run;
  }

  get facts() {
    return factsOf(this.#dataset);
  }

  get #dataset(): DatasetId {
    return this.#run.recipe.dataset;
  }

  predict: NetworkAsk['predict'] = (network, images) =>
    this.#about(network, (api) => api.predict(network, images));

  details: NetworkAsk['details'] = (network) =>
    this.#about(network, (api) => api.details(network, network < 0 ? 'test' : 'validation'));

  testError: NetworkAsk['testError'] = (network) => this.#about(network, (api) => api.testError(network));

  inferenceTimes: NetworkAsk['inferenceTimes'] = (network) =>
    this.#about(network, (api) => api.inferenceTimes(network));

  deviceFiles: NetworkAsk['deviceFiles'] = (network, kind, about) => {
    const { dataset, secondDataset, seed } = this.#run.recipe;
    const request = { ...about, recipe: { dataset, secondDataset, seed }, site: siteBase() };
    return this.#about(network, (api) => api.deviceFiles(network, kind, request));
  };

  weights: NetworkAsk['weights'] = (network) => this.#weightsOf(network);

  card: NetworkAsk['card'] = async (network) => {
    const view = this.#run.log.whole;
    const { cardFacts } = await import('./card-facts.ts');
    return view && cardFacts(view, network, this.#run.tests.known);
  };

  async secondHead(): ReturnType<NetworkAsk['secondHead']> {
    const { dataset, secondDataset, seed } = this.#run.recipe;
    if (secondDataset === '') return ok(null);
    const ready = await this.#start();
    if (!ready.ok) return ready;
    return orFailure(ready.value.handle.api.secondHead({ dataset, secondDataset, seed }, siteBase()));
  }

  async images(part: 'validation' | 'test', start: number, count: number): Promise<Result<LabelledImages>> {
    const ready = await this.#start();
    if (!ready.ok) return ready;
    const api = ready.value.handle.api;
    return orFailure(part === 'test' ? api.testImages(start, count) : api.validationImages(start, count));
  }

  dispose(): void {
    this.#asked?.end.abort();
    this.#asked = null;
  }

  /** What was asked by `id` has other weights now. */
  async forget(id: AskedId): Promise<void> {
    const ready = await this.#asked?.ready;
    if (ready?.ok) ready.value.kept.delete(id);
  }

  #weightsOf(id: AskedId): Promise<Weights | null> {
    return id < 0 ? this.#run.finishedWeightsOf(-id) : this.#run.weightsOf(id);
  }

  async #about<T>(network: AskedId, ask: (api: AskHandle['api']) => Promise<Result<T>>): Promise<Result<T>> {
    const architecture = this.#run.log.whole?.networks.get(Math.abs(network))?.architecture;
    const ready = await this.#start();
    if (!ready.ok) return ready;
    try {
      if (!architecture || !(await this.#send(ready.value, network, architecture)))
        return fail({ code: this.#run.kind === 'recording' ? 'weights-of-front-only' : 'weights-not-here' });
      return await ask(ready.value.handle.api);
    } catch (error) {
      return fail(exception(error));
    }
  }

  /** Gives the worker a network's weights, once; false where they are not here. */
  async #send({ handle, kept }: Ready, network: AskedId, architecture: Architecture): Promise<boolean> {
    const known = kept.get(network);
    if (known) return known;
    const send = async () => {
      const weights = await this.#weightsOf(network);
      if (weights) await handle.api.keep(network, { architecture, weights });
      else kept.delete(network);
      return weights !== null;
    };
    const sent = send();
    kept.set(network, sent);
    return sent;
  }

  #start(): Promise<Result<Ready>> {
    const { seed, backend } = this.#run.recipe;
    const key = `${this.#dataset} ${seed} ${backend}`;
    if (this.#asked?.key !== key) {
      this.dispose();
      const end = new AbortController();
      this.#asked = { key, end, ready: this.#prepare(end.signal) };
    }
    return this.#asked!.ready;
  }

  async #prepare(end: AbortSignal): Promise<Result<Ready>> {
    const { seed, backend } = this.#run.recipe;
    try {
      const { startAsk } = await import('../../workers/clients.ts');
      if (end.aborted) return fail({ code: 'aborted' });
      const handle = startAsk();
      end.addEventListener('abort', () => handle.dispose());
      // The next question starts another one.
      void handle.died.then(() => {
        if (!end.aborted) this.dispose();
      });
      const prepared = await handle.api.prepare(this.#dataset, seed, backend, siteBase());
      return prepared.ok ? ok({ handle, kept: new Map() }) : prepared;
    } catch (error) {
      // A part of the site that could not be loaded may be there the next time.
      if (!end.aborted) this.dispose();
      return fail(exception(error));
    }
  }
}
