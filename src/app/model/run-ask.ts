import type { Weights } from '../../core/architecture/weights.ts';
import type { DatasetId, Recipe } from '../../core/search/recipe.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { factsOf } from '../../datasets/catalog.ts';
import { siteBase, startAsk, type AskHandle } from '../../workers/clients.ts';
import type { AskedNetwork } from '../../workers/protocol.ts';
import type { LabelledImages, NetworkAsk } from './ask.ts';
import type { RunLog } from './run-log.svelte.ts';
import { texts } from '../text/texts.ts';

interface Ready {
  readonly key: string;
  readonly handle: AskHandle;
  readonly prepared: Promise<Result<unknown>>;
}

/** What questions need of the run they are asked about. */
interface AskedRun {
  readonly kind: 'live' | 'recording' | 'file';
  readonly recipe: Recipe;
  readonly log: RunLog;
  weightsOf(id: NetworkId): Promise<Weights | null>;
}

/** Questions about a run's networks, answered by a worker of their own that starts with the first question. */
export class RunAsk implements NetworkAsk {
  readonly #run: AskedRun;
  #ready: Ready | null = null;

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
    this.#about(network, (api, asked) => api.predict(asked, images));

  details: NetworkAsk['details'] = (network) => this.#about(network, (api, asked) => api.details(asked));

  testError: NetworkAsk['testError'] = (network) =>
    this.#about(network, (api, asked) => api.testError(asked));

  inferenceTimes: NetworkAsk['inferenceTimes'] = (network) =>
    this.#about(network, (api, asked) => api.inferenceTimes(asked));

  weights: NetworkAsk['weights'] = (network) => this.#run.weightsOf(network);

  async secondHead(): ReturnType<NetworkAsk['secondHead']> {
    const { dataset, secondDataset, seed } = this.#run.recipe;
    if (secondDataset === '') return ok(null);
    const ready = await this.#start();
    return ready.ok ? ready.value.handle.api.secondHead({ dataset, secondDataset, seed }, siteBase()) : ready;
  }

  async images(part: 'validation' | 'test', start: number, count: number): Promise<Result<LabelledImages>> {
    const ready = await this.#start();
    if (!ready.ok) return ready;
    const api = ready.value.handle.api;
    return part === 'test' ? api.testImages(start, count) : api.validationImages(start, count);
  }

  dispose(): void {
    this.#ready?.handle.dispose();
    this.#ready = null;
  }

  async #about<T>(
    network: NetworkId,
    ask: (api: AskHandle['api'], asked: AskedNetwork) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const architecture = this.#run.log.whole?.networks.get(network)?.architecture;
    const weights = await this.#run.weightsOf(network);
    if (!architecture || !weights)
      return fail(this.#run.kind === 'recording' ? texts.states.onlyFront : texts.states.noWeights);
    const ready = await this.#start();
    if (!ready.ok) return ready;
    try {
      return await ask(ready.value.handle.api, { architecture, weights });
    } catch (error) {
      return fail(String(error));
    }
  }

  async #start(): Promise<Result<Ready>> {
    const { seed, backend } = this.#run.recipe;
    const key = `${this.#dataset} ${seed} ${backend}`;
    if (this.#ready?.key !== key) {
      this.dispose();
      const handle = startAsk();
      const prepared = handle.api.prepare(this.#dataset, seed, backend, siteBase());
      this.#ready = { key, handle, prepared };
    }
    const ready = this.#ready!;
    const result = await ready.prepared;
    return result.ok ? { ok: true, value: ready } : result;
  }
}
