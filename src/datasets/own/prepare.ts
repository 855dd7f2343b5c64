import { quantised } from '../encode.ts';
import {
  borderMedian,
  fitSize,
  lumaOnWhite,
  paste,
  planesOnWhite,
  resample,
  wholeBox,
  type Box,
  type Plane,
  type RgbaImage,
} from '../raster.ts';
import type { DatasetFacts, Preparation } from '../types.ts';
import type { ImageArray } from './arrays.ts';

export type InputFormat = Pick<DatasetFacts, 'width' | 'channels' | 'bits' | 'preparation'>;

/** Sets made before there was a choice. */
export const plain: Preparation = { fit: 'crop', gain: 1 };

function middle({ width, height }: Plane): Box {
  const side = Math.min(width, height);
  const left = (width - side) >> 1;
  const top = (height - side) >> 1;
  return { left, top, right: left + side, bottom: top + side };
}

function bordered(plane: Plane, size: number): Plane {
  const whole = wholeBox(plane);
  const inner = fitSize(whole, size);
  return paste(
    resample(plane, whole, inner.width, inner.height),
    (size - inner.width) >> 1,
    (size - inner.height) >> 1,
    { width: size, height: size },
    borderMedian(plane),
  );
}

/**
 * What a network sees of a picture of any size: laid on white, its middle square or the whole with a border, scaled by
 * areas, brightened by the set's gain, rounded: uint8 [size, size, channels]. The one way for training, Try it, the
 * camera and whatever else asks a network of own pictures.
 */
export function preparedPicture(image: RgbaImage, format: InputFormat): Uint8Array<ArrayBuffer> {
  const { width: size, channels, bits, preparation: { fit, gain } = plain } = format;
  const pixels = new Uint8Array(size * size * channels);
  (channels === 1 ? [lumaOnWhite(image)] : planesOnWhite(image)).forEach((plane, c) => {
    const square = fit === 'crop' ? resample(plane, middle(plane), size, size) : bordered(plane, size);
    square.values.forEach((value, i) => {
      const bright = Math.min(255, Math.max(0, value * gain));
      pixels[i * channels + c] = bits === 8 ? Math.round(bright) : quantised(bright);
    });
  });
  return pixels;
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
