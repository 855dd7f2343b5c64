import type { Architecture, NodeId } from '../../core/architecture/types.ts';
import { shapesOf } from '../../core/architecture/shapes.ts';
import {
  layoutOf,
  statisticNames,
  tensorKey,
  type TensorName,
  type WeightLayout,
  type Weights,
} from '../../core/architecture/weights.ts';
import type { LearningPoint } from '../../core/search/events.ts';
import type { Result } from '../../core/result.ts';
import type { ImageSet } from '../../datasets/types.ts';
import { pixelTable, plainImages } from '../batches.ts';
import type {
  ChannelStatistics,
  Evaluation,
  Network,
  Taught,
  TrainingHooks,
  TrainingSchedule,
} from '../engine.ts';
import { scoreLogits } from '../evaluate.ts';
import { evaluationBatch } from '../schedule.ts';
import { StatisticsSum } from '../statistics-sum.ts';
import { Rests } from '../yielding.ts';
import { compileInference, compileStatistics, type Graph, type InferenceProgram } from './compile.ts';
import type { Heap, Region } from './heap.ts';
import type { WasmKernels } from './kernels.ts';
import { trainNetwork } from './train.ts';

/** Numbers of an inference batch's largest layer at most: more do not fit a level-2 cache. */
const cachedNumbers = 65_536;

/** A network on kernels of our own in WebAssembly. Holds its weights between calls, and one inference program. */
export class WasmNetwork implements Network {
  readonly architecture: Architecture;
  readonly graph: Graph;
  readonly layout: WeightLayout;
  readonly values: Region;
  private averaged: Region | null = null;
  private readonly heap: Heap;
  private readonly offsets: ReadonlyMap<string, number>;
  private inference: { readonly key: string; readonly program: InferenceProgram } | null = null;

  /** Throws RangeError on a wrong number of weights. */
  constructor(heap: Heap, kernels: WasmKernels, architecture: Architecture, weights: Weights) {
    this.architecture = architecture;
    this.heap = heap;
    this.layout = layoutOf(architecture);
    this.checkLength(weights);
    this.offsets = new Map(this.layout.slots.map((slot) => [tensorKey(slot), slot.offset]));
    this.values = heap.take(this.layout.length);
    this.graph = {
      ...{ architecture, heap, kernels, shapes: shapesOf(architecture) },
      weight: (node, name) => this.values.address + 4 * this.offset(node, name),
    };
    this.setWeights(weights);
  }

  /** Where a tensor begins in the flat weights. */
  offset(node: NodeId, name: TensorName): number {
    const offset = this.offsets.get(tensorKey({ node, name }));
    if (offset === undefined) throw new Error(`no tensor ${tensorKey({ node, name })}`);
    return offset;
  }

  private checkLength(weights: Weights): void {
    const { length } = this.layout;
    if (weights.length !== length) throw new RangeError(`expected ${length} weights, got ${weights.length}`);
  }

  weights(): Promise<Weights> {
    return Promise.resolve(this.heap.numbers(this.values, this.layout.length).slice());
  }

  async average(): Promise<Weights> {
    const weights = await this.weights();
    if (this.averaged) weights.set(this.heap.numbers(this.averaged, this.layout.trainableLength));
    return weights;
  }

  setWeights(weights: Weights): void {
    this.checkLength(weights);
    this.heap.numbers(this.values).set(weights);
  }

  /** Takes over the running average of a training; null for none. */
  keepAverage(average: Region | null): void {
    if (this.averaged) this.heap.giveBack(this.averaged);
    this.averaged = average;
  }

  train(
    data: ImageSet,
    schedule: TrainingSchedule,
    hooks: TrainingHooks = {},
    second?: ImageSet,
  ): Promise<Result<LearningPoint>> {
    const sets = second ? [{ data }, { data: second }] : [{ data }];
    return trainNetwork(this, sets, null, schedule, hooks);
  }

  distill(
    data: ImageSet,
    teacher: Float32Array,
    affected: readonly NodeId[],
    schedule: TrainingSchedule,
    hooks: TrainingHooks = {},
    second?: Taught,
  ): Promise<Result<LearningPoint>> {
    const sets = [{ data, teacher }, ...(second ? [second] : [])];
    return trainNetwork(this, sets, new Set(affected), schedule, hooks);
  }

  async reestimate(data: ImageSet, images: number, task = 0): Promise<void> {
    const statistics = await this.statistics(data, images, null, task);
    const names = statisticNames(task);
    const values = this.heap.numbers(this.values);
    for (const [id, { mean, variance }] of statistics) {
      values.set(mean, this.offset(id, names.mean));
      values.set(variance, this.offset(id, names.variance));
    }
  }

  preactivationStatistics(
    data: ImageSet,
    count: number,
    blocks: readonly NodeId[],
    task = 0,
  ): Promise<ReadonlyMap<NodeId, ChannelStatistics>> {
    return this.statistics(data, count, new Set(blocks), task);
  }

  private async statistics(
    data: ImageSet,
    images: number,
    wanted: ReadonlySet<NodeId> | null,
    task: number,
  ): Promise<ReadonlyMap<NodeId, ChannelStatistics>> {
    const count = Math.min(images, data.count);
    const table = pixelTable(data);
    const sum = new StatisticsSum();
    const rest = new Rests();
    for (let start = 0; start < count; start += evaluationBatch) {
      const size = Math.min(evaluationBatch, count - start);
      const program = compileStatistics(this.graph, size, wanted, task);
      try {
        plainImages(data, table, start, size, this.heap.numbers(program.images));
        program.prepare();
        program.run();
        for (const [id, { mean, variance, filters }] of program.places) {
          const [means, variances] = [mean, variance].map((region) => this.heap.numbers(region, filters));
          sum.add(id, means!, variances!, size / count);
        }
      } finally {
        program.dispose();
      }
      await rest.due();
    }
    return sum.result(wanted === null ? 'batch' : 'running');
  }

  /** An inference program of `batch` images, kept for the next question of that size. */
  private inferenceOf(batch: number, task: number): InferenceProgram {
    const key = `${batch}/${task}`;
    if (this.inference?.key !== key) {
      this.forgetInference();
      this.inference = { key, program: compileInference(this.graph, batch, task) };
    }
    return this.inference.program;
  }

  private forgetInference(): void {
    this.inference?.program.dispose();
    this.inference = null;
  }

  async logits(data: ImageSet, start: number, count: number, task = 0): Promise<Float32Array> {
    const table = pixelTable(data);
    const largest = Math.max(
      ...[...this.graph.shapes.values()].map(({ height, width, channels }) => height * width * channels),
    );
    const most = Math.min(evaluationBatch, Math.max(1, Math.floor(cachedNumbers / largest)));
    const program = this.inferenceOf(Math.min(count, most), task);
    const { batch, classes } = program;
    const all = new Float32Array(count * classes);
    program.prepare();
    const rest = new Rests();
    for (let done = 0; done < count; done += batch) {
      // What an incomplete last batch has behind its images is computed and not read.
      const size = Math.min(batch, count - done);
      plainImages(data, table, start + done, size, this.heap.numbers(program.images));
      program.run();
      all.set(this.heap.numbers(program.logits, size * classes), done * classes);
      await rest.due();
    }
    return all;
  }

  async evaluate(data: ImageSet, task = 0): Promise<Evaluation> {
    const logits = await this.logits(data, 0, data.count, task);
    return scoreLogits(logits, data.labels, logits.length / data.count);
  }

  dispose(): void {
    this.forgetInference();
    this.keepAverage(null);
    this.heap.giveBack(this.values);
  }
}
