import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';

const wasm = new URL('../../../../node_modules/@litertjs/core/wasm/', import.meta.url);

/** What Google's loader expects of a worker of a browser, and its WebAssembly of Node. */
function browserLike(): Readonly<Record<string, unknown>> {
  const fileOf = (address: string | URL) => readFileSync(new URL(String(address).split('/').at(-1)!, wasm));
  return {
    self: globalThis,
    require: createRequire(import.meta.url),
    __dirname: fileURLToPath(wasm),
    __filename: fileURLToPath(new URL('loader.js', wasm)),
    importScripts: (address: string | URL) => runInThisContext(fileOf(address).toString()),
    fetch: (address: string | URL) =>
      Promise.resolve(new Response(fileOf(address), { headers: { 'content-type': 'application/wasm' } })),
  };
}

interface Tensor {
  toTypedArray(): ArrayLike<number>;
  delete(): void;
}
interface Details {
  readonly name: string;
  readonly dtype: string;
  readonly shape: Int32Array;
}
interface Model {
  getInputDetails(): readonly Details[];
  getOutputDetails(): readonly Details[];
  run(input: Tensor): Promise<readonly Tensor[]>;
  delete(): void;
}
/** As much of the package as is used: its own types change those of typed arrays for the whole project. */
interface LiteRt {
  loadLiteRt(folder: string): Promise<unknown>;
  loadAndCompile(bytes: Uint8Array, options: { readonly accelerator: 'wasm' }): Promise<Model>;
  readonly Tensor: new (data: Uint8Array | Float32Array, shape: Int32Array) => Tensor;
}
const packageName = '@litertjs/core';

let loaded: Promise<LiteRt> | null = null;

/** LiteRT, Google's TensorFlow Lite in WebAssembly, in this process; other globals are put back once it is there. */
async function load(): Promise<LiteRt> {
  const litert = (await import(packageName)) as LiteRt;
  const world = globalThis as unknown as Record<string, unknown>;
  const borrowed = browserLike();
  const before = new Map(
    Object.keys(borrowed).map((key) => [key, Object.getOwnPropertyDescriptor(world, key)]),
  );
  try {
    for (const [key, value] of Object.entries(borrowed))
      Object.defineProperty(world, key, { value, configurable: true, writable: true });
    await litert.loadLiteRt('https://litert.invalid/wasm/');
  } finally {
    for (const [key, descriptor] of before)
      if (descriptor) Object.defineProperty(world, key, descriptor);
      else delete world[key];
  }
  return litert;
}

/** A model in Google's interpreter: what it says of its ends, and its answers. */
export async function litertModel(bytes: Uint8Array) {
  const litert = await (loaded ??= load());
  const model = await litert.loadAndCompile(bytes, { accelerator: 'wasm' });
  const [input, output] = [model.getInputDetails()[0]!, model.getOutputDetails()[0]!];
  return {
    input,
    output,
    async answer(pixels: ArrayLike<number>): Promise<readonly number[]> {
      const data = input.dtype === 'uint8' ? Uint8Array.from(pixels) : Float32Array.from(pixels);
      const tensor = new litert.Tensor(data, input.shape);
      const results = await model.run(tensor);
      const answer = Array.from(results[0]!.toTypedArray());
      for (const one of [tensor, ...results]) one.delete();
      return answer;
    },
    dispose: () => model.delete(),
  };
}
