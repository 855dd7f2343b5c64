import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('../src/engine/wasm/kernels/', import.meta.url));

const options = [
  ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--runtime', 'stub', '--enable', 'simd'],
  ...['--importMemory', '--noExportMemory', '--noAssert', '--outFile', 'kernels.wasm'],
];

/** One WebAssembly module of all kernels (*.as in src/engine/wasm/kernels). Throws Error with the compiler's messages. */
export async function compileWasmKernels(): Promise<Uint8Array> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.as')).sort();
  const sources = new Map<string, string>();
  // The compiler wants its own files to end in .ts.
  for (const name of names)
    sources.set(name.replace(/\.as$/, '.ts'), await readFile(`${folder}${name}`, 'utf8'));
  let binary: Uint8Array | null = null;
  const { error, stderr } = await asc.main([...sources.keys(), ...options], {
    readFile: (name) => sources.get(name) ?? null,
    writeFile: (name, contents) => {
      if (name === 'kernels.wasm' && typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`kernels: ${stderr.toString() || String(error)}`);
  return binary;
}

/** The file that carries the module: bytes in text, so that pages, workers and Node load it alike. */
export const wasmKernelsModule = {
  path: fileURLToPath(new URL('../src/engine/wasm/kernels-binary.ts', import.meta.url)),
  source: (binary: Uint8Array) =>
    '/** kernels/*.as compiled: npm run build:wasm. */\nexport const kernelsBinary =\n' +
    `  '${Buffer.from(binary).toString('base64')}';\n`,
};
