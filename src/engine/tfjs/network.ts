import * as tf from '@tensorflow/tfjs-core';
import type { Architecture, NodeId } from '../../core/architecture/types.ts';
import { statisticNames, tensorKey, type Weights } from '../../core/architecture/weights.ts';
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
import { blockMoments, disposeFolded, foldBlocks, inferLogits } from './inference.ts';
import { Parameters } from './parameters.ts';
import { trainParameters } from './train.ts';

/** A network on plain tfjs ops: runs on any backend, and is the oracle of the compiled plan. */
export class PortableNetwork implements Network {
  readonly architecture: Architecture;
  private readonly parameters: Parameters;

  constructor(architecture: Architecture, weights: Weights) {
    this.architecture = architecture;
    this.parameters = new Parameters(architecture, weights);
  }

  weights(): Promise<Weights> {
    return this.parameters.get();
  }

  setWeights(weights: Weights): void {
    this.parameters.set(weights);
  }

  average(): Promise<Weights> {
    return this.parameters.average();
  }

  train(
    data: ImageSet,
    schedule: TrainingSchedule,
    hooks: TrainingHooks = {},
    second?: ImageSet,
  ): Promise<Result<LearningPoint>> {
    const sets = second ? [{ data }, { data: second }] : [{ data }];
    return trainParameters(this.architecture, this.parameters, sets, null, schedule, hooks);
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
    return trainParameters(this.architecture, this.parameters, sets, new Set(affected), schedule, hooks);
  }

  async reestimate(data: ImageSet, images: number, task = 0): Promise<void> {
    const statistics = await this.moments(data, images, null, 'batch', task);
    const names = statisticNames(task);
    for (const [id, { mean, variance }] of statistics) {
      this.parameters.replace(tensorKey({ node: id, name: names.mean }), tf.tensor1d(mean));
      this.parameters.replace(tensorKey({ node: id, name: names.variance }), tf.tensor1d(variance));
    }
  }

  preactivationStatistics(
    data: ImageSet,
    count: number,
    blocks: readonly NodeId[],
    task = 0,
  ): Promise<ReadonlyMap<NodeId, ChannelStatistics>> {
    return this.moments(data, count, new Set(blocks), 'running', task);
  }

  async logits(data: ImageSet, start: number, count: number, task = 0): Promise<Float32Array> {
    const table = pixelTable(data);
    const folded = foldBlocks(this.architecture, this.parameters.tensors, task);
    const parts: Float32Array[] = [];
    try {
      for (let done = 0; done < count; done += evaluationBatch) {
        const size = Math.min(evaluationBatch, count - done);
        const images = imageTensor(data, table, start + done, size);
        const logits = inferLogits(this.architecture, this.parameters.tensors, folded, images, task);
        images.dispose();
        parts.push((await logits.data()) as Float32Array);
        logits.dispose();
      }
    } finally {
      disposeFolded(folded);
    }
    return joined(parts);
  }

  async evaluate(data: ImageSet, task = 0): Promise<Evaluation> {
    const logits = await this.logits(data, 0, data.count, task);
    return scoreLogits(logits, data.labels, logits.length / data.count);
  }

  dispose(): void {
    this.parameters.dispose();
  }

  /**
   * Statistics over the first `images` images. 'batch': means over batches of the batch statistics;
   * 'running': statistics of all the images together, each batch weighted by its size.
   */
  private async moments(
    data: ImageSet,
    images: number,
    wanted: ReadonlySet<NodeId> | null,
    mode: 'batch' | 'running',
    task: number,
  ): Promise<ReadonlyMap<NodeId, ChannelStatistics>> {
    const count = Math.min(images, data.count);
    const table = pixelTable(data);
    const sum = new StatisticsSum();
    for (let start = 0; start < count; start += evaluationBatch) {
      const size = Math.min(evaluationBatch, count - start);
      const batch = imageTensor(data, table, start, size);
      const moments = blockMoments(this.architecture, this.parameters.tensors, batch, wanted, mode, task);
      batch.dispose();
      for (const [id, { mean, variance }] of moments) {
        const [means, variances] = await Promise.all([mean.data(), variance.data()]);
        tf.dispose([mean, variance]);
        sum.add(id, means as Float32Array, variances as Float32Array, size / count);
      }
    }
    return sum.result(mode);
  }
}

const imageTensor = (data: ImageSet, table: Float32Array, start: number, count: number): tf.Tensor4D =>
  tf.tensor4d(plainImages(data, table, start, count), [count, data.height, data.width, data.channels]);

function joined(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}
