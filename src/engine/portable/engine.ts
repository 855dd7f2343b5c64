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
    const { numBytes, numTensors } = tf.memory();
    return { bytes: numBytes, tensors: numTensors };
  }

  /** Frees WebGPU's pooled buffers, which tfjs keeps for ever; other backends need nothing. */
  purge(): void {
    (tf.backend() as { readonly bufferManager?: BufferPool }).bufferManager?.freeBuffers?.forEach(
      (buffers) => {
        for (const buffer of buffers.splice(0)) buffer.destroy();
      },
    );
  }

  dispose(): void {
    tf.removeBackend(this.report.kind);
  }
}

interface BufferPool {
  readonly freeBuffers?: Map<string, { destroy(): void }[]>;
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
