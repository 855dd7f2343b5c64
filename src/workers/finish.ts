import { exception } from '../core/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { LearningPoint } from '../core/search/events.ts';
import type { DatasetId, Recipe } from '../core/search/recipe.ts';
import { loadTest, loadTraining } from '../datasets/load.ts';
import type { ImageSet } from '../datasets/types.ts';
import type { BackendReport, Engine } from '../engine/engine.ts';
import { finishNetwork, type FinishedTraining, type FinishOrder } from '../engine/finish.ts';
import { startEngine } from '../engine/site-engine.ts';
import { PauseGate } from './pause-gate.ts';
import type { SiteBase } from './protocol.ts';
import { siteData } from './site-data.ts';
import { Stopwatch } from './stopwatch.ts';

export interface FinishedNetwork extends FinishedTraining {
  /** All that it took: measuring, training and testing, pauses left out. */
  readonly seconds: number;
  /** ISO 8601. */
  readonly date: string;
}

/** An engine worker that finishes the training of found networks, one after the other. To stop one, end the worker. */
export interface FinishApi {
  /** Chooses and self-tests the backend and loads the whole training part and the test part. */
  prepare(dataset: DatasetId, backend: Recipe['backend'], site: SiteBase): Promise<Result<BackendReport>>;
  finish(
    order: FinishOrder,
    onPlanned: (images: number) => void,
    onProgress: (point: LearningPoint) => void,
  ): Promise<Result<FinishedNetwork>>;
  pause(): void;
  resume(): void;
}

interface Prepared {
  readonly engine: Engine;
  readonly data: { readonly train: ImageSet; readonly test: ImageSet };
}

export class FinishWorker implements FinishApi {
  readonly #gate = new PauseGate();
  readonly #watch = new Stopwatch();
  #prepared: Prepared | null = null;
  #lost: string | null = null;

  constructor() {
    this.#gate.open();
  }

  async prepare(
    dataset: DatasetId,
    backend: Recipe['backend'],
    site: SiteBase,
  ): Promise<Result<BackendReport>> {
    const engine = await startEngine(backend, site);
    if (!engine.ok) return engine;
    const source = await siteData(site, [dataset]);
    if (!source.ok) return source;
    const train = await loadTraining(dataset, source.value);
    if (!train.ok) return train;
    const test = await loadTest(dataset, source.value);
    if (!test.ok) return test;
    this.#prepared = { engine: engine.value, data: { train: train.value, test: test.value } };
    void engine.value.lost.then((reason) => (this.#lost = reason));
    return ok(engine.value.report);
  }

  async finish(
    order: FinishOrder,
    onPlanned: (images: number) => void,
    onProgress: (point: LearningPoint) => void,
  ): Promise<Result<FinishedNetwork>> {
    if (!this.#prepared) return fail({ code: 'not-prepared' });
    const { engine, data } = this.#prepared;
    const gate = () => this.#gate.blocked();
    this.#watch.set(0);
    this.#watch.start();
    try {
      const finished = await finishNetwork(engine, order, data, { onPlanned, onProgress, gate });
      if (this.#lost !== null) return fail({ code: 'device-lost', detail: this.#lost });
      if (!finished.ok) return finished;
      return ok({ ...finished.value, seconds: this.#watch.seconds(), date: new Date().toISOString() });
    } catch (error) {
      return fail(this.#lost === null ? exception(error) : { code: 'device-lost', detail: this.#lost });
    } finally {
      this.#watch.stop();
    }
  }

  pause(): void {
    this.#gate.close();
    this.#watch.stop();
  }

  resume(): void {
    this.#gate.open();
    this.#watch.start();
  }
}
