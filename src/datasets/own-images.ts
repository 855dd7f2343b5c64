import { fail, ok, type Result } from '../core/result.ts';
import { takeImages } from './decode.ts';
import { lumaOnWhite, planesOnWhite, resample, type RgbaImage } from './raster.ts';
import { splitRows } from './split.ts';
import type { ImageSet, SearchData } from './types.ts';

export interface OwnImage extends RgbaImage {
  /** Index into the class names. */
  readonly label: number;
}

export interface OwnSetOptions {
  readonly classes: readonly string[];
  /** Height and width of the made images, pixels. */
  readonly size: number;
  readonly channels: 1 | 3;
}

/** Fewer than this of a class could leave it without a validation image. */
export const leastPerClass = 5;

/** Scaled to [0, 1]: mean and standard deviation per channel; a flat channel gets deviation 1. */
function measure(images: Uint8Array, channels: number): { mean: number[]; deviation: number[] } {
  const sums = new Array<number>(channels).fill(0);
  const squares = new Array<number>(channels).fill(0);
  images.forEach((value, i) => {
    sums[i % channels]! += value / 255;
    squares[i % channels]! += (value / 255) ** 2;
  });
  const count = images.length / channels;
  const mean = sums.map((sum) => sum / count);
  const deviation = squares.map((square, c) => Math.sqrt(Math.max(0, square / count - mean[c]! ** 2)));
  return { mean, deviation: deviation.map((value) => (value < 1e-6 ? 1 : value)) };
}

/** The middle square of a picture, laid on white and scaled to `size`: uint8 [size, size, channels]. */
function squareOf(image: RgbaImage, size: number, channels: 1 | 3): Uint8Array {
  const side = Math.min(image.width, image.height);
  const left = (image.width - side) >> 1;
  const top = (image.height - side) >> 1;
  const box = { left, top, right: left + side, bottom: top + side };
  const pixels = new Uint8Array(size * size * channels);
  (channels === 1 ? [lumaOnWhite(image)] : planesOnWhite(image)).forEach((plane, c) => {
    resample(plane, box, size, size).values.forEach((value, i) => {
      pixels[i * channels + c] = Math.round(value);
    });
  });
  return pixels;
}

/**
 * The user's own pictures as an image set. Fails with a sentence when there are fewer than two classes or too few
 * pictures of a class; throws RangeError on a label that names no class.
 */
export function makeOwnSet(images: readonly OwnImage[], options: OwnSetOptions): Result<ImageSet> {
  const { classes, size, channels } = options;
  if (classes.length < 2 || classes.length > 256) return fail('Two to 256 classes of pictures are needed.');
  const counts = classes.map(() => 0);
  for (const { label } of images) {
    if (counts[label] === undefined)
      throw new RangeError(`label ${label} names none of ${classes.length} classes`);
    counts[label]++;
  }
  const short = counts.findIndex((count) => count < leastPerClass);
  if (short >= 0) {
    return fail(
      `The class "${classes[short]}" has ${counts[short]} pictures; at least ${leastPerClass} are needed.`,
    );
  }
  const all = new Uint8Array(images.length * size * size * channels);
  images.forEach((image, i) => all.set(squareOf(image, size, channels), i * size * size * channels));
  return ok({
    height: size,
    width: size,
    channels,
    classes: classes.length,
    count: images.length,
    images: all,
    labels: Uint8Array.from(images, (image) => image.label),
    ...measure(all, channels),
  });
}

/** Own pictures divided for a search, as `loadSearchData` divides a shipped set. */
export function splitOwnSet(set: ImageSet, seed: number): SearchData {
  const split = splitRows(set.labels, new Uint8Array(0), seed);
  return { train: takeImages(set, split.train, set), validation: takeImages(set, split.validation, set) };
}
