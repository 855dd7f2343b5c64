import { fail, ok, type Result } from '../../core/result.ts';
import type { RgbaImage } from '../../datasets/raster.ts';
import { texts } from '../text/texts.ts';
import { drawStrokes, type Stroke } from './pad.ts';

/** Longest side a dropped picture is read at: far above any data set's, far below what would stall the page. */
const longestSide = 512;

/** A drawing as a picture: black ink on white, 256 x 256. */
export function pictureOf(strokes: readonly Stroke[], penShare: number): RgbaImage {
  const side = 256;
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, side);
  drawStrokes(context, strokes, side, penShare, '#000');
  return context.getImageData(0, 0, side, side);
}

/** A picture file's pixels, scaled down to 512 px. Fails with a sentence where the browser cannot read it. */
export async function readPicture(file: Blob): Promise<Result<RgbaImage, string>> {
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map((size) =>
      Math.max(1, Math.round(size * scale)),
    );
    const context = new OffscreenCanvas(width!, height!).getContext('2d', { willReadFrequently: true })!;
    context.drawImage(bitmap, 0, 0, width!, height!);
    bitmap.close();
    return ok(context.getImageData(0, 0, width!, height!));
  } catch {
    return fail(texts.network.tryIt.unreadable);
  }
}

/** The first picture among files dropped or pasted. */
export const firstPicture = (files: Iterable<File> | null | undefined): File | null =>
  [...(files ?? [])].find((file) => file.type.startsWith('image/')) ?? null;
