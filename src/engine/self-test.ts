import { layoutOf, type Weights } from '../core/architecture/weights.ts';
import type { Architecture, NodeId } from '../core/architecture/types.ts';
import type { ImageSet } from '../datasets/types.ts';
import type { Engine, TrainingSchedule } from './engine.ts';
import { selfTestLogits } from './self-test-numbers.ts';

/**
 * A tiny training with known numbers: every layer kind, three steps, BN re-estimated, logits read. The numbers
 * were computed in float64 by the scalar oracle of test/support/scalar-training.ts, with finite differences.
 */
const id = (name: string) => name as NodeId;

export const selfTestArchitecture: Architecture = {
  nodes: [
    { kind: 'input', id: id('input'), inputs: [], height: 6, width: 6, channels: 2 },
    { kind: 'conv', id: id('a'), inputs: [id('input')], kernelSize: 3, filters: 4 },
    { kind: 'maxPool', id: id('p'), inputs: [id('a')] },
    { kind: 'sepConv', id: id('b'), inputs: [id('p')], kernelSize: 3, filters: 4 },
    { kind: 'add', id: id('s'), inputs: [id('b'), id('p')] },
    { kind: 'concat', id: id('c'), inputs: [id('s'), id('p')] },
    { kind: 'conv', id: id('d'), inputs: [id('c')], kernelSize: 1, filters: 3 },
    { kind: 'head', id: id('head'), inputs: [id('d')], classes: 3, task: 0 },
  ],
};

export const selfTestSchedule: TrainingSchedule = {
  images: 12,
  batch: 4,
  rate: 0.1,
  warmup: 0,
  momentum: 0.9,
  weightDecay: 0.001,
  augment: 'none',
  randomName: 'self-test',
};

export function selfTestWeights(): Weights {
  const layout = layoutOf(selfTestArchitecture);
  const weights = new Float32Array(layout.length);
  for (const slot of layout.slots) {
    for (let i = 0; i < slot.length; i++) {
      const wave = Math.sin(1.7 * (slot.offset + i) + 0.3);
      const isScale = slot.name === 'gamma' || slot.name === 'variance';
      const isKernel = slot.shape.length > 1;
      weights[slot.offset + i] =
        slot.name === 'lambda' ? 0.75 : isScale ? 1 + 0.25 * wave : isKernel ? 0.5 * wave : 0.125 * wave;
    }
  }
  return weights;
}

export function selfTestImages(): ImageSet {
  const count = 8;
  const images = Uint8Array.from({ length: count * 72 }, (_, i) => (i * i * 31 + i * 7) % 256);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  return {
    height: 6,
    width: 6,
    channels: 2,
    classes: 3,
    count,
    images,
    labels,
    mean: [0.5, 0.5],
    deviation: [0.25, 0.25],
  };
}

/** Trains the tiny network on `engine`; the largest absolute difference of its logits from the known ones. */
export async function runSelfTest(engine: Pick<Engine, 'network'>): Promise<number> {
  const data = selfTestImages();
  const network = engine.network(selfTestArchitecture, selfTestWeights());
  try {
    const trained = await network.train(data, selfTestSchedule);
    if (!trained.ok) return Infinity;
    await network.reestimate(data, data.count);
    const logits = await network.logits(data, 0, data.count);
    if (logits.length !== selfTestLogits.length) return Infinity;
    let worst = 0;
    for (let i = 0; i < logits.length; i++) {
      const difference = Math.abs(logits[i]! - selfTestLogits[i]!);
      worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
    }
    return worst;
  } finally {
    network.dispose();
  }
}

/** Differences above this mean wrong arithmetic, not rounding: logits are of the order of 1. */
export const selfTestTolerance = 2e-3;
