import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const at = (path: string) => fileURLToPath(new URL(`../src/engine/tfjs/wasm/${path}`, import.meta.url));

const options = [
  ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--runtime', 'stub', '--enable', 'simd'],
  ...['--importMemory', '--noExportMemory', '--noAssert', '--outFile', 'kernels.wasm'],
];

/** The WebAssembly module of kernels.as. Throws Error with the compiler's messages. */
export async function compileWasmKernels(): Promise<Uint8Array> {
  const source = await readFile(at('kernels.as'), 'utf8');
  let binary: Uint8Array | null = null;
  const { error, stderr } = await asc.main(['kernels.ts', ...options], {
    readFile: (name) => (name === 'kernels.ts' ? source : null),
    writeFile: (name, contents) => {
      if (name === 'kernels.wasm' && typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`kernels.as: ${stderr.toString() || String(error)}`);
  return binary;
}

/** The file that carries the module: bytes in text, so that pages, workers and Node load it alike. */
export const wasmKernelsModule = {
  path: at('kernels-binary.ts'),
  source: (binary: Uint8Array) =>
    '/** kernels.as compiled: npm run build:wasm. */\nexport const kernelsBinary =\n' +
    `  '${Buffer.from(binary).toString('base64')}';\n`,
};
