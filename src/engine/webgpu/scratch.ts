import type { Gpu } from './gpu.ts';

/**
 * Memory of plans that run one after the other, never at once: each takes the same buffers, of which there are as many
 * of a size (rounded up to a power of two) as the plan that takes most of it needs. What a step leaves there is lost.
 */
export class Scratch {
  private readonly gpu: Gpu;
  private readonly held = new Map<number, GPUBuffer[]>();

  constructor(gpu: Gpu) {
    this.gpu = gpu;
  }

  /** Hands one plan its buffers, each of at least `bytes`, none twice. */
  taker(): (label: string, bytes: number) => GPUBuffer {
    const taken = new Map<number, number>();
    return (label, bytes) => {
      const size = 2 ** Math.ceil(Math.log2(Math.max(16, bytes)));
      const place = taken.get(size) ?? 0;
      taken.set(size, place + 1);
      const buffers = this.held.get(size) ?? [];
      this.held.set(size, buffers);
      return (buffers[place] ??= this.gpu.storage(label, size));
    };
  }

  dispose(): void {
    for (const buffers of this.held.values()) for (const buffer of buffers) this.gpu.free(buffer);
    this.held.clear();
  }
}
