import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import type { Architecture } from '../../src/core/architecture/types.ts';
import { seeded } from '../../src/core/random.ts';
import { batchPlan, pixelTable, stepImages, stepTargets } from '../../src/engine/batches.ts';
import { batchNormEpsilon, type TrainingSchedule } from '../../src/engine/engine.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { Momentum, Parameters } from '../../src/engine/tfjs/parameters.ts';
import { forwardBackward } from '../../src/engine/tfjs/step.ts';
import { stockTraining } from './stock.ts';
import { benchImages, type Library, type Trainee } from './trainee.ts';

async function start(backend = 'webgpu'): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs has no ${backend} here`);
  await tf.ready();
}

function firstBatch(architecture: Architecture, batch: number) {
  const data = benchImages(architecture, batch);
  const plan = batchPlan('bench', data.count, batch, batch, 'none');
  const shape: [number, number, number, number] = [batch, data.height, data.width, data.channels];
  return {
    images: tf.tensor4d(stepImages(data, pixelTable(data), plan, 0), shape),
    targets: tf.tensor2d(stepTargets(data, plan, 0, 10, null), [batch, 10]),
  };
}

const weightsOf = (architecture: Architecture) => initialWeights(architecture, seeded('weights'));

/** Runs synchronous steps, each giving a loss; reads the last. */
const looping = (step: () => tf.Tensor, dispose: () => void): Trainee => ({
  run: async (steps) => {
    let last: tf.Tensor | null = null;
    const began = performance.now();
    for (let i = 0; i < steps; i++) {
      last?.dispose();
      last = step();
    }
    const scripted = performance.now() - began;
    await last?.data();
    last?.dispose();
    return scripted;
  },
  dispose,
});

/** Stock tfjs on any of its backends: variableGrads and tf.train.momentum, every operation its own kernel. */
export async function stockLibrary(backend = 'webgpu'): Promise<Library> {
  await start(backend);
  return (architecture, batch) => {
    const { images, targets } = firstBatch(architecture, batch);
    const training = stockTraining(architecture, weightsOf(architecture), 0.01);
    const step = () => training.step(images, targets);
    return Promise.resolve(
      looping(step, () => {
        training.dispose();
        tf.dispose([images, targets]);
      }),
    );
  };
}

/** The portable trainer of this project on tfjs' WebGPU backend; batches are uploaded beforehand. */
export async function portableLibrary(): Promise<Library> {
  await start();
  return (architecture, batch) => {
    const { images, targets } = firstBatch(architecture, batch);
    const schedule: TrainingSchedule = {
      ...{ images: batch, batch, rate: 0.01, warmup: 0, momentum: 0.9, weightDecay: 0 },
      ...{ augment: 'none' as const, randomName: 'bench' },
    };
    const parameters = new Parameters(architecture, weightsOf(architecture));
    const optimiser = new Momentum(parameters, schedule, null);
    const step = () => {
      const { loss, gradients } = forwardBackward(architecture, parameters.tensors, images, targets, 0, null);
      optimiser.apply(gradients, 0.01, 1);
      return loss;
    };
    return Promise.resolve(
      looping(step, () => {
        optimiser.dispose();
        parameters.dispose();
        tf.dispose([images, targets]);
      }),
    );
  };
}

/** tf.layers with trainOnBatch. Its additive skips have no lambda. */
export async function layersLibrary(): Promise<Library> {
  await start();
  return (architecture, batch) => {
    const { images, targets } = firstBatch(architecture, batch);
    const model = layersModel(architecture);
    model.compile({ optimizer: tf.train.momentum(0.01, 0.9), loss: 'categoricalCrossentropy' });
    const scripted = timedStep(model);
    return Promise.resolve({
      run: async (steps) => {
        const before = scripted();
        for (let i = 0; i < steps; i++) await model.trainOnBatch(images, targets);
        return scripted() - before;
      },
      dispose: () => {
        model.dispose();
        tf.dispose([images, targets]);
      },
    });
  };
}

/** Milliseconds so far in the model's synchronous step: trainOnBatch awaits before it and after it. */
function timedStep(model: tf.LayersModel): () => number {
  type Step = (data: tf.Tensor[]) => tf.Scalar[];
  const open = model as unknown as { makeTrainFunction: () => Step };
  const make = open.makeTrainFunction.bind(model);
  let total = 0;
  open.makeTrainFunction = () => {
    const step = make();
    return (data) => {
      const began = performance.now();
      const losses = step(data);
      total += performance.now() - began;
      return losses;
    };
  };
  return () => total;
}

function layersModel(architecture: Architecture): tf.LayersModel {
  const outputs = new Map<string, tf.SymbolicTensor>();
  const block = (convolved: tf.SymbolicTensor): tf.SymbolicTensor => {
    const normal = tf.layers.batchNormalization({ epsilon: batchNormEpsilon }).apply(convolved);
    return tf.layers.reLU().apply(normal) as tf.SymbolicTensor;
  };
  const common = { padding: 'same', useBias: false } as const;
  let input: tf.SymbolicTensor | null = null;
  let output: tf.SymbolicTensor | null = null;
  for (const node of architecture.nodes) {
    const inputs = node.inputs.map((id) => outputs.get(id)!);
    const put = (value: unknown) => outputs.set(node.id, value as tf.SymbolicTensor);
    switch (node.kind) {
      case 'input':
        input = tf.input({ shape: [node.height, node.width, node.channels] });
        put(input);
        break;
      case 'conv':
      case 'sepConv': {
        const { filters, kernelSize } = node;
        const layer = node.kind === 'conv' ? tf.layers.conv2d : tf.layers.separableConv2d;
        put(block(layer({ ...common, filters, kernelSize }).apply(inputs[0]!) as tf.SymbolicTensor));
        break;
      }
      case 'maxPool':
        put(tf.layers.maxPooling2d({ poolSize: 2 }).apply(inputs[0]!));
        break;
      case 'add':
        put(tf.layers.add().apply(inputs));
        break;
      case 'concat':
        put(tf.layers.concatenate().apply(inputs));
        break;
      case 'head': {
        const pooled = tf.layers.globalAveragePooling2d({}).apply(inputs[0]!);
        const dense = tf.layers.dense({ units: node.classes, activation: 'softmax' });
        output = dense.apply(pooled) as tf.SymbolicTensor;
        break;
      }
    }
  }
  return tf.model({ inputs: input!, outputs: output! });
}
