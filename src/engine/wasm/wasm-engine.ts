import type { Architecture } from '../../core/architecture/types.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { BackendReport, Engine } from '../engine.ts';
import { Heap } from './heap.ts';
import { loadKernels, type WasmKernels } from './kernels.ts';
import { WasmNetwork } from './network.ts';

/** Networks compiled to calls of our own WebAssembly kernels, on one core. */
export class WasmEngine implements Engine {
  readonly report: BackendReport;
  /** A processor is not lost. */
  readonly lost = new Promise<string>(() => undefined);
  private readonly heap: Heap;
  private readonly kernels: WasmKernels;

  constructor(report: BackendReport, heap: Heap, kernels: WasmKernels) {
    this.report = report;
    this.heap = heap;
    this.kernels = kernels;
  }

  network(architecture: Architecture, weights: Weights): WasmNetwork {
    return new WasmNetwork(this.heap, this.kernels, architecture, weights);
  }

  memory(): { readonly bytes: number; readonly tensors: number } {
    const { bytes, regions } = this.heap.taken;
    return { bytes, tensors: regions };
  }

  purge(): void {
    // What networks gave back serves the next ones.
  }

  dispose(): void {
    // The heap goes with the engine.
  }
}

/** Fails where WebAssembly has no SIMD. `report` is completed by the caller after its self-test. */
export async function createWasmEngine(report: BackendReport): Promise<Result<WasmEngine>> {
  const heap = new Heap();
  const kernels = await loadKernels(heap.memory);
  return kernels ? ok(new WasmEngine(report, heap, kernels)) : fail({ code: 'no-simd' });
}
