import { exception, type Failure } from '../../core/failure.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { describeAdapter } from '../adapters.ts';
import { shaderOf, type Kernel, type Reduction } from './kernels/kernel.ts';

export interface GpuOptions {
  /** Where adapters come from; the global navigator's by default. */
  readonly gpu?: GPU;
  readonly adapter?: GPUAdapter;
  /** Asks for timestamp queries where the adapter has them. */
  readonly timestamps?: boolean;
  /** What suits the adapter by default: 'serial' where it is emulated on the processor. */
  readonly reduction?: Reduction;
}

interface CompiledKernel {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/**
 * The plan's own GPU device, not tfjs': with raised limits, its errors and its loss seen, and every byte accounted
 * for. The plan needs nothing of tfjs, so it loads without it; weights pass as typed arrays once per training.
 */
export class Gpu {
  readonly device: GPUDevice;
  readonly reduction: Reduction;
  /** Resolves with the reason when the device goes away. */
  readonly lost: Promise<string>;
  lostReason: string | null = null;
  private readonly kernels = new Map<string, Promise<CompiledKernel>>();
  private readonly sizes = new Map<GPUBuffer, number>();
  private bytes = 0;
  private readonly errors: string[] = [];

  private constructor(device: GPUDevice, reduction: Reduction) {
    this.device = device;
    this.reduction = reduction;
    this.lost = device.lost.then((info) => (this.lostReason = info.message || info.reason));
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault();
      this.errors.push(event.error.message);
    });
  }

  /** A device with the adapter's limits for buffers. Fails where there is no WebGPU. */
  static async open(options: GpuOptions = {}): Promise<Result<Gpu>> {
    try {
      const gpu = options.gpu ?? (globalThis.navigator as Navigator | undefined)?.gpu;
      const adapter =
        options.adapter ?? (await gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null;
      if (!adapter) return fail({ code: 'no-webgpu' });
      const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
      const hasTimestamps = options.timestamps === true && adapter.features.has('timestamp-query');
      const device = await adapter.requestDevice({
        requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
        requiredFeatures: hasTimestamps ? ['timestamp-query'] : [],
      });
      const suited = describeAdapter(adapter.info).software ? 'serial' : 'shared';
      return ok(new Gpu(device, options.reduction ?? suited));
    } catch (error) {
      return fail(exception(error));
    }
  }

  /** Errors so far; compare two readings to know whether something between them failed. */
  get errorCount(): number {
    return this.errors.length;
  }

  /** Why the device cannot be trusted since `count` errors: lost, or an uncaptured error; null where it can. */
  failureSince(count: number): Failure | null {
    if (this.lostReason !== null) return { code: 'device-lost', detail: this.lostReason };
    const error = this.errors[count];
    return error === undefined ? null : { code: 'gpu-error', detail: error };
  }

  /** As `failureSince`, after a call was rejected: the news of a lost device may come a moment later. */
  async explained(count: number): Promise<Failure | null> {
    if (this.failureSince(count) === null) {
      await Promise.race([this.lost, new Promise((resolve) => setTimeout(resolve, 100))]);
    }
    return this.failureSince(count);
  }

  /** A zeroed buffer of at least `bytes`, accounted for until `free`. */
  buffer(label: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const size = Math.max(16, Math.ceil(bytes / 4) * 4);
    const buffer = this.device.createBuffer({ label, size, usage });
    this.sizes.set(buffer, size);
    this.bytes += size;
    return buffer;
  }

  /** A storage buffer that can be copied from and to, filled with `data` or `bytes` zeros. */
  storage(label: string, content: number | Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>): GPUBuffer {
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const bytes = typeof content === 'number' ? content : content.byteLength;
    const buffer = this.buffer(label, bytes, STORAGE | COPY_SRC | COPY_DST);
    if (typeof content !== 'number') this.device.queue.writeBuffer(buffer, 0, content);
    return buffer;
  }

  free(buffer: GPUBuffer): void {
    this.bytes -= this.sizes.get(buffer) ?? 0;
    this.sizes.delete(buffer);
    buffer.destroy();
  }

  /** Buffers and bytes held now. */
  get held(): { readonly bytes: number; readonly buffers: number } {
    return { bytes: this.bytes, buffers: this.sizes.size };
  }

  /** A copy of the first `bytes` of a buffer. Rejects when the device is lost. */
  async read(source: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    const staging = this.buffer('reading', bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
    try {
      const encoder = this.device.createCommandEncoder();
      encoder.copyBufferToBuffer(source, 0, staging, 0, bytes);
      this.device.queue.submit([encoder.finish()]);
      await staging.mapAsync(GPUMapMode.READ, 0, bytes);
      return staging.getMappedRange(0, bytes).slice(0);
    } finally {
      this.free(staging);
    }
  }

  /** The kernel compiled for this device, at most once. */
  compiled(kernel: Kernel): Promise<CompiledKernel> {
    const known = this.kernels.get(kernel.name);
    if (known) return known;
    const made = this.compile(kernel);
    this.kernels.set(kernel.name, made);
    return made;
  }

  private async compile(kernel: Kernel): Promise<CompiledKernel> {
    const { device } = this;
    const storage = kernel.bindings.map((access, index) => ({
      binding: index + 1,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: access === 'read' ? ('read-only-storage' as const) : ('storage' as const) },
    }));
    const uniform = {
      binding: 0,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: 'uniform' as const },
    };
    const layout = device.createBindGroupLayout({ label: kernel.name, entries: [uniform, ...storage] });
    const pipeline = await device.createComputePipelineAsync({
      label: kernel.name,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: device.createShaderModule({ label: kernel.name, code: shaderOf(kernel) }) },
    });
    return { pipeline, layout };
  }

  dispose(): void {
    for (const buffer of this.sizes.keys()) buffer.destroy();
    this.sizes.clear();
    this.bytes = 0;
    this.device.destroy();
  }
}
