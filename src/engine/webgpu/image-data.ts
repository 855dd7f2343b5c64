import type { ImageSet } from '../../datasets/types.ts';
import { pixelTable } from '../batches.ts';
import type { Gpu } from './gpu.ts';

/** A data set on the GPU: bytes four to a word, labels the same, the normalisation table. */
export interface ImageBuffers {
  readonly images: GPUBuffer;
  readonly labels: GPUBuffer;
  readonly table: GPUBuffer;
}

/** Training, validation and compared images of two heads, and room for the ones before. */
const mostKept = 8;

/** Uploads data sets once and keeps the last few; the oldest makes room. Not part of what `purge` frees. */
export class ImageData {
  private readonly kept = new Map<ImageSet, ImageBuffers>();
  private readonly gpu: Gpu;

  constructor(gpu: Gpu) {
    this.gpu = gpu;
  }

  of(data: ImageSet): ImageBuffers {
    const known = this.kept.get(data);
    if (known) {
      this.kept.delete(data);
      this.kept.set(data, known);
      return known;
    }
    const made = {
      images: this.gpu.storage('images', words(data.images)),
      labels: this.gpu.storage('labels', words(data.labels)),
      table: this.gpu.storage('table', pixelTable(data) as Float32Array<ArrayBuffer>),
    };
    this.kept.set(data, made);
    for (const [oldest, buffers] of this.kept) {
      if (this.kept.size <= mostKept) break;
      this.kept.delete(oldest);
      for (const buffer of [buffers.images, buffers.labels, buffers.table]) this.gpu.free(buffer);
    }
    return made;
  }
}

/** The bytes as 32-bit words, padded with zeros. */
function words(bytes: Uint8Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  if (bytes.byteOffset % 4 === 0 && bytes.length % 4 === 0) {
    return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  }
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  return new Uint32Array(padded.buffer);
}
