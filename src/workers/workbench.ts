import { exception } from '../core/failure.ts';
import { ok, fail, type Result } from '../core/result.ts';
import type { NodeId } from '../core/architecture/types.ts';
import type { Morphism } from '../core/morphisms/morphism.ts';
import type { DatasetId } from '../core/search/recipe.ts';
import { loadSearchData } from '../datasets/load.ts';
import {
  makeToyData,
  readTanhToy,
  readToys,
  type Toy,
  type ToyFile,
  type ToyName,
} from '../datasets/toys.ts';
import type { SearchData } from '../datasets/types.ts';
import { Workbench } from '../engine/workbench/workbench.ts';
import type {
  Broken,
  DistillReading,
  LearnReading,
  Measured,
  Opened,
  Subject,
  Transformed,
} from '../engine/workbench/results.ts';
import type { BreakKind } from '../engine/workbench/breaks.ts';
import type { ChannelHistogram } from '../engine/workbench/histogram.ts';
import type { BackendReport } from '../engine/engine.ts';
import { startEngine } from '../engine/site-engine.ts';
import type { SiteBase } from './protocol.ts';
import { siteData } from './site-data.ts';

/** Which network lies on the bench: a toy, or a network of a run with the data it was searched on. */
export type WorkbenchSource =
  | { readonly kind: 'toy'; readonly toy: ToyName }
  | {
      readonly kind: 'network';
      readonly subject: Subject;
      readonly dataset: DatasetId;
      readonly seed: number;
    };

export interface WorkbenchReady {
  readonly report: BackendReport;
  /** Images each toy was trained on. */
  readonly toys: Readonly<Record<ToyName, number>>;
}

/** An engine worker in the role of the workbench: its questions, one at a time. */
export interface WorkbenchApi {
  prepare(site: SiteBase): Promise<Result<WorkbenchReady>>;
  open(source: WorkbenchSource): Promise<Result<Opened>>;
  transform(morphism: Morphism, seed: number): Promise<Result<Transformed>>;
  histograms(node: NodeId, most: number): Promise<Result<readonly ChannelHistogram[]>>;
  measure(subject: Subject): Promise<Result<Measured>>;
  predict(
    child: Subject | null,
    images: Uint8Array,
  ): Promise<Result<{ readonly parent: Float32Array; readonly child: Float32Array | null }>>;
  breakIt(
    kind: BreakKind,
    transformed: Pick<Transformed, 'step' | 'weights'>,
    seed: number,
  ): Promise<Result<Broken>>;
  distill(
    transformed: Pick<Transformed, 'step' | 'weights'>,
    seed: number,
    onReading: (reading: DistillReading) => void,
  ): Promise<Result<Subject>>;
  /** Ordinary training of a child, as every child of a search gets it; what it answers then. */
  train(subject: Subject, seed: number): Promise<Result<Measured>>;
  learn(
    subjects: { readonly inherited: Subject; readonly broken?: Subject | undefined },
    seeds: readonly number[],
    onReading: (reading: LearnReading) => void,
  ): Promise<Result<true>>;
  /** Ends a distillation or training that is under way. */
  stop(): void;
}

/** Morphisms on a network, on a device of its own. Small networks: wasm, whatever the page's search runs on. */
export class WorkbenchWorker implements WorkbenchApi {
  #bench: Workbench | null = null;
  #toys: Readonly<Record<ToyName, Toy>> | null = null;
  #tanh: Toy | null = null;
  #toyData: SearchData | null = null;
  #site: SiteBase = '';
  #stop: AbortController | null = null;

  async prepare(site: SiteBase): Promise<Result<WorkbenchReady>> {
    this.#site = site;
    const [engine, response] = await Promise.all([startEngine('wasm', site), fetch(`${site}toys.json`)]);
    if (!engine.ok) return engine;
    if (!response.ok) return fail({ code: 'file-missing', path: 'toys.json', status: response.status });
    const file = (await response.json()) as ToyFile;
    const [toys, tanh] = [readToys(file), readTanhToy(file)];
    if (!toys.ok) return toys;
    if (!tanh.ok) return tanh;
    this.#toys = toys.value;
    this.#tanh = tanh.value;
    this.#bench = new Workbench(engine.value);
    const { plain, deep, six } = toys.value;
    return ok({
      report: engine.value.report,
      toys: { plain: plain.images, deep: deep.images, six: six.images },
    });
  }

  async open(source: WorkbenchSource): Promise<Result<Opened>> {
    if (!this.#bench || !this.#toys) return fail({ code: 'not-prepared' });
    this.stop();
    if (source.kind === 'toy') {
      this.#toyData ??= makeToyData();
      return ok(await this.#bench.open(this.#toys[source.toy], this.#toyData, this.#tanh));
    }
    const from = await siteData(this.#site, [source.dataset]);
    if (!from.ok) return from;
    const data = await loadSearchData(source.dataset, source.seed, from.value);
    return data.ok ? ok(await this.#bench.open(source.subject, data.value)) : data;
  }

  transform: WorkbenchApi['transform'] = (morphism, seed) =>
    this.#do(async (bench) => bench.transform(morphism, seed));

  histograms: WorkbenchApi['histograms'] = (node, most) =>
    this.#do((bench) => Promise.resolve(ok(bench.histograms(node, most))));

  measure: WorkbenchApi['measure'] = (subject) => this.#do(async (bench) => ok(await bench.measure(subject)));

  predict: WorkbenchApi['predict'] = (child, images) =>
    this.#do(async (bench) => ok(await bench.predict(child, images)));

  breakIt: WorkbenchApi['breakIt'] = (kind, transformed, seed) =>
    this.#do(async (bench) => bench.breakIt(kind, transformed, seed));

  distill: WorkbenchApi['distill'] = (transformed, seed, onReading) =>
    this.#long((bench, signal) => bench.distill(transformed, seed, onReading, signal));

  train: WorkbenchApi['train'] = (subject, seed) =>
    this.#long((bench, signal) => bench.train(subject, seed, signal));

  learn: WorkbenchApi['learn'] = (subjects, seeds, onReading) =>
    this.#long((bench, signal) => bench.learn(subjects, seeds, onReading, signal));

  stop(): void {
    this.#stop?.abort();
    this.#stop = null;
  }

  #long<T>(use: (bench: Workbench, signal: AbortSignal) => Promise<Result<T>>): Promise<Result<T>> {
    this.stop();
    const control = new AbortController();
    this.#stop = control;
    return this.#do((bench) => use(bench, control.signal));
  }

  async #do<T>(use: (bench: Workbench) => Promise<Result<T>>): Promise<Result<T>> {
    if (!this.#bench) return fail({ code: 'not-prepared' });
    try {
      return await use(this.#bench);
    } catch (error) {
      return fail(exception(error));
    }
  }
}
