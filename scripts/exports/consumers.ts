import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { writeConfigJson } from '../../src/core/export/config-json.ts';
import { inputOf } from '../../src/core/export/description.ts';
import { kerasCode } from '../../src/core/export/keras-code.ts';
import { writeOnnx } from '../../src/core/export/onnx.ts';
import { transpose } from '../../src/core/export/portable.ts';
import { pytorchCode } from '../../src/core/export/pytorch-code.ts';
import { writeSafetensors } from '../../src/core/export/safetensors.ts';
import { writeTfjsLayers } from '../../src/core/export/tfjs-layers.ts';
import { randomPixels, referenceProbabilities } from '../../test/core/export/sample.ts';
import type { Case } from './networks.ts';
import { linesOf, pythons } from './python.ts';

/** A case with its files written and what it should answer: `images` is [count, height, width, channels]. */
export interface Written extends Case {
  readonly folder: string;
  readonly shape: readonly [number, number, number, number];
  readonly images: Float32Array<ArrayBuffer>;
  readonly expected: readonly (readonly number[])[];
}

/** What a consumer made of the cases: the largest difference of a probability from the reference, by case. */
export interface Outcome {
  readonly format: string;
  readonly consumer: string;
  readonly differences: ReadonlyMap<string, number>;
  /** Cases that it could not read or run, with its words. */
  readonly problems: ReadonlyMap<string, string>;
  /** Why it could not run here at all. */
  readonly notRun?: string;
}

/** Images that every network is asked about. */
const count = 2;

/** Writes every export of a case into a folder of its own. */
export function writeCase(one: Case, root: string): Written {
  const { network } = one;
  const folder = join(root, one.name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { height, width, channels } = inputOf(network.architecture);
  const shape = [count, height, width, channels] as const;
  const images = randomPixels(network.architecture, count);
  const expected = referenceProbabilities(network, images);
  const model = writeTfjsLayers(network);
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'network.onnx': writeOnnx(network),
    'network.safetensors': writeSafetensors(network),
    'config.json': writeConfigJson(network),
    'keras.py': kerasCode(network),
    'pytorch.py': pytorchCode(network),
    'model.json': model.json,
    'weights.bin': model.weights,
    'pixels.bin': new Uint8Array(images.buffer),
    'expected.json': JSON.stringify({ shape, probabilities: expected }),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return { ...one, folder, shape, images, expected };
}

/** The largest difference of an answer [count, classes], row by row, from what was expected. */
export const largestDifference = (
  answer: ArrayLike<number>,
  expected: readonly (readonly number[])[],
): number => {
  const wanted = expected.flat();
  if (answer.length !== wanted.length) return Infinity;
  // Math.max is NaN where anything is.
  return Math.max(...wanted.map((value, i) => Math.abs(answer[i]! - value)));
};

type Ask = (written: Written) => Promise<ArrayLike<number>>;

/** What a consumer says of every case, held against `expectedOf`. */
export async function asked(
  format: string,
  consumer: string,
  cases: readonly Written[],
  ask: Ask,
  expectedOf: (written: Written) => Written['expected'] = ({ expected }) => expected,
): Promise<Outcome> {
  const differences = new Map<string, number>();
  const problems = new Map<string, string>();
  for (const one of cases) {
    try {
      differences.set(one.name, largestDifference(await ask(one), expectedOf(one)));
    } catch (error) {
      problems.set(one.name, String(error).slice(0, 300));
    }
  }
  return { format, consumer, differences, problems };
}

/** A consumer that is not on this machine. */
export const notRun = (format: string, consumer: string, reason: string): Outcome => ({
  ...{ format, consumer, notRun: reason },
  ...{ differences: new Map<string, number>(), problems: new Map<string, string>() },
});

/** What is used of onnxruntime-web and onnxruntime-node. */
interface Runtime {
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => object;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options?: object,
    ): Promise<{
      run(
        feeds: Readonly<Record<string, object>>,
      ): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>;
      release(): Promise<void>;
    }>;
  };
  readonly env: { readonly wasm?: { numThreads?: number } };
}

const runtimeAsk =
  (runtime: Runtime): Ask =>
  async ({ folder, images, shape }) => {
    const session = await runtime.InferenceSession.create(readFileSync(join(folder, 'network.onnx')));
    const { values, shape: turned } = transpose(images, shape, [0, 3, 1, 2]);
    const answer = await session.run({ images: new runtime.Tensor('float32', values, turned) });
    await session.release();
    return answer['probabilities']!.data;
  };

const versionOf = (name: string, from: string): string =>
  (JSON.parse(readFileSync(join(from, 'node_modules', name, 'package.json'), 'utf8')) as { version: string })
    .version;

/** ONNX Runtime compiled to WebAssembly, as browsers run it; here in Node. */
export async function onnxRuntimeWeb(cases: readonly Written[]): Promise<Outcome> {
  const runtime = (await import('onnxruntime-web')) as unknown as Runtime;
  runtime.env.wasm!.numThreads = 1;
  return asked(
    'ONNX',
    `onnxruntime-web ${versionOf('onnxruntime-web', '.')} (wasm)`,
    cases,
    runtimeAsk(runtime),
  );
}

/** Where onnxruntime-node may lie: it is 290 MB, so this repository does not install it. */
export const nodeRuntimeHome = '.cache/exports';

export async function onnxRuntimeNode(cases: readonly Written[]): Promise<Outcome> {
  const from = ['.', nodeRuntimeHome].find((home) => {
    try {
      return versionOf('onnxruntime-node', home) !== '';
    } catch {
      return false;
    }
  });
  if (from === undefined)
    return notRun(
      'ONNX',
      'onnxruntime-node',
      `not installed: npm install --prefix ${nodeRuntimeHome} --ignore-scripts onnxruntime-node@1.30.0`,
    );
  const runtime = createRequire(resolve(from, 'x.js'))('onnxruntime-node') as Runtime;
  const title = `onnxruntime-node ${versionOf('onnxruntime-node', from)}`;
  return asked('ONNX', title, cases, runtimeAsk(runtime));
}

/** tf.loadLayersModel on the files as they are. */
export async function tensorFlowJs(cases: readonly Written[]): Promise<Outcome> {
  await tf.setBackend('cpu');
  return asked(
    'TensorFlow.js',
    `tfjs ${tf.version_core} loadLayersModel`,
    cases,
    async ({ folder, images, shape }) => {
      const { modelTopology, weightsManifest } = JSON.parse(
        readFileSync(join(folder, 'model.json'), 'utf8'),
      ) as { modelTopology: object; weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[] };
      const bytes = readFileSync(join(folder, 'weights.bin'));
      const model = await tf.loadLayersModel(
        tf.io.fromMemory({
          modelTopology,
          weightSpecs: weightsManifest[0]!.weights,
          weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
        }),
      );
      const answer = tf.tidy(() => (model.predict(tf.tensor4d(images, [...shape])) as tf.Tensor).dataSync());
      model.dispose();
      return answer;
    },
  );
}

/** Consumers of consumers.py, and what each reads. */
export const pythonConsumers = {
  checker: 'ONNX',
  onnxruntime: 'ONNX',
  opencv: 'ONNX',
  pytorch: 'PyTorch code, safetensors',
  keras: 'Keras code, safetensors',
} as const;
export type PythonConsumer = keyof typeof pythonConsumers;

type Line =
  | { readonly missing: string }
  | { readonly title: string }
  | { readonly case: string; readonly difference: number }
  | { readonly case: string; readonly problem: string };

/** A consumer in every Python that has it, one outcome a version; one that says why where none has. */
export async function inPython(
  consumer: PythonConsumer,
  cases: readonly Written[],
  root: string,
): Promise<readonly Outcome[]> {
  const format = pythonConsumers[consumer];
  const outcomes: Outcome[] = [];
  const reasons: string[] = [];
  for (const python of pythons()) {
    let lines: readonly Line[];
    try {
      const names = cases.map(({ name }) => name);
      const text = await linesOf(python, ['scripts/exports/consumers.py', consumer, root, ...names]);
      lines = text.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line);
    } catch (error) {
      reasons.push(`${python}: ${String(error).slice(-200).replace(/\s+/g, ' ')}`);
      continue;
    }
    const differences = new Map<string, number>();
    const problems = new Map<string, string>();
    let title = '';
    for (const line of lines) {
      if ('missing' in line) reasons.push(`${python} has no ${line.missing}`);
      else if ('title' in line) title = line.title;
      else if ('problem' in line) problems.set(line.case, line.problem);
      else differences.set(line.case, line.difference);
    }
    if (title !== '' && outcomes.every((outcome) => outcome.consumer !== title))
      outcomes.push({ format, consumer: title, differences, problems });
  }
  return outcomes.length > 0 ? outcomes : [notRun(format, consumer, reasons.join('; ') || 'no Python here')];
}
