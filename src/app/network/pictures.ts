import type { Result } from '../../core/result.ts';
import { drawnPicture, type PictureFailure } from '../../datasets/picture.ts';
import type { RgbaImage } from '../../datasets/raster.ts';
import { drawStrokes, type Stroke } from './pad.ts';

const side = 256;

/** A drawing as a picture: black ink on white, 256 x 256. */
export const pictureOf = (strokes: readonly Stroke[], penShare: number): Result<RgbaImage, PictureFailure> =>
  drawnPicture(side, (context) => drawStrokes(context, strokes, side, penShare, '#000'));

/** The first picture among files dropped or pasted. */
export const firstPicture = (files: Iterable<File> | null | undefined): File | null =>
  [...(files ?? [])].find((file) => file.type.startsWith('image/')) ?? null;
