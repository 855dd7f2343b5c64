import { fail, ok, type Result } from '../core/result.ts';
import { averaged, reduction, shorterSide, type RgbaImage } from './raster.ts';

/** Why a picture's pixels are not to be had: the browser cannot decode it, or gives noise for what a page has drawn. */
export type PictureFailure = { readonly code: 'picture-unreadable' | 'canvas-noise' };

/** Source pixels of one strip of a picture, so that a large one is never whole in memory twice. */
const stripPixels = 1 << 22;

const canvas = (width: number, height: number): OffscreenCanvasRenderingContext2D =>
  new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;

/** Largest difference of a colour that no browser's rounding explains, of 255. */
const mostRounding = 2;

let canvasTrue: boolean | undefined;

/** Whether what is drawn on a canvas can be read back; asked once. */
function canvasIsTrue(): boolean {
  return (canvasTrue ??= canvasReadsBack());
}

/**
 * Whether what is drawn on a canvas can be read back: browsers that resist fingerprinting answer with noise
 * (Firefox' privacy.resistFingerprinting, Tor Browser, unless the user allows it for the site).
 */
export function canvasReadsBack(): boolean {
  const side = 16;
  const context = canvas(side, side);
  const shade = (x: number, y: number) => (x * 37 + y * 101) % 256;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      context.fillStyle = `rgb(${shade(x, y)} ${255 - shade(x, y)} ${shade(y, x)})`;
      context.fillRect(x, y, 1, 1);
    }
  return differsBy(context.getImageData(0, 0, side, side), shade) <= mostRounding;
}

function differsBy({ data, width }: RgbaImage, shade: (x: number, y: number) => number): number {
  let most = 0;
  for (let i = 0; i < data.length / 4; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const expected = [shade(x, y), 255 - shade(x, y), shade(y, x)];
    expected.forEach((value, c) => (most = Math.max(most, Math.abs(data[4 * i + c]! - value))));
  }
  return most;
}

/** What `draw` draws on white, `side` pixels wide and high. */
export function drawnPicture(
  side: number,
  draw: (context: OffscreenCanvasRenderingContext2D) => void,
): Result<RgbaImage, PictureFailure> {
  if (!canvasIsTrue()) return fail({ code: 'canvas-noise' });
  const context = canvas(side, side);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, side);
  draw(context);
  return ok(context.getImageData(0, 0, side, side));
}

/**
 * A picture file's pixels on white, averaged over whole blocks so far that its shorter side keeps 256 pixels. The
 * browser decodes and turns it; what scales is our own code, so that every browser gets the same pixels.
 */
export async function readPicture(file: Blob): Promise<Result<RgbaImage, PictureFailure>> {
  if (!canvasIsTrue()) return fail({ code: 'canvas-noise' });
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none' });
  } catch {
    return fail({ code: 'picture-unreadable' });
  }
  const factor = reduction(bitmap, shorterSide);
  const width = Math.floor(bitmap.width / factor);
  const height = Math.floor(bitmap.height / factor);
  const data = new Uint8ClampedArray(width * height * 4);
  const rows = Math.max(1, Math.floor(stripPixels / (width * factor * factor)));
  try {
    for (let top = 0; top < height; top += rows) {
      const count = Math.min(rows, height - top);
      const strip = canvas(width * factor, count * factor);
      strip.fillStyle = '#fff';
      strip.fillRect(0, 0, width * factor, count * factor);
      strip.drawImage(bitmap, 0, -top * factor);
      const pixels = strip.getImageData(0, 0, width * factor, count * factor);
      data.set(averaged(pixels, factor).data, top * width * 4);
    }
  } catch {
    return fail({ code: 'picture-unreadable' });
  } finally {
    bitmap.close();
  }
  return ok({ width, height, data });
}
