import type { Architecture } from '../../core/architecture/types.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import { ok, type Result } from '../../core/result.ts';
import type { BackendReport, Engine } from '../engine.ts';
import { kernelsOf } from './kernels/catalog.ts';
import { Gpu, type GpuOptions } from './gpu.ts';
import { ImageData } from './image-data.ts';
import { PlanNetwork } from './plan-network.ts';

/** The compiled WebGPU step as an Engine, on a GPU device of its own. */
export class PlanEngine implements Engine {
  readonly report: BackendReport;
  readonly gpu: Gpu;
  private readonly data: ImageData;

  constructor(report: BackendReport, gpu: Gpu) {
    this.report = report;
    this.gpu = gpu;
    this.data = new ImageData(gpu);
  }

  get lost(): Promise<string> {
    return this.gpu.lost;
  }

  network(architecture: Architecture, weights: Weights): PlanNetwork {
    return new PlanNetwork(this.gpu, this.data, architecture, weights);
  }

  /** What is held: every buffer is destroyed by its owner, so nothing is pooled. */
  memory(): { readonly bytes: number; readonly tensors: number } {
    const { bytes, buffers } = this.gpu.held;
    return { bytes, tensors: buffers };
  }

  purge(): void {
    // Nothing is pooled: buffers are destroyed with the call or the network that made them.
  }

  dispose(): void {
    this.gpu.dispose();
  }
}

/**
 * An engine of compiled plans. Starts compiling every kernel, so that a network finds them ready; an adapter emulated
 * on the processor, whose compiler takes a second a kernel, compiles only those that a network needs. Fails where there is no WebGPU. `report` is completed by the caller after its self-test.
 */
export async function createPlanEngine(
  report: BackendReport,
  options: GpuOptions = {},
): Promise<Result<PlanEngine>> {
  const opened = await Gpu.open(options);
  if (!opened.ok) return opened;
  if (!report.software) {
    // A kernel that does not compile is reported by the plan that needs it.
    for (const kernel of kernelsOf[opened.value.reduction])
      opened.value.compiled(kernel).catch(() => undefined);
  }
  return ok(new PlanEngine(report, opened.value));
}
