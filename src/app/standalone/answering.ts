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

/** Answers about pictures of any size; fails on a blank one. */
export type Answering = (picture: RgbaImage) => Result<Answer, { readonly code: 'blank-picture' }>;

/** Little-endian float32 numbers that base64 stands for. */
function numbersOf(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** A network ready to answer. */
export function answering({ weights, ...network }: PlainNetwork): Answering {
  const numbers = numbersOf(weights);
  return (picture) => {
    const prepared = preparePicture(picture, network.preparation);
    if (!prepared.ok) return prepared;
    return ok({ pixels: prepared.value, probabilities: plainAnswer(network, numbers, prepared.value) });
  };
}
