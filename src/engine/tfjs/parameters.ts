import * as tf from '@tensorflow/tfjs-core';
import type { Architecture, NodeId } from '../../core/architecture/types.ts';
import { layoutOf, tensorKey, type WeightLayout, type Weights } from '../../core/architecture/weights.ts';
import type { TrainingSchedule } from '../engine.ts';
import { isDecayed } from '../schedule.ts';
import type { TensorsByKey } from './step.ts';

/** A network's weights on the device: one flat vector of trainable numbers and a tensor per slot. */
export class Parameters {
  readonly layout: WeightLayout;
  readonly tensors: TensorsByKey;
  private readonly byKey = new Map<string, tf.Tensor>();
  private flat: tf.Tensor1D;
  private averaged: tf.Tensor1D | null = null;

  constructor(architecture: Architecture, weights: Weights) {
    this.layout = layoutOf(architecture);
    this.tensors = this.byKey;
    this.flat = tf.tensor1d([]);
    this.set(weights);
  }

  /** Copies `weights` to the device. Throws RangeError on a wrong length. */
  set(weights: Weights): void {
    const { length, trainableLength, slots } = this.layout;
    if (weights.length !== length) throw new RangeError(`expected ${length} weights, got ${weights.length}`);
    this.flat.dispose();
    this.flat = tf.tensor1d(weights.slice(0, trainableLength));
    this.splitTrainable();
    for (const slot of slots) {
      if (slot.trainable) continue;
      const values = weights.slice(slot.offset, slot.offset + slot.length);
      this.replace(tensorKey(slot), tf.tensor(values, [...slot.shape]));
    }
  }

  /** A copy of the weights in the layout's order. */
  get(): Promise<Weights> {
    return this.with(this.flat);
  }

  /** The same with the running average of the last training in place of the trainable weights, where it kept one. */
  average(): Promise<Weights> {
    return this.with(this.averaged ?? this.flat);
  }

  private async with(trainable: tf.Tensor1D): Promise<Weights> {
    const weights = new Float32Array(this.layout.length);
    weights.set(await trainable.data());
    for (const slot of this.layout.slots) {
      if (!slot.trainable) weights.set(await this.byKey.get(tensorKey(slot))!.data(), slot.offset);
    }
    return weights;
  }

  /** Whether all trainable weights are numbers; a loss does not always tell, as some backends take relu(NaN) for 0. */
  async isFinite(): Promise<boolean> {
    const sum = tf.sum(this.flat);
    const [value = Number.NaN] = await sum.data();
    sum.dispose();
    return Number.isFinite(value);
  }

  get trainable(): tf.Tensor1D {
    return this.flat;
  }

  /** Takes over `average` [trainableLength] in place of the running average; null for none. */
  setAverage(average: tf.Tensor1D | null): void {
    this.averaged?.dispose();
    this.averaged = average;
  }

  /** Takes over `flat` [trainableLength] as the new trainable weights. */
  setTrainable(flat: tf.Tensor1D): void {
    this.flat.dispose();
    this.flat = flat;
    this.splitTrainable();
  }

  /** Takes over `tensor` in place of the running statistic `key`. */
  replace(key: string, tensor: tf.Tensor): void {
    this.byKey.get(key)?.dispose();
    this.byKey.set(key, tensor);
  }

  private splitTrainable(): void {
    for (const slot of this.layout.slots) {
      if (!slot.trainable) continue;
      const tensor = tf.tidy(() =>
        tf.reshape(tf.slice(this.flat, slot.offset, slot.length), [...slot.shape]),
      );
      this.replace(tensorKey(slot), tensor);
    }
  }

  dispose(): void {
    this.flat.dispose();
    this.setAverage(null);
    for (const tensor of this.byKey.values()) tensor.dispose();
    this.byKey.clear();
  }
}

/**
 * SGD with momentum over the flat weights: v = momentum v + g + decay w, w = w - rate v, then lambda clipped to
 * [0, 1]; the running average moves a share of its way to the new weights. Nodes outside `trained` are neither decayed nor moved. A new one per training: nothing survives a morphism.
 */
export class Momentum {
  private readonly parameters: Parameters;
  private readonly momentum: number;
  private velocity: tf.Tensor1D;
  private average: tf.Tensor1D;
  private readonly decay: tf.Tensor1D;
  private readonly low: tf.Tensor1D;
  private readonly high: tf.Tensor1D;

  constructor(parameters: Parameters, schedule: TrainingSchedule, trained: ReadonlySet<NodeId> | null) {
    this.parameters = parameters;
    this.momentum = schedule.momentum;
    const { trainableLength, slots } = parameters.layout;
    const decay = new Float32Array(trainableLength);
    const low = new Float32Array(trainableLength).fill(-3e38);
    const high = new Float32Array(trainableLength).fill(3e38);
    for (const slot of slots) {
      if (!slot.trainable) continue;
      const end = slot.offset + slot.length;
      if (isDecayed(slot.name) && (trained === null || trained.has(slot.node))) {
        decay.fill(schedule.weightDecay, slot.offset, end);
      }
      if (slot.name === 'lambda') {
        low.fill(0, slot.offset, end);
        high.fill(1, slot.offset, end);
      }
    }
    this.velocity = tf.zeros([trainableLength]);
    const from = schedule.averaging?.from;
    this.average = from ? tf.tensor1d(from.slice(0, trainableLength)) : tf.add(parameters.trainable, 0);
    this.decay = tf.tensor1d(decay);
    this.low = tf.tensor1d(low);
    this.high = tf.tensor1d(high);
  }

  /** One update, after which the average moves by `share`; takes over the gradients. */
  apply(gradients: Map<string, tf.Tensor>, rate: number, share: number): void {
    const gradient = this.flatten(gradients);
    tf.dispose([...gradients.values()]);
    const flat = this.moved(gradient, rate, share);
    gradient.dispose();
    this.parameters.setTrainable(flat);
  }

  /** The gradients in the layout's order, 0 where there is none. */
  private flatten(gradients: Map<string, tf.Tensor>): tf.Tensor1D {
    return tf.tidy(() => {
      const parts = this.parameters.layout.slots
        .filter((slot) => slot.trainable)
        .map((slot) => {
          const gradient = gradients.get(tensorKey(slot));
          return gradient ? tf.reshape(gradient, [slot.length]) : tf.zeros([slot.length]);
        });
      return tf.concat(parts as tf.Tensor1D[]);
    });
  }

  private moved(g: tf.Tensor1D, rate: number, share: number): tf.Tensor1D {
    const { momentum, decay, low, high, velocity: v, average } = this;
    const w = this.parameters.trainable;
    const next = tf.tidy(() => {
      const decayed = tf.add(g, tf.mul(decay, w));
      const velocity = tf.add(tf.mul(v, momentum), decayed) as tf.Tensor1D;
      const moved = tf.sub(w, tf.mul(velocity, rate));
      const flat = tf.maximum(tf.minimum(moved, high), low) as tf.Tensor1D;
      return {
        flat,
        velocity,
        average: tf.add(average, tf.mul(tf.sub(flat, average), share)) as tf.Tensor1D,
      };
    });
    tf.dispose([v, average]);
    this.velocity = next.velocity;
    this.average = next.average;
    return next.flat;
  }

  /** Leaves the running average with the parameters, where this training keeps one. */
  finish(keepsAverage: boolean): void {
    this.parameters.setAverage(keepsAverage ? tf.clone(this.average) : null);
  }

  dispose(): void {
    tf.dispose([this.velocity, this.average, this.decay, this.low, this.high]);
  }
}
