import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import type { Result } from '../core/result.ts';
import type { BackendChoice } from '../core/search/recipe.ts';
import { createEngine } from './device.ts';
import type { Engine } from './engine.ts';

/**
 * The engine as the site ships it: its own wasm binaries, the compiled plan loaded only where WebGPU runs.
 * `site`: absolute URL of the site's folder. Bundled code only; in Node use createEngine.
 */
export function startEngine(choice: BackendChoice, site: string): Promise<Result<Engine>> {
  const absolute = (url: string) => new URL(url, site).href;
  return createEngine(choice, {
    wasmPaths: {
      'tfjs-backend-wasm.wasm': absolute(plainWasm),
      'tfjs-backend-wasm-simd.wasm': absolute(simdWasm),
    },
    plan: async () => (await import('./webgpu/plan-engine.ts')).createPlanEngine,
  });
}
