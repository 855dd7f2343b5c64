import type { Architecture, NodeId } from '../../core/architecture/types.ts';
import { statisticNames, type Weights } from '../../core/architecture/weights.ts';
import type { LearningPoint } from '../../core/search/events.ts';
import { exception } from '../../core/failure.ts';
import { fail, type Result } from '../../core/result.ts';
import type { ImageSet } from '../../datasets/types.ts';
import type {
  ChannelStatistics,
  Evaluation,
  Network,
  Taught,
  TrainingHooks,
  TrainingSchedule,
} from '../engine.ts';
import { scoreLogits } from '../evaluate.ts';
import { compileTraining, type TrainingProgram } from './compile.ts';
import type { Gpu } from './gpu.ts';
import { graphAlong, graphOf, type Graph } from './graph.ts';
import type { ImageData } from './image-data.ts';
import { blockStatistics, inferLogits } from './inference.ts';
import { packWeights, unpackWeights } from './parameters.ts';
import { Runner } from './runner.ts';
import { runTraining } from './trainer.ts';

/** A network trained by compiled plans. Holds only its parameters between calls; a plan lives as long as its call. */
export class PlanNetwork implements Network {
  readonly architecture: Architecture;
  private readonly gpu: Gpu;
  private readonly data: ImageData;
  private readonly graph: Graph;
  private readonly parameters: GPUBuffer;
  /** The running average that the last training kept, in the parameters' order. */
  private averages: GPUBuffer | null = null;

  /** Throws RangeError on a wrong number of weights. */
  constructor(gpu: Gpu, data: ImageData, architecture: Architecture, weights: Weights) {
    this.gpu = gpu;
    this.data = data;
    this.architecture = architecture;
    this.graph = graphOf(architecture);
    this.parameters = gpu.storage('parameters', packWeights(this.graph.placement, weights));
  }

  async weights(): Promise<Weights> {
    return unpackWeights(this.graph.placement, await this.packed());
  }

  async average(): Promise<Weights> {
    const packed = await this.packed();
    if (this.averages) packed.set(await this.trainable(this.averages));
    return unpackWeights(this.graph.placement, packed);
  }

  private async packed(): Promise<Float32Array<ArrayBuffer>> {
    return new Float32Array(await this.gpu.read(this.parameters, 4 * this.graph.placement.floats));
  }

  private async trainable(buffer: GPUBuffer): Promise<Float32Array<ArrayBuffer>> {
    return new Float32Array(await this.gpu.read(buffer, 4 * this.graph.placement.trainableFloats));
  }

  /** The buffer in which a training keeps its running average: from where the last one ended, else at the weights. */
  private averagesFor({ averaging }: TrainingSchedule): GPUBuffer {
    const { gpu, graph, parameters } = this;
    const bytes = 4 * graph.placement.trainableFloats;
    if (averaging?.from) {
      const packed = packWeights(graph.placement, averaging.from);
      return gpu.storage('averages', packed.slice(0, graph.placement.trainableFloats));
    }
    const averages = gpu.storage('averages', bytes);
    const encoder = gpu.device.createCommandEncoder();
    encoder.copyBufferToBuffer(parameters, 0, averages, 0, bytes);
    gpu.device.queue.submit([encoder.finish()]);
    return averages;
  }

  private keepAverages(averages: GPUBuffer | null): void {
    if (this.averages) this.gpu.free(this.averages);
    this.averages = averages;
  }

  setWeights(weights: Weights): void {
    this.gpu.device.queue.writeBuffer(this.parameters, 0, packWeights(this.graph.placement, weights));
  }

  train(
    data: ImageSet,
    schedule: TrainingSchedule,
    hooks: TrainingHooks = {},
    second?: ImageSet,
  ): Promise<Result<LearningPoint>> {
    return this.run([data, ...(second ? [second] : [])], null, null, schedule, hooks);
  }

  distill(
    data: ImageSet,
    teacher: Float32Array,
    affected: readonly NodeId[],
    schedule: TrainingSchedule,
    hooks: TrainingHooks = {},
    second?: Taught,
  ): Promise<Result<LearningPoint>> {
    const taught = [{ data, teacher }, ...(second ? [second] : [])];
    const rows = taught.map((set) => new Float32Array(set.teacher));
    return this.run(
      taught.map((set) => set.data),
      rows,
      new Set(affected),
      schedule,
      hooks,
    );
  }

  private async run(
    sets: readonly ImageSet[],
    teachers: readonly Float32Array<ArrayBuffer>[] | null,
    trained: ReadonlySet<NodeId> | null,
    schedule: TrainingSchedule,
    hooks: TrainingHooks,
  ): Promise<Result<LearningPoint>> {
    const { gpu, graph, parameters } = this;
    const errorsBefore = gpu.errorCount;
    if (gpu.lostReason !== null) return fail({ code: 'device-lost', detail: gpu.lostReason });
    const tasks = sets.length;
    const isSoft = teachers !== null;
    const { pathOf } = schedule;
    const compiledOf = (along: Graph, task: number) =>
      compileTraining(along, { batch: schedule.batch, task, trained, isSoft, reduction: gpu.reduction });
    /** What a step runs: one program, or one for each path, over the same parameters. */
    const compiledAt = (task: number): ((step: number) => TrainingProgram) => {
      if (!pathOf) {
        const compiled = compiledOf(graph, task);
        return () => compiled;
      }
      const made = new Map<Architecture, TrainingProgram>();
      return (step) => {
        const path = pathOf(step);
        const compiled = made.get(path) ?? compiledOf(graphAlong(graph, path), task);
        made.set(path, compiled);
        return compiled;
      };
    };
    const programs = sets.map((_, task) => compiledAt(task));
    // Scopes take the errors of the preparation: uncaptured, the later of them would be held against the next training.
    gpu.device.pushErrorScope('validation');
    gpu.device.pushErrorScope('out-of-memory');
    const momenta = gpu.storage('momenta', 4 * graph.placement.trainableFloats);
    const averages = this.averagesFor(schedule);
    this.keepAverages(null);
    let keeps = false;
    const common = { gpu, schedule, parameters, momenta, averages, tasks };
    const made = sets.map((data, task) =>
      Runner.create({
        ...common,
        data,
        buffers: this.data.of(data),
        teacher: teachers?.[task] ?? null,
        compiledAt: programs[task]!,
        task,
      }),
    );
    const settled = await Promise.allSettled(made);
    const runners = settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    try {
      const [outOfMemory, invalid] = await Promise.all([
        gpu.device.popErrorScope(),
        gpu.device.popErrorScope(),
      ]);
      if (outOfMemory) return fail({ code: 'out-of-gpu-memory', detail: outOfMemory.message });
      if (invalid) return fail({ code: 'gpu-error', detail: invalid.message });
      const refused = settled.find((outcome) => outcome.status === 'rejected');
      if (refused) return fail(gpu.failureSince(errorsBefore) ?? exception(refused.reason));
      const trained = await runTraining(gpu, runners, schedule, hooks, errorsBefore);
      keeps = trained.ok && schedule.averaging !== undefined;
      return trained;
    } finally {
      for (const runner of runners) runner.dispose();
      gpu.free(momenta);
      if (keeps) this.keepAverages(averages);
      else gpu.free(averages);
    }
  }

  async reestimate(data: ImageSet, images: number, task = 0): Promise<void> {
    const statistics = await blockStatistics(this.subject(data), Math.min(images, data.count), null, task);
    const names = statisticNames(task);
    const { offset } = this.graph.placement;
    const write = (at: number, values: Float32Array) =>
      this.gpu.device.queue.writeBuffer(this.parameters, 4 * at, new Float32Array(values));
    for (const [node, { mean, variance }] of statistics) {
      write(offset(node, names.mean), mean);
      write(offset(node, names.variance), variance);
    }
  }

  logits(data: ImageSet, start: number, count: number, task = 0): Promise<Float32Array> {
    return inferLogits(this.subject(data), start, count, task);
  }

  async evaluate(data: ImageSet, task = 0): Promise<Evaluation> {
    const logits = await this.logits(data, 0, data.count, task);
    return scoreLogits(logits, data.labels, logits.length / data.count);
  }

  preactivationStatistics(
    data: ImageSet,
    count: number,
    blocks: readonly NodeId[],
    task = 0,
  ): Promise<ReadonlyMap<NodeId, ChannelStatistics>> {
    return blockStatistics(this.subject(data), Math.min(count, data.count), new Set(blocks), task);
  }

  private subject(data: ImageSet) {
    const { gpu, graph, parameters } = this;
    return { gpu, graph, parameters, buffers: this.data.of(data) };
  }

  dispose(): void {
    this.keepAverages(null);
    this.gpu.free(this.parameters);
  }
}
