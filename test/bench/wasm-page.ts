import * as tf from '@tensorflow/tfjs';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { seeded } from '../../src/core/random.ts';
import type { InputNode } from '../../src/core/architecture/types.ts';
import type { ImageSet } from '../../src/datasets/types.ts';
import { pixelTable, plainImages, stepTargets, batchPlan } from '../../src/engine/batches.ts';
import { createEngine } from '../../src/engine/device.ts';
import type { TrainingSchedule } from '../../src/engine/engine.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { stockTraining } from './stock.ts';
import { type WasmBenchRow, wasmNetworks } from './wasm-networks.ts';

/** Images per second of one training, in this page. `stock` backends run stock tfjs' own loop. */
async function measure(
  index: number,
  engine: WasmBenchRow['engine'],
  seconds: number,
): Promise<WasmBenchRow> {
  const { name, batch, architecture } = wasmNetworks[index]!;
  const { height, width, channels } = architecture.nodes[0] as InputNode;
  const random = seeded('bench');
  const count = 20 * batch;
  const data: ImageSet = {
    ...{ height, width, channels, classes: 10, count },
    images: Uint8Array.from({ length: count * height * width * channels }, () => random.integer(256)),
    labels: Uint8Array.from({ length: count }, () => random.integer(10)),
    mean: [0.5, 0.5, 0.5],
    deviation: [0.25, 0.25, 0.25],
  };
  const weights = initialWeights(architecture, seeded('weights'));
  const schedule: TrainingSchedule = {
    ...{ images: batch, batch, rate: 0.01, warmup: 0, momentum: 0.9, weightDecay: 0 },
    ...{ augment: 'none' as const, randomName: 'bench' },
  };
  let steps = 0;
  let began = 0;
  if (engine === 'portable wasm') {
    const paths = { 'tfjs-backend-wasm.wasm': plain, 'tfjs-backend-wasm-simd.wasm': simd };
    const made = await createEngine('wasm', { wasmPaths: paths });
    if (!made.ok || made.value.report.kind !== 'wasm') throw new Error('wasm did not start');
    const network = made.value.network(architecture, weights);
    await network.train(data, { ...schedule, images: 10 * batch });
    began = performance.now();
    for (; performance.now() - began < seconds * 1000; steps += 20) {
      await network.train(data, { ...schedule, images: 20 * batch });
    }
    network.dispose();
  } else {
    if (!(await tf.setBackend(engine === 'stock cpu' ? 'cpu' : 'webgl'))) throw new Error(`no ${engine}`);
    const table = pixelTable(data);
    const plan = batchPlan('bench', count, count, batch, 'none');
    const images = tf.tensor4d(plainImages(data, table, 0, batch), [batch, height, width, channels]);
    const targets = tf.tensor2d(stepTargets(data, plan, 0, 10, null), [batch, 10]);
    const training = stockTraining(architecture, weights, 0.01);
    const step = async () => {
      const loss = training.step(images, targets);
      await loss.data();
      loss.dispose();
    };
    await step();
    began = performance.now();
    for (; steps < 1 || performance.now() - began < seconds * 1000; steps++) await step();
    training.dispose();
    tf.dispose([images, targets]);
  }
  const elapsed = (performance.now() - began) / 1000;
  return { network: name, engine, imagesPerSecond: (steps * batch) / elapsed, steps };
}

Object.assign(window, { measure });
