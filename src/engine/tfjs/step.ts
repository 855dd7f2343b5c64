import * as tf from '@tensorflow/tfjs-core';
import type { Architecture, ArchitectureNode, HeadNode, NodeId } from '../../core/architecture/types.ts';
import { statisticNames, tensorKey, type TensorName } from '../../core/architecture/weights.ts';
import { batchNormEpsilon } from '../engine.ts';
import {
  columnSums,
  convolve,
  convolveBackFilter,
  convolveBackInput,
  depthwise,
  depthwiseBackFilter,
  depthwiseBackInput,
  globalAverage,
  globalAverageBack,
  maxPool,
  maxPoolBack,
  mix,
  mixBackLambda,
} from './kernels.ts';
import { normaliseRelu, normaliseReluBack, scaleRelu, scaleReluBack, type Normalised } from './normalise.ts';

export type TensorsByKey = ReadonlyMap<string, tf.Tensor>;

export interface StepResult {
  /** Mean cross-entropy of the batch, a scalar. */
  readonly loss: tf.Tensor;
  /** By tensorKey; tensors that got no gradient are absent. */
  readonly gradients: Map<string, tf.Tensor>;
}

/** What a node keeps from the forward pass for its backward pass; `y` is its output. */
interface Kept {
  y: tf.Tensor;
  /** Blocks: convolution output, depthwise output, normalisation; frozen blocks: the folded scale. */
  z?: tf.Tensor;
  d?: tf.Tensor;
  normalised?: Normalised;
  scale?: tf.Tensor;
}

/**
 * One forward and backward pass by hand, without a tape.
 * `images` [batch, h, w, c]; `targets` [batch, classes] probabilities for the head of `task`. Nodes outside
 * `trained` (null: all are trained) keep their weights, and their BN runs in inference mode, as for that head.
 * The caller disposes of what is returned; every intermediate is freed as soon as its gradient is done.
 */
export function forwardBackward(
  architecture: Architecture,
  parameters: TensorsByKey,
  images: tf.Tensor,
  targets: tf.Tensor,
  task: number,
  trained: ReadonlySet<NodeId> | null,
): StepResult {
  const pass = new Pass(parameters, trained, task);
  const head = architecture.nodes.find((node) => node.kind === 'head' && node.task === task);
  if (!head || head.kind !== 'head') throw new Error(`no head for task ${task}`);
  for (const node of architecture.nodes) if (node.kind !== 'head') pass.forward(node, images);
  const loss = pass.headForwardBackward(head, targets);
  for (let i = architecture.nodes.length - 1; i >= 0; i--) {
    const node = architecture.nodes[i]!;
    if (node.kind !== 'head') pass.backward(node);
  }
  return { loss, gradients: pass.gradients };
}

class Pass {
  readonly gradients = new Map<string, tf.Tensor>();
  private readonly kept = new Map<NodeId, Kept>();
  private readonly outputGradients = new Map<NodeId, tf.Tensor>();
  private readonly needsGradient = new Set<NodeId>();
  private readonly parameters: TensorsByKey;
  private readonly trained: ReadonlySet<NodeId> | null;
  private readonly statistics: ReturnType<typeof statisticNames>;

  constructor(parameters: TensorsByKey, trained: ReadonlySet<NodeId> | null, task: number) {
    this.parameters = parameters;
    this.trained = trained;
    this.statistics = statisticNames(task);
  }

  private parameter(node: NodeId, name: TensorName): tf.Tensor {
    const tensor = this.parameters.get(tensorKey({ node, name }));
    if (!tensor) throw new Error(`no tensor ${tensorKey({ node, name })}`);
    return tensor;
  }

  private isTrained(node: NodeId): boolean {
    return this.trained === null || this.trained.has(node);
  }

  private give(node: NodeId, name: TensorName, gradient: tf.Tensor): void {
    this.gradients.set(tensorKey({ node, name }), gradient);
  }

  /** Adds `gradient` (taken over) to the gradient of a node's output. */
  private flow(to: NodeId, gradient: () => tf.Tensor): void {
    if (!this.needsGradient.has(to)) return;
    const added = gradient();
    const before = this.outputGradients.get(to);
    this.outputGradients.set(to, before ? tf.add(before, added) : added);
    if (before) tf.dispose([before, added]);
  }

  private y(node: NodeId): tf.Tensor {
    return this.kept.get(node)!.y;
  }

  forward(node: Exclude<ArchitectureNode, HeadNode>, images: tf.Tensor): void {
    const hasWeights = node.kind === 'conv' || node.kind === 'sepConv' || node.kind === 'add';
    if ((hasWeights && this.isTrained(node.id)) || node.inputs.some((id) => this.needsGradient.has(id))) {
      this.needsGradient.add(node.id);
    }
    this.kept.set(node.id, this.output(node, images));
  }

  private output(node: Exclude<ArchitectureNode, HeadNode>, images: tf.Tensor): Kept {
    switch (node.kind) {
      case 'input':
        return { y: tf.clone(images) };
      case 'conv': {
        const z = convolve(this.y(node.inputs[0]), this.parameter(node.id, 'kernel'));
        return { z, ...this.normalise(node.id, z) };
      }
      case 'sepConv': {
        const d = depthwise(this.y(node.inputs[0]), this.parameter(node.id, 'depthwise'));
        const z = convolve(d, this.parameter(node.id, 'pointwise'));
        return { d, z, ...this.normalise(node.id, z) };
      }
      case 'maxPool':
        return { y: maxPool(this.y(node.inputs[0])) };
      case 'add': {
        const lambda = this.parameter(node.id, 'lambda');
        const [main, skip] = [this.y(node.inputs[0]), this.y(node.inputs[1])];
        return { y: mix(lambda, main, skip) };
      }
      case 'concat':
        return { y: tf.concat(node.inputs.map((id) => this.y(id)) as tf.Tensor4D[], 3) };
    }
  }

  private normalise(id: NodeId, z: tf.Tensor): Pick<Kept, 'y' | 'normalised' | 'scale'> {
    const [gamma, beta] = [this.parameter(id, 'gamma'), this.parameter(id, 'beta')];
    if (this.isTrained(id)) {
      const normalised = normaliseRelu(z, gamma, beta);
      return { y: normalised.y, normalised };
    }
    return tf.tidy(() => {
      const scale = tf.mul(
        gamma,
        tf.rsqrt(tf.add(this.parameter(id, this.statistics.variance), batchNormEpsilon)),
      );
      const shift = tf.sub(beta, tf.mul(this.parameter(id, this.statistics.mean), scale));
      return { y: scaleRelu(z, scale, shift), scale };
    });
  }

  /** Global average pooling, dense, softmax cross-entropy, and back to the head's input. */
  headForwardBackward(head: HeadNode, targets: tf.Tensor): tf.Tensor {
    const x = this.y(head.inputs[0]);
    const [batch = 1, height = 1, width = 1] = x.shape;
    const kernel = this.parameter(head.id, 'kernel') as tf.Tensor2D;
    const needsInput = this.needsGradient.has(head.inputs[0]);
    const isTrained = this.isTrained(head.id);
    const result = tf.tidy(() => {
      const pooled = globalAverage(x);
      const logits = tf.add(tf.matMul(pooled, kernel), this.parameter(head.id, 'bias'));
      const shifted = tf.sub(logits, tf.max(logits, 1, true));
      const logSums = tf.log(tf.sum(tf.exp(shifted), 1, true));
      const logProbabilities = tf.sub(shifted, logSums);
      const loss = tf.div(tf.neg(tf.sum(tf.mul(targets, logProbabilities))), batch);
      const dlogits = tf.div(tf.sub(tf.exp(logProbabilities), targets), batch) as tf.Tensor2D;
      const dx = needsInput
        ? globalAverageBack(tf.matMul(dlogits, kernel, false, true), height, width)
        : undefined;
      const dkernel = isTrained ? tf.matMul(pooled, dlogits, true) : undefined;
      const dbias = isTrained ? columnSums(dlogits) : undefined;
      return { loss, dx, dkernel, dbias };
    });
    const { dx } = result;
    if (dx) this.flow(head.inputs[0], () => dx);
    if (result.dkernel) this.give(head.id, 'kernel', result.dkernel);
    if (result.dbias) this.give(head.id, 'bias', result.dbias);
    return result.loss;
  }

  /** Propagates the gradient of a node's output to its weights and inputs, then frees all that it kept. */
  backward(node: Exclude<ArchitectureNode, HeadNode>): void {
    const dy = this.outputGradients.get(node.id);
    const kept = this.kept.get(node.id)!;
    if (dy) this.propagate(node, dy, kept);
    const { y, z, d, scale, normalised } = kept;
    tf.dispose(
      [y, z, d, scale, normalised?.mean, normalised?.inverse, dy].filter((tensor) => tensor != null),
    );
    this.kept.delete(node.id);
  }

  private propagate(node: Exclude<ArchitectureNode, HeadNode>, dy: tf.Tensor, kept: Kept): void {
    switch (node.kind) {
      case 'input':
        return;
      case 'conv': {
        const dz = this.normaliseBack(node.id, dy, kept);
        this.convolveBack(node.id, 'kernel', node.inputs[0], dz);
        dz.dispose();
        return;
      }
      case 'sepConv':
        this.separableBack(node.id, node.inputs[0], dy, kept);
        return;
      case 'maxPool':
        this.flow(node.inputs[0], () => maxPoolBack(dy, this.y(node.inputs[0]), kept.y));
        return;
      case 'add': {
        const lambda = this.parameter(node.id, 'lambda');
        const [main, skip] = node.inputs;
        this.flow(main, () => tf.mul(dy, lambda));
        this.flow(skip, () => tf.tidy(() => tf.mul(dy, tf.sub(1, lambda))));
        if (!this.isTrained(node.id)) return;
        const dlambda = mixBackLambda(dy, this.y(main), this.y(skip));
        this.give(node.id, 'lambda', dlambda);
        return;
      }
      case 'concat': {
        let start = 0;
        for (const id of node.inputs) {
          const shape = this.y(id).shape;
          const from = start;
          this.flow(id, () => tf.slice(dy, [0, 0, 0, from], shape));
          start += shape[3]!;
        }
        return;
      }
    }
  }

  private normaliseBack(id: NodeId, dy: tf.Tensor, kept: Kept): tf.Tensor {
    if (!kept.normalised) return scaleReluBack(dy, kept.y, kept.scale!);
    const { dz, dgamma, dbeta } = normaliseReluBack(
      dy,
      kept.z!,
      this.parameter(id, 'gamma'),
      kept.normalised,
    );
    this.give(id, 'gamma', dgamma);
    this.give(id, 'beta', dbeta);
    return dz;
  }

  private convolveBack(id: NodeId, name: 'kernel', input: NodeId, dz: tf.Tensor): void {
    const filter = this.parameter(id, name);
    const x = this.y(input);
    if (this.isTrained(id)) this.give(id, name, convolveBackFilter(x, dz, filter.shape));
    this.flow(input, () => convolveBackInput(dz, filter, x.shape));
  }

  private separableBack(id: NodeId, input: NodeId, dy: tf.Tensor, kept: Kept): void {
    const dz = this.normaliseBack(id, dy, kept);
    const [pointwise, filter] = [this.parameter(id, 'pointwise'), this.parameter(id, 'depthwise')];
    const d = kept.d!;
    if (this.isTrained(id)) this.give(id, 'pointwise', convolveBackFilter(d, dz, pointwise.shape));
    const dd = convolveBackInput(dz, pointwise, d.shape);
    const x = this.y(input);
    if (this.isTrained(id)) this.give(id, 'depthwise', depthwiseBackFilter(x, dd, filter.shape));
    this.flow(input, () => depthwiseBackInput(dd, filter, x.shape));
    tf.dispose([dz, dd]);
  }
}
