import * as tf from '@tensorflow/tfjs-core';
import { exception } from '../core/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { BackendKind } from './engine.ts';
import { registerComposedKernels } from './tfjs/wasm/register.ts';

/** Where the wasm binaries lie, by their file names; absent in Node, where the package finds its own. */
export type WasmPaths = Readonly<Record<'tfjs-backend-wasm.wasm' | 'tfjs-backend-wasm-simd.wasm', string>>;

/** Loads a backend's package (each its own chunk) and makes it tfjs' current backend. */
export async function startBackend(kind: BackendKind, wasmPaths?: WasmPaths): Promise<Result<null>> {
  try {
    await load(kind, wasmPaths);
    if (!(await tf.setBackend(kind))) return fail({ code: 'backend-not-started', detail: kind });
    await tf.ready();
    if (kind === 'wasm') registerComposedKernels();
    return ok(null);
  } catch (error) {
    return fail(exception(error));
  }
}

async function load(kind: BackendKind, wasmPaths?: WasmPaths): Promise<void> {
  switch (kind) {
    case 'webgpu':
      await import('@tensorflow/tfjs-backend-webgpu');
      return;
    case 'webgl':
      await import('@tensorflow/tfjs-backend-webgl');
      return;
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return;
    case 'wasm': {
      const wasm = await import('@tensorflow/tfjs-backend-wasm');
      // One single-threaded instance per worker: the threaded binary needs cross-origin isolation, and its sums
      // would depend on the number of threads.
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      if (wasmPaths && !tf.findBackend('wasm')) {
        const simd = wasmPaths['tfjs-backend-wasm-simd.wasm'];
        wasm.setWasmPaths({ ...wasmPaths, 'tfjs-backend-wasm-threaded-simd.wasm': simd });
      }
      return;
    }
  }
}
