import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type * as Runtime from 'onnxruntime-web/wasm';

/**
 * onnxruntime-web as the site ships it, 14 MB: fetched from the site itself when a network first needs it. `site`:
 * absolute URL of the site's folder. Bundled code only.
 */
export async function loadOnnxRuntime(site: string): Promise<typeof Runtime> {
  const runtime = await import('onnxruntime-web/wasm');
  // Threads need headers that not every static host sends.
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmPaths = { wasm: new URL(wasm, site).href };
  runtime.env.logLevel = 'error';
  return runtime;
}
