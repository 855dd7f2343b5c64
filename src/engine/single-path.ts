import { pathCount, pathOf } from '../core/architecture/supernet.ts';
import type { Architecture } from '../core/architecture/types.ts';
import { layoutOf, tensorKey, type WeightLayout, type Weights } from '../core/architecture/weights.ts';
import { seeded, type Random } from '../core/random.ts';
import { ok, type Result } from '../core/result.ts';
import type { LearningPoint } from '../core/search/events.ts';
import type { ImageSet } from '../datasets/types.ts';
import type { Network, TrainingHooks, TrainingSchedule } from './engine.ts';
import { initialWeights } from './initial-weights.ts';
import { averagingAt, rateAt, stepsOf } from './schedule.ts';
import { stepsPerReading } from './train-stepwise.ts';

/** Which path each step of a supernet's training goes along: drawn uniformly, from the generator's name alone. */
export function uniformPaths(supernet: Architecture, randomName: string): (step: number) => Architecture {
  const random = seeded(`${randomName}/paths`);
  const drawn: number[] = [];
  const made = new Map<number, Architecture>();
  return (step) => {
    while (drawn.length <= step) drawn.push(random.integer(pathCount));
    const path = drawn[step]!;
    const network = made.get(path) ?? pathOf(supernet, path).network;
    made.set(path, network);
    return network;
  };
}

/** Initial weights of a supernet: as of any network, but no path is mixed with another. */
export function supernetWeights(supernet: Architecture, random: Random): Weights {
  const weights = initialWeights(supernet, random);
  for (const { name, offset } of layoutOf(supernet).slots) if (name === 'lambda') weights[offset] = 1;
  return weights;
}

/** Copies what two layouts both have from `from` to `to`. */
function copyShared(from: Weights, fromLayout: WeightLayout, to: Weights, toLayout: WeightLayout): void {
  const slots = new Map(fromLayout.slots.map((slot) => [tensorKey(slot), slot]));
  for (const slot of toLayout.slots) {
    const source = slots.get(tensorKey(slot));
    if (source) to.set(from.subarray(source.offset, source.offset + source.length), slot.offset);
  }
}

export interface SinglePathTraining {
  readonly supernet: Architecture;
  readonly weights: Weights;
  readonly sets: readonly ImageSet[];
  readonly schedule: TrainingSchedule;
  readonly hooks: TrainingHooks;
  /** A network of a path on the device; disposed of after its step. */
  readonly networkOf: (architecture: Architecture, weights: Weights) => Network;
}

/**
 * Single-path training where a device trains whole networks only: the weights of each step's path are gathered, trained on
 * one batch by plain gradient descent, and what changed is scattered back as a gradient for a momentum that is kept here.
 * The same update as the portable trainer's; the batches are drawn step by step, so they are others. Gives the shared
 * weights and their running average.
 */
export async function trainPathByPath({
  supernet,
  weights,
  sets,
  schedule,
  hooks,
  networkOf,
}: SinglePathTraining): Promise<Result<{ weights: Weights; average: Weights; learning: LearningPoint }>> {
  const layout = layoutOf(supernet);
  const shared = weights.slice();
  const velocity: Weights = new Float32Array(layout.length);
  const average = (schedule.averaging?.from ?? shared).slice();
  const { averaging: _, pathOf: along, ...plain } = schedule;
  let [learning, loss, counted]: [LearningPoint, number, number] = [{ images: 0, loss: Number.NaN }, 0, 0];
  const steps = stepsOf(schedule);
  const gradient: Weights = new Float32Array(layout.length);
  for (let step = 0; step < steps; step++) {
    const path = along!(step);
    const own = layoutOf(path);
    const before: Weights = new Float32Array(own.length);
    copyShared(shared, layout, before, own);
    const rate = rateAt(schedule, step);
    const network = networkOf(path, before);
    const set = sets[step % sets.length]!;
    const once = {
      ...plain,
      images: schedule.batch,
      rate,
      lastRate: rate,
      decay: 'linear',
      warmup: 0,
    } as const;
    try {
      const trained = await network.train(
        set,
        { ...once, momentum: 0, randomName: `${schedule.randomName}/step/${step}` },
        { ...(hooks.gate ? { gate: hooks.gate } : {}), ...(hooks.signal ? { signal: hooks.signal } : {}) },
      );
      if (!trained.ok) return trained;
      loss += trained.value.loss;
      counted++;
      const after = await network.weights();
      gradient.fill(0);
      const difference: Weights = after.map((value, i) => (rate > 0 ? (before[i]! - value) / rate : 0));
      copyShared(difference, own, gradient, layout);
    } finally {
      network.dispose();
    }
    const share = averagingAt(schedule, step);
    for (let i = 0; i < layout.trainableLength; i++) {
      velocity[i] = schedule.momentum * velocity[i]! + gradient[i]!;
      shared[i]! -= rate * velocity[i]!;
      average[i]! += share * (shared[i]! - average[i]!);
    }
    if ((step + 1) % stepsPerReading !== 0 && step !== steps - 1) continue;
    learning = { images: (step + 1) * schedule.batch, loss: loss / counted };
    [loss, counted] = [0, 0];
    hooks.onProgress?.(learning);
  }
  return ok({ weights: shared, average, learning });
}
