import { plainAnswer, type PlainNetwork } from '../../core/export/plain-answer.ts';
import type { Result } from '../../core/result.ts';
import { ok } from '../../core/result.ts';
import { preparePicture } from '../../datasets/prepare-picture.ts';
import type { RgbaImage } from '../../datasets/raster.ts';

/** What a network saw of a picture, uint8 [height, width, channels], and the probability of each class. */
export interface Answer {
  readonly pixels: Uint8Array;
  readonly probabilities: Float64Array;
}

/** A network ready to answer. */
export interface Answering {
  /** About a picture of any size; fails on a blank one. */
  about(picture: RgbaImage): Result<Answer, { readonly code: 'blank-picture' }>;
  /** About what a network sees, uint8 [height, width, channels]. */
  of(pixels: Uint8Array): Answer;
}

export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** Little-endian float32 numbers that base64 stands for. */
function numbersOf(base64: string): Float32Array {
  const view = new DataView(bytesOf(base64).buffer);
  return Float32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

export function answering({ weights, ...network }: PlainNetwork): Answering {
  const numbers = numbersOf(weights);
  const of = (pixels: Uint8Array): Answer => ({
    pixels,
    probabilities: plainAnswer(network, numbers, pixels),
  });
  return {
    of,
    about(picture) {
      const prepared = preparePicture(picture, network.preparation);
      return prepared.ok ? ok(of(prepared.value)) : prepared;
    },
  };
}
