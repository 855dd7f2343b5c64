import { isOwnId, type DatasetId, type ShippedId } from '../core/search/recipe.ts';
import type { Result } from '../core/result.ts';
import { factsOf } from './catalog.ts';
import { preparePicture } from './prepare-picture.ts';
import { preparationOf } from './preparation.ts';
import type { RgbaImage } from './raster.ts';

/**
 * Width of a round pen, as a share of the drawing pad's side, that gives strokes about as thick as the set's
 * when a drawing fills three quarters of the pad. [ours]
 */
const penShares: Readonly<Record<ShippedId, number>> = {
  fashion: 0.08,
  mnist: 0.09,
  digits: 0.15,
  quickdraw: 0.034,
  emoji: 0.06,
  shapes: 0.12,
};
export const penShareOf = (id: DatasetId): number => (isOwnId(id) ? 0.06 : penShares[id]);

/**
 * A drawn or dropped picture in the format of a data set, made the way the set's own images were made:
 * uint8 [height, width, channels], quantised as in the files. Fails when the picture is blank.
 */
export const prepareInput = (id: DatasetId, image: RgbaImage): Result<Uint8Array<ArrayBuffer>> =>
  preparePicture(image, preparationOf(factsOf(id)));
