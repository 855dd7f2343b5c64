import type { NodeId } from '../../core/architecture/types.ts';
import { writeFailure } from '../../core/failure.ts';
import type { ChannelStatistics } from '../engine.ts';
import { packIndices } from './kernels/gather.ts';
import { evaluationBatch } from '../schedule.ts';
import { compileInference, compileStatistics } from './compile.ts';
import { headOf } from '../live-nodes.ts';
import type { Graph } from './graph.ts';
import type { Gpu } from './gpu.ts';
import type { ImageBuffers } from './image-data.ts';
import { Plan } from './plan.ts';

interface Subject {
  readonly gpu: Gpu;
  readonly graph: Graph;
  readonly parameters: GPUBuffer;
  readonly buffers: ImageBuffers;
}

const range = (start: number, count: number) => Uint32Array.from({ length: count }, (_, i) => start + i);

/** Batches of at most evaluationBatch images: whole ones first, then a smaller one. */
function* batches(start: number, count: number): Generator<{ start: number; batch: number; steps: number }> {
  const steps = Math.floor(count / evaluationBatch);
  if (steps > 0) yield { start, batch: evaluationBatch, steps };
  const rest = count - steps * evaluationBatch;
  if (rest > 0) yield { start: start + steps * evaluationBatch, batch: rest, steps: 1 };
}

/** Steps of inference in one submission. */
const stepsPerSubmission = 8;

/** Logits [count, classes] of images start .. start + count - 1, in inference mode. Throws where the GPU failed. */
export async function inferLogits(
  subject: Subject,
  start: number,
  count: number,
  task: number,
): Promise<Float32Array> {
  const { gpu, graph } = subject;
  const { classes } = headOf(graph.architecture, task);
  const result = new Float32Array(count * classes);
  const errorsBefore = gpu.errorCount;
  for (const { start: first, batch, steps } of batches(start, count)) {
    const bytes = 4 * steps * batch * classes;
    const logits = gpu.storage('logits', bytes);
    const indices = gpu.storage('indices', packIndices(range(first, steps * batch), null, null));
    const state = gpu.storage('state', 16);
    let plan: Plan | null = null;
    try {
      plan = await Plan.create(gpu, compileInference(graph, { batch, reduction: gpu.reduction }, task), {
        ...fixed(subject),
        indices,
        state,
        logits,
      });
      for (let done = 0; done < steps; done += stepsPerSubmission) {
        run(gpu, plan, Math.min(stepsPerSubmission, steps - done));
        if (done + stepsPerSubmission < steps) await gpu.device.queue.onSubmittedWorkDone();
      }
      result.set(new Float32Array(await gpu.read(logits, bytes)), (first - start) * classes);
    } finally {
      plan?.dispose();
      for (const buffer of [logits, indices, state]) gpu.free(buffer);
    }
  }
  throwFailure(gpu, errorsBefore);
  return result;
}

/**
 * Statistics of blocks' convolution outputs over the first `count` images. `wanted` null: of all blocks, BN
 * normalising by each batch, averaged over batches; else of those, BN in inference mode as for the head of `task`, over
 * all the images.
 */
export async function blockStatistics(
  subject: Subject,
  count: number,
  wanted: ReadonlySet<NodeId> | null,
  task: number,
): Promise<ReadonlyMap<NodeId, ChannelStatistics>> {
  const { gpu, graph } = subject;
  const sums = new Map<NodeId, { mean: Float64Array; square: Float64Array; variance: Float64Array }>();
  const errorsBefore = gpu.errorCount;
  for (const { start, batch, steps } of batches(0, count)) {
    const options = { batch, reduction: gpu.reduction };
    const { program, places } = compileStatistics(graph, options, wanted, task);
    const indices = gpu.storage('indices', 8 * batch);
    const state = gpu.storage('state', 16);
    let plan: Plan | null = null;
    try {
      plan = await Plan.create(gpu, program, { ...fixed(subject), indices, state });
      for (let step = 0; step < steps; step++) {
        const packed = packIndices(range(start + step * batch, batch), null, null);
        gpu.device.queue.writeBuffer(indices, 0, packed);
        run(gpu, plan, 1);
        const pairs = new Float32Array(await gpu.read(plan.statistics, 8 * program.statisticPairs));
        for (const [node, place] of places) {
          const channels = graph.shapes.get(node)!.channels;
          accumulate(sums, node, pairs.subarray(2 * place, 2 * (place + channels)), batch / count);
        }
      }
    } finally {
      plan?.dispose();
      for (const buffer of [indices, state]) gpu.free(buffer);
    }
  }
  throwFailure(gpu, errorsBefore);
  const result = new Map<NodeId, ChannelStatistics>();
  for (const [node, { mean, square, variance }] of sums) {
    const between = (i: number) => (wanted === null ? 0 : Math.max(0, square[i]! - mean[i]! ** 2));
    result.set(node, {
      mean: Float32Array.from(mean),
      variance: Float32Array.from(variance, (v, i) => v + between(i)),
    });
  }
  return result;
}

/** A failed command buffer is dropped without an exception: its results would be silent zeros. */
function throwFailure(gpu: Gpu, errorsBefore: number): void {
  const failure = gpu.failureSince(errorsBefore);
  if (failure !== null) throw new Error(writeFailure(failure));
}

const fixed = ({ parameters, buffers }: Subject) => ({
  parameters,
  images: buffers.images,
  table: buffers.table,
});

function run(gpu: Gpu, plan: Plan, steps: number): void {
  const encoder = gpu.device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  for (let step = 0; step < steps; step++) plan.encode(pass);
  pass.end();
  gpu.device.queue.submit([encoder.finish()]);
}

function accumulate(
  sums: Map<NodeId, { mean: Float64Array; square: Float64Array; variance: Float64Array }>,
  node: NodeId,
  pairs: Float32Array,
  share: number,
): void {
  const channels = pairs.length / 2;
  const blank = () => new Float64Array(channels);
  const sum = sums.get(node) ?? { mean: blank(), square: blank(), variance: blank() };
  sums.set(node, sum);
  for (let c = 0; c < channels; c++) {
    const mean = pairs[2 * c]!;
    sum.mean[c]! += share * mean;
    sum.square[c]! += share * mean * mean;
    sum.variance[c]! += share * pairs[2 * c + 1]!;
  }
}
