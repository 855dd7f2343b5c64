import type { HeadFacts } from '../core/export/portable.ts';
import { exportedHeads } from '../core/export/per-head.ts';
import { identityOf } from '../core/architecture/identity.ts';
import { hasSecondHead } from '../core/architecture/weights.ts';
import type { DatasetId, Recipe } from '../core/search/recipe.ts';
import { exception } from '../core/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { factsOf } from '../datasets/catalog.ts';
import { fittedPreparation } from '../datasets/preparation.ts';
import type { DataSource } from '../datasets/fetch.ts';
import { loadSearchData, loadTest } from '../datasets/load.ts';
import { loadTaskData } from '../datasets/tasks.ts';
import type { ImageSet, SearchData } from '../datasets/types.ts';
import { inferenceTime, type InferenceTime } from '../engine/inference-time.ts';
import { answerOf, probabilities as softmax } from '../engine/evaluate.ts';
import type { BackendReport, Engine, Network } from '../engine/engine.ts';
import { startEngine } from '../engine/site-engine.ts';
import { siteData } from './site-data.ts';
import type { DeviceFile, DeviceKind, QuantisedNetwork } from './device-files.ts';
import type {
  AskApi,
  AskedNetwork,
  DeviceRequest,
  NetworkDetails,
  Prediction,
  SiteBase,
} from './protocol.ts';

const mistakesShown = 24;
const timedBatches = [1, 64];

interface Prepared {
  readonly engine: Engine;
  readonly dataset: DatasetId;
  readonly data: SearchData;
  readonly source: DataSource;
}

type Images = Result<{ images: Uint8Array<ArrayBuffer>; labels: Uint8Array<ArrayBuffer> }>;

function slice(set: ImageSet, start: number, count: number): Images {
  const end = Math.min(set.count, start + count);
  const size = set.height * set.width * set.channels;
  return ok({ images: set.images.slice(start * size, end * size), labels: set.labels.slice(start, end) });
}

/** Answers questions about trained networks on a device of its own, so that a running search is not disturbed. */
export class Ask implements AskApi {
  #prepared: Prepared | null = null;
  #test: ImageSet | null = null;
  readonly #times = new Map<string, readonly InferenceTime[]>();
  /** Networks that can be asked, by the id they were given. */
  readonly #kept = new Map<number, AskedNetwork>();
  /** Networks in integers, by id and head. */
  readonly #quantised = new Map<string, Promise<QuantisedNetwork>>();
  /** The last network asked, since a drawing asks the same one many times. */
  #current: { id: number; network: Network } | null = null;

  keep(id: number, network: AskedNetwork): void {
    this.#kept.set(id, network);
    for (const head of [0, 1]) this.#quantised.delete(`${id}/${head}`);
    if (this.#current?.id === id) this.#forget();
  }

  async prepare(
    dataset: DatasetId,
    seed: number,
    backend: Recipe['backend'],
    site: SiteBase,
  ): Promise<Result<BackendReport>> {
    const engine = this.#prepared ? ok(this.#prepared.engine) : await startEngine(backend, site);
    if (!engine.ok) return engine;
    const source = await siteData(site, [dataset]);
    if (!source.ok) return source;
    const data = await loadSearchData(dataset, seed, source.value);
    if (!data.ok) return data;
    if (this.#prepared?.dataset !== dataset) this.#test = null;
    this.#prepared = { engine: engine.value, dataset, data: data.value, source: source.value };
    return ok(engine.value.report);
  }

  async predict(id: number, images: Uint8Array): Promise<Result<Prediction>> {
    return this.#with(id, async (network, { data }) => {
      const { height, width, channels } = data.validation;
      const count = images.length / (height * width * channels);
      const set: ImageSet = {
        ...data.validation,
        count,
        images: new Uint8Array(images),
        labels: new Uint8Array(count),
      };
      const logits = await network.logits(set, 0, count);
      return ok({ logits, probabilities: softmax(logits, data.validation.classes) });
    });
  }

  async details(id: number, part: 'validation' | 'test'): Promise<Result<NetworkDetails>> {
    const test = part === 'test' ? await this.#loadTest() : null;
    if (test && !test.ok) return test;
    return this.#with(id, async (network, { data, dataset }) => {
      const set = test?.value ?? data.validation;
      const { classes, count, labels } = set;
      const logits = await network.logits(set, 0, count);
      const probabilities = softmax(logits, classes);
      const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
      const mistakes: { index: number; actual: number; answered: number; probability: number }[] = [];
      for (let index = 0; index < count; index++) {
        const answered = answerOf(logits, index, classes);
        const actual = labels[index]!;
        confusion[actual]![answered]! += 1;
        if (answered !== actual)
          mistakes.push({ index, actual, answered, probability: probabilities[index * classes + answered]! });
      }
      mistakes.sort((a, b) => b.probability - a.probability);
      const size = set.height * set.width * set.channels;
      return ok({
        classes: factsOf(dataset).classes,
        confusion,
        mistakes: mistakes.slice(0, mistakesShown).map(({ index, ...rest }) => ({
          ...rest,
          image: set.images.slice(index * size, (index + 1) * size),
        })),
      });
    });
  }

  async testError(id: number): Promise<Result<number>> {
    const test = await this.#loadTest();
    if (!test.ok) return test;
    return this.#with(id, async (network) => ok((await network.evaluate(test.value)).error));
  }

  async validationError(id: number): Promise<Result<number>> {
    return this.#with(id, async (network, { data }) => ok((await network.evaluate(data.validation)).error));
  }

  async inferenceTimes(id: number): Promise<Result<readonly InferenceTime[]>> {
    return this.#with(id, async (network, { data: { validation } }) => {
      const identity = identityOf(network.architecture);
      const known = this.#times.get(identity);
      if (known) return ok(known);
      const times: InferenceTime[] = [];
      for (const batch of timedBatches) times.push(await inferenceTime(network, validation, batch));
      this.#times.set(identity, times);
      return ok(times);
    });
  }

  async validationImages(start: number, count: number): Promise<Images> {
    return this.#prepared
      ? slice(this.#prepared.data.validation, start, count)
      : fail({ code: 'not-prepared' });
  }

  async testImages(start: number, count: number): Promise<Images> {
    const test = await this.#loadTest();
    return test.ok ? slice(test.value, start, count) : test;
  }

  async secondHead(
    recipe: Pick<Recipe, 'dataset' | 'secondDataset' | 'seed'>,
    site: SiteBase,
  ): Promise<Result<HeadFacts>> {
    const second = await this.#second(recipe, site);
    return second.ok ? ok(second.value.facts) : second;
  }

  async deviceFiles(
    id: number,
    kind: DeviceKind,
    { name, facts, recipe, site }: DeviceRequest,
  ): Promise<Result<readonly DeviceFile[]>> {
    return this.#with(id, async ({ architecture }, { data }) => {
      const { weights } = this.#kept.get(id)!;
      const second = hasSecondHead(architecture) ? await this.#second(recipe, site) : null;
      if (second && !second.ok) return second;
      // Finished weights (a negative id) have learned the validation images too.
      const test = id < 0 ? await this.#loadTest() : null;
      if (test && !test.ok) return test;
      const own = test ? { ...data, validation: test.value } : data;
      const sets = [own, ...(second ? [second.value.data] : [])];
      const heads = exportedHeads({ name, architecture, weights, ...facts }, second?.value.facts ?? null);
      const { deviceFile, quantiseMeasured } = await import('./device-files.ts');
      const files: DeviceFile[] = [];
      for (const [head, network] of heads.entries()) {
        const quantised = () => {
          const key = `${id}/${head}`;
          const made = this.#quantised.get(key) ?? quantiseMeasured(network, sets[head]!);
          this.#quantised.set(key, made);
          made.catch(() => this.#quantised.delete(key));
          return made;
        };
        files.push(await deviceFile(kind, network, quantised));
      }
      return ok(files);
    });
  }

  /** The second data set of a recipe, and what its head says of it. */
  async #second(
    recipe: Pick<Recipe, 'dataset' | 'secondDataset' | 'seed'>,
    site: SiteBase,
  ): Promise<Result<{ readonly data: SearchData; readonly facts: HeadFacts }>> {
    const source = await siteData(site, [recipe.dataset, recipe.secondDataset]);
    if (!source.ok) return source;
    const loaded = await loadTaskData(recipe, source.value);
    if (!loaded.ok) return loaded;
    const data = loaded.value.second;
    if (!data || recipe.secondDataset === '') return fail({ code: 'no-second-dataset' });
    const facts = factsOf(recipe.secondDataset);
    const { mean, deviation } = data.train;
    const preparation = fittedPreparation(facts, loaded.value.train);
    return ok({ data, facts: { classes: facts.classes, mean, deviation, preparation } });
  }

  async #loadTest(): Promise<Result<ImageSet>> {
    if (!this.#prepared) return fail({ code: 'not-prepared' });
    if (!this.#test) {
      const loaded = await loadTest(this.#prepared.dataset, this.#prepared.source);
      if (!loaded.ok) return loaded;
      this.#test = loaded.value;
    }
    return ok(this.#test);
  }

  async #with<T>(
    id: number,
    use: (network: Network, prepared: Prepared) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const asked = this.#kept.get(id);
    if (!this.#prepared) return fail({ code: 'not-prepared' });
    if (!asked) return fail({ code: 'weights-missing', network: id });
    try {
      return await use(this.#networkFor(id, asked), this.#prepared);
    } catch (error) {
      return fail(exception(error));
    }
  }

  #networkFor(id: number, { architecture, weights }: AskedNetwork): Network {
    if (this.#current?.id !== id) {
      this.#forget();
      this.#current = { id, network: this.#prepared!.engine.network(architecture, weights) };
    }
    return this.#current!.network;
  }

  #forget(): void {
    this.#current?.network.dispose();
    this.#current = null;
  }
}
