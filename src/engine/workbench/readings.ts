import type { Architecture } from '../../core/architecture/types.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import type { LearningPoint } from '../../core/search/events.ts';
import type { Result } from '../../core/result.ts';
import type { ImageSet } from '../../datasets/types.ts';
import type { Engine, Network, TrainingHooks } from '../engine.ts';
import { answer, type Answers } from './measure.ts';

/** Images on which BN statistics are re-estimated before a reading. [ours] */
export const readingImages = 500;

/** Weights as training left them, with BN re-estimated on training images as before every evaluation. */
export async function reestimated(
  engine: Engine,
  architecture: Architecture,
  weights: Weights,
  train: ImageSet,
): Promise<Weights> {
  const network = engine.network(architecture, weights);
  try {
    await network.reestimate(train, readingImages);
    return await network.weights();
  } finally {
    network.dispose();
  }
}

/** One point of a curve: the answers on the check images after so many images of training. */
export interface Reading {
  readonly images: number;
  readonly answers: Answers;
  readonly weights: Weights;
}

/**
 * Trains a network and answers the check images along the way, on copies, so that the training itself is the same as
 * without readings. `run` starts the training or distillation with the hooks it is given.
 */
export async function trainWithReadings(
  engine: Engine,
  architecture: Architecture,
  start: Weights,
  data: { readonly train: ImageSet; readonly check: ImageSet },
  run: (network: Network, hooks: TrainingHooks) => Promise<Result<LearningPoint>>,
  onReading: (reading: Reading) => void,
  signal?: AbortSignal,
): Promise<Result<Reading>> {
  const network = engine.network(architecture, start);
  const waiting: { readonly images: number; readonly weights: Promise<Weights> }[] = [];
  let last: Reading | null = null;
  const read = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const weights = await reestimated(engine, architecture, await one.weights, data.train);
      last = {
        images: one.images,
        weights,
        answers: await answer(engine, architecture, weights, data.check),
      };
      onReading(last);
    }
  };
  try {
    const trained = await run(network, {
      onProgress: ({ images }) => void waiting.push({ images, weights: network.weights() }),
      gate: () => (waiting.length > 0 ? read() : null),
      ...(signal ? { signal } : {}),
    });
    if (!trained.ok) return trained;
    await read();
    return { ok: true, value: last! };
  } finally {
    network.dispose();
  }
}
