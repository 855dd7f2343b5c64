import { addAll } from '../../core/add-all.ts';
import type { Architecture } from '../../core/architecture/types.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import type { ImageSet } from '../../datasets/types.ts';
import type { Engine, Network } from '../engine.ts';
import { answerOf, meanDivergence } from '../evaluate.ts';

/** One network's answers on the check images. */
export interface Answers {
  /** float32 [count, classes]. */
  readonly logits: Float32Array;
  readonly count: number;
  readonly classes: number;
  /** Right answers of `count`. */
  readonly right: number;
}

/** How a child's answers differ from its parent's on the same images. */
export interface Difference {
  /** Per image: largest absolute difference of any logit. */
  readonly each: Float32Array;
  /** The largest of `each`. */
  readonly max: number;
  /** Images with the same answer. */
  readonly alike: number;
  /** Mean KL(parent || child), nats. */
  readonly divergence: number;
}

/** Images of one batch where BN runs in training mode: that of the bench's training. */
export const trainingBatch = 32;

export function answersOf(logits: Float32Array, labels: Uint8Array): Answers {
  const count = labels.length;
  const classes = logits.length / count;
  let right = 0;
  for (let i = 0; i < count; i++) if (answerOf(logits, i, classes) === labels[i]) right++;
  return { logits, count, classes, right };
}

/** Images `start` .. `start + count - 1` as a set. */
export function sliceSet(data: ImageSet, start: number, count: number): ImageSet {
  const size = data.height * data.width * data.channels;
  return {
    ...data,
    count,
    images: data.images.slice(start * size, (start + count) * size),
    labels: data.labels.slice(start, start + count),
  };
}

async function withNetwork<T>(
  engine: Engine,
  architecture: Architecture,
  weights: Weights,
  use: (network: Network) => Promise<T>,
): Promise<T> {
  const network = engine.network(architecture, weights);
  try {
    return await use(network);
  } finally {
    network.dispose();
  }
}

/** Answers in inference mode: BN by its running statistics. */
export const answer = (
  engine: Engine,
  architecture: Architecture,
  weights: Weights,
  data: ImageSet,
): Promise<Answers> =>
  withNetwork(engine, architecture, weights, async (network) =>
    answersOf(await network.logits(data, 0, data.count), data.labels),
  );

/**
 * Answers with every BN in training mode, in batches of `trainingBatch`: the running statistics are set to those of
 * the very batch that is then answered. (One batch at a time, so that nothing is averaged.)
 */
export const answerInTraining = (
  engine: Engine,
  architecture: Architecture,
  weights: Weights,
  data: ImageSet,
): Promise<Answers> =>
  withNetwork(engine, architecture, weights, async (network) => {
    const parts: number[] = [];
    for (let start = 0; start < data.count; start += trainingBatch) {
      const batch = sliceSet(data, start, Math.min(trainingBatch, data.count - start));
      await network.reestimate(batch, batch.count);
      addAll(parts, await network.logits(batch, 0, batch.count));
    }
    return answersOf(Float32Array.from(parts), data.labels);
  });

/** How `child` differs from `parent` on the same images. */
export function differenceOf(parent: Answers, child: Answers): Difference {
  const { count, classes } = parent;
  const each = new Float32Array(count);
  let [max, alike] = [0, 0];
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < classes; c++) {
      const at = i * classes + c;
      each[i] = Math.max(each[i]!, Math.abs(parent.logits[at]! - child.logits[at]!));
    }
    max = Math.max(max, each[i]!);
    if (answerOf(parent.logits, i, classes) === answerOf(child.logits, i, classes)) alike++;
  }
  return { each, max, alike, divergence: meanDivergence(parent.logits, child.logits, classes) };
}
