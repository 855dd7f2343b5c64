import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { seeded } from '../../src/core/random.ts';
import { createEngine } from '../../src/engine/device.ts';
import type { TrainingSchedule } from '../../src/engine/engine.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { stockLibrary } from './peer-tfjs.ts';
import { benchImages, type Library } from './trainee.ts';
import { type WasmBenchRow, wasmNetworks } from './wasm-networks.ts';

/** The portable trainer of this project on wasm, as a search runs it. */
async function portableWasm(): Promise<Library> {
  const paths = { 'tfjs-backend-wasm.wasm': plain, 'tfjs-backend-wasm-simd.wasm': simd };
  const made = await createEngine('wasm', { wasmPaths: paths });
  if (!made.ok || made.value.report.kind !== 'wasm') throw new Error('wasm did not start');
  const engine = made.value;
  return (architecture, batch) => {
    const data = benchImages(architecture, batch);
    const network = engine.network(architecture, initialWeights(architecture, seeded('weights')));
    const schedule: TrainingSchedule = {
      ...{ images: batch, batch, rate: 0.01, warmup: 0, momentum: 0.9, weightDecay: 0 },
      ...{ augment: 'none' as const, randomName: 'bench' },
    };
    return Promise.resolve({
      run: async (steps) => {
        const began = performance.now();
        await network.train(data, { ...schedule, images: steps * batch });
        return performance.now() - began;
      },
      dispose: () => network.dispose(),
    });
  };
}

const libraries: Readonly<Record<WasmBenchRow['engine'], () => Promise<Library>>> = {
  'portable wasm': portableWasm,
  'stock cpu': () => stockLibrary('cpu'),
  'stock webgl': () => stockLibrary('webgl'),
};

/** Images per second of one training, in this page. */
async function measure(
  index: number,
  engine: WasmBenchRow['engine'],
  seconds: number,
): Promise<WasmBenchRow> {
  const { name, batch, architecture } = wasmNetworks[index]!;
  const library = await libraries[engine]();
  const trainee = await library(architecture, batch);
  await trainee.run(1);
  const began = performance.now();
  let steps = 0;
  for (let round = 1; performance.now() - began < seconds * 1000; round = Math.min(32, round * 2)) {
    await trainee.run(round);
    steps += round;
  }
  const elapsed = (performance.now() - began) / 1000;
  trainee.dispose();
  return { network: name, engine, imagesPerSecond: (steps * batch) / elapsed, steps };
}

Object.assign(window, { measure });
