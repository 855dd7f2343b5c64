import { writeFile } from 'node:fs/promises';
import { compileWasmKernels, wasmKernelsModule } from './wasm-kernels.ts';

/** npm run build:wasm: compiles src/engine/wasm/kernels/*.as into src/engine/wasm/kernels-binary.ts. */
const binary = await compileWasmKernels();
await writeFile(wasmKernelsModule.path, wasmKernelsModule.source(binary));
console.log(`${wasmKernelsModule.path}: ${binary.length} bytes of WebAssembly`);
