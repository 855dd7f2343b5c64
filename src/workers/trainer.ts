import type { Architecture } from '../core/architecture/types.ts';
import { hasSecondHead } from '../core/architecture/weights.ts';
import { seeded } from '../core/random.ts';
import { exception } from '../core/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { LearningPoint } from '../core/search/events.ts';
import type { Recipe } from '../core/search/recipe.ts';
import { loadTaskData } from '../datasets/tasks.ts';
import type { BackendReport, Engine } from '../engine/engine.ts';
import { inferenceTime } from '../engine/inference-time.ts';
import { initialWeights } from '../engine/initial-weights.ts';
import { childSchedules } from '../engine/recipe-schedules.ts';
import type { ChildData } from '../engine/heads.ts';
import { trainingSpeed } from '../engine/speed.ts';
import { PauseGate } from './pause-gate.ts';
import type {
  AskedNetwork,
  MeasuredErrors,
  SiteBase,
  TrainedNetwork,
  TrainerApi,
  TrainingJob,
} from './protocol.ts';
import { siteData } from './site-data.ts';
import { trainJob } from './train-job.ts';
import { startEngine } from '../engine/site-engine.ts';

interface Prepared {
  readonly engine: Engine;
  readonly recipe: Recipe;
  readonly data: ChildData;
}

const benchmarkImages = 640;

/** Trains one child after another on a device of its own. */
export class Trainer implements TrainerApi {
  readonly #gate = new PauseGate();
  #prepared: Prepared | null = null;
  #lost: string | null = null;
  #cancelled = new AbortController();

  constructor() {
    this.#gate.open();
  }

  async prepare(recipe: Recipe, site: SiteBase): Promise<Result<BackendReport>> {
    const [engine, data] = await Promise.all([
      startEngine(recipe.backend, site),
      siteData(site, [recipe.dataset, recipe.secondDataset]).then((source) =>
        source.ok ? loadTaskData(recipe, source.value) : source,
      ),
    ]);
    if (!engine.ok) return engine;
    if (!data.ok) return data;
    this.#prepared = { engine: engine.value, recipe, data: data.value };
    void engine.value.lost.then((reason) => (this.#lost = reason));
    return ok(engine.value.report);
  }

  /** Images on which errors are measured; 0 before prepare. */
  get validationCount(): number {
    return this.#prepared?.data.validation.count ?? 0;
  }

  async train(job: TrainingJob, onProgress: (point: LearningPoint) => void): Promise<Result<TrainedNetwork>> {
    if (!this.#prepared) return fail({ code: 'not-prepared' });
    const { engine, data } = this.#prepared;
    const { signal } = (this.#cancelled = new AbortController());
    try {
      const hooks = { onProgress, gate: () => this.#gate.blocked(), signal };
      const trained = await trainJob(engine, data, job, hooks);
      return this.#lost === null ? trained : fail({ code: 'device-lost', detail: this.#lost });
    } catch (error) {
      return fail(this.#lost === null ? exception(error) : { code: 'device-lost', detail: this.#lost });
    }
  }

  cancel(): void {
    this.#cancelled.abort();
  }

  async evaluate({ architecture, weights }: AskedNetwork): Promise<Result<MeasuredErrors>> {
    if (!this.#prepared) return fail({ code: 'not-prepared' });
    const { engine, data } = this.#prepared;
    try {
      const network = engine.network(architecture, weights);
      try {
        const { error } = await network.evaluate(data.validation);
        const images = data.validation.count;
        if (!data.second || !hasSecondHead(architecture)) return ok({ error, images });
        const { validation } = data.second;
        const second = await network.evaluate(validation, 1);
        return ok({ error, secondError: second.error, images: Math.min(images, validation.count) });
      } finally {
        network.dispose();
      }
    } catch (error) {
      return fail(exception(error));
    }
  }

  async measureInference(architecture: Architecture, batch: number): Promise<Result<number>> {
    if (!this.#prepared) return fail({ code: 'not-prepared' });
    const { engine, data } = this.#prepared;
    const network = engine.network(architecture, initialWeights(architecture, seeded('inference')));
    try {
      return ok((await inferenceTime(network, data.validation, batch)).median);
    } catch (error) {
      return fail(exception(error));
    } finally {
      network.dispose();
    }
  }

  async benchmark(): Promise<Result<number>> {
    if (!this.#prepared) return fail({ code: 'not-prepared' });
    const { engine, data, recipe } = this.#prepared;
    const job = {
      ownImages: benchmarkImages,
      inheritedImages: 0,
      inherits: false,
      rates: null,
      averaging: 0,
    };
    try {
      const { train } = childSchedules({ ...recipe, augment: 'none' }, job, 'benchmark');
      return await trainingSpeed(engine, data.train, train);
    } catch (error) {
      return fail(exception(error));
    }
  }

  pause(): void {
    this.#gate.close();
  }

  resume(): void {
    this.#gate.open();
  }
}
