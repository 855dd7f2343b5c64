import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import type { BackendChoice } from '../core/search/recipe.ts';
import type { Result } from '../core/result.ts';
import { createEngine } from '../engine/device.ts';
import type { Engine } from '../engine/engine.ts';
import type { SiteBase } from './protocol.ts';

/** The engine as the site ships it: its own wasm binaries, the compiled plan loaded only where WebGPU runs. */
export function startEngine(choice: BackendChoice, site: SiteBase): Promise<Result<Engine>> {
  const absolute = (url: string) => new URL(url, site).href;
  return createEngine(choice, {
    wasmPaths: {
      'tfjs-backend-wasm.wasm': absolute(plainWasm),
      'tfjs-backend-wasm-simd.wasm': absolute(simdWasm),
    },
    plan: async () => (await import('../engine/plan/plan-engine.ts')).createPlanEngine,
  });
}
