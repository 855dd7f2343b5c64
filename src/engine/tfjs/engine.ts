import * as tf from '@tensorflow/tfjs-core';
import type { Architecture } from '../../core/architecture/types.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import type { BackendReport, Engine } from '../engine.ts';
import { PortableNetwork } from './network.ts';

/** The current tfjs backend as an Engine; `report` is filled in by device.ts after the self-test. */
export class PortableEngine implements Engine {
  readonly report: BackendReport;
  readonly lost: Promise<string>;

  constructor(report: BackendReport) {
    this.report = report;
    this.lost = deviceLost();
  }

  network(architecture: Architecture, weights: Weights): PortableNetwork {
    return new PortableNetwork(architecture, weights);
  }

  memory(): { readonly bytes: number; readonly tensors: number } {
    const memory = tf.memory() as tf.MemoryInfo & Partial<Record<PoolSize, number>>;
    const bytes = memory.numBytesAllocatedInGPU ?? memory.numBytesInGPUAllocated ?? memory.numBytes;
    return { bytes, tensors: memory.numTensors };
  }

  /** Frees WebGPU's pooled buffers, which tfjs keeps for ever; other backends need nothing. */
  purge(): void {
    const { bufferManager: pool } = tf.backend() as { readonly bufferManager?: BufferPool };
    if (!pool) return;
    for (const buffers of pool.freeBuffers.values()) {
      for (const buffer of buffers.splice(0)) {
        pool.numFreeBuffers--;
        pool.numBytesAllocated -= buffer.size;
        buffer.destroy();
      }
    }
  }

  dispose(): void {
    tf.removeBackend(this.report.kind);
  }
}

/** Bytes of the GPU that tfjs holds, pooled ones included: WebGPU's name for it and WebGL's. */
type PoolSize = 'numBytesAllocatedInGPU' | 'numBytesInGPUAllocated';

/** What tfjs' WebGPU backend calls its BufferManager. */
interface BufferPool {
  readonly freeBuffers: Map<string, { readonly size: number; destroy(): void }[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
}

/** Resolves when the current backend's GPU goes away. */
function deviceLost(): Promise<string> {
  const { device, canvas } = tf.backend() as {
    readonly device?: { readonly lost?: Promise<{ readonly message: string }> };
    readonly canvas?: EventTarget;
  };
  return new Promise((resolve) => {
    void device?.lost?.then((info) => resolve(info.message || 'the GPU device was lost'));
    canvas?.addEventListener?.('webglcontextlost', () => resolve('the WebGL context was lost'));
  });
}
