import { ownPreparation, type InputFormat } from '../preparation.ts';
import { preparePicture } from '../prepare-picture.ts';
import type { RgbaImage } from '../raster.ts';
import type { ImageArray } from './arrays.ts';

/** What a network of own pictures sees of a picture of any size: uint8 [size, size, channels]. */
export function preparedPicture(image: RgbaImage, format: InputFormat): Uint8Array<ArrayBuffer> {
  const prepared = preparePicture(image, ownPreparation(format));
  if (!prepared.ok) throw new Error('own pictures are never blank');
  return prepared.value;
}

/** One image of an array as a picture. */
export function pictureAt(array: ImageArray, index: number): RgbaImage {
  const { width, height, channels, pixels } = array;
  const start = index * width * height * channels;
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 3; c++) data[i * 4 + c] = pixels[start + i * channels + (channels === 3 ? c : 0)]!;
  return { width, height, data };
}

/** As `preparedPicture` of `pictureAt`; images that are as the set wants them already are taken as they are. */
export function preparedImage(
  array: ImageArray,
  index: number,
  format: InputFormat,
): Uint8Array<ArrayBuffer> {
  const { width, height, channels, pixels } = array;
  const asIs =
    width === format.width &&
    height === format.width &&
    channels === format.channels &&
    format.bits === 8 &&
    (format.preparation?.gain ?? 1) === 1;
  if (!asIs) return preparedPicture(pictureAt(array, index), format);
  const each = width * height * channels;
  return pixels.slice(index * each, (index + 1) * each) as Uint8Array<ArrayBuffer>;
}
