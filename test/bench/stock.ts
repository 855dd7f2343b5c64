import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../../src/core/architecture/types.ts';
import { layoutOf, tensorKey, type TensorName, type Weights } from '../../src/core/architecture/weights.ts';
import { batchNormEpsilon } from '../../src/engine/engine.ts';

/** Training as one writes it in stock tfjs, without tf.layers: variables, variableGrads, tf.train.momentum. */
export interface StockTraining {
  /** One step on [batch, h, w, c] images and [batch, classes] targets; the loss, to be disposed of. */
  step(images: tf.Tensor4D, targets: tf.Tensor2D): tf.Scalar;
  dispose(): void;
}

export function stockTraining(architecture: Architecture, weights: Weights, rate: number): StockTraining {
  const variables = new Map<string, tf.Variable>();
  for (const slot of layoutOf(architecture).slots) {
    if (!slot.trainable) continue;
    const values = weights.slice(slot.offset, slot.offset + slot.length);
    variables.set(tensorKey(slot), tf.variable(tf.tensor(values, [...slot.shape])));
  }
  const optimizer = tf.train.momentum(rate, 0.9);
  return {
    step: (images, targets) =>
      optimizer.minimize(
        () => {
          const logits = forward(architecture, variables, images);
          return tf.losses.softmaxCrossEntropy(targets, logits) as tf.Scalar;
        },
        true,
        [...variables.values()],
      )!,
    dispose() {
      optimizer.dispose();
      for (const variable of variables.values()) variable.dispose();
    },
  };
}

function forward(
  architecture: Architecture,
  variables: ReadonlyMap<string, tf.Variable>,
  images: tf.Tensor4D,
): tf.Tensor2D {
  const outputs = new Map<string, tf.Tensor4D>();
  let logits: tf.Tensor2D | null = null;
  for (const node of architecture.nodes) {
    const get = <T extends tf.Tensor>(name: TensorName) =>
      variables.get(tensorKey({ node: node.id, name })) as unknown as T;
    const inputs = node.inputs.map((id) => outputs.get(id)!);
    const x = inputs[0]!;
    const normalise = (z: tf.Tensor4D) => {
      const { mean, variance } = tf.moments(z, [0, 1, 2]);
      const [beta, gamma] = [get<tf.Tensor1D>('beta'), get<tf.Tensor1D>('gamma')];
      return tf.relu(
        tf.batchNorm4d(z, mean as tf.Tensor1D, variance as tf.Tensor1D, beta, gamma, batchNormEpsilon),
      );
    };
    switch (node.kind) {
      case 'input':
        outputs.set(node.id, images);
        break;
      case 'conv':
        outputs.set(node.id, normalise(tf.conv2d(x, get<tf.Tensor4D>('kernel'), 1, 'same')));
        break;
      case 'sepConv': {
        const deep = tf.depthwiseConv2d(x, get<tf.Tensor4D>('depthwise'), 1, 'same');
        outputs.set(node.id, normalise(tf.conv2d(deep, get<tf.Tensor4D>('pointwise'), 1, 'same')));
        break;
      }
      case 'maxPool':
        outputs.set(node.id, tf.maxPool(x, 2, 2, 'valid'));
        break;
      case 'add': {
        const lambda = get<tf.Scalar>('lambda');
        const rest = tf.mul(inputs[1]!, tf.sub(1, lambda));
        outputs.set(node.id, tf.add(tf.mul(x, lambda), rest));
        break;
      }
      case 'concat':
        outputs.set(node.id, tf.concat(inputs, 3));
        break;
      case 'head': {
        const pooled = tf.mean(x, [1, 2]) as tf.Tensor2D;
        logits = tf.add(tf.matMul(pooled, get<tf.Tensor2D>('kernel')), get<tf.Tensor1D>('bias'));
        break;
      }
    }
  }
  return logits!;
}
