import { isOwnId, type DatasetId, type ShippedId } from '../core/search/recipe.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { factsOf } from './catalog.ts';
import { quantised } from './encode.ts';
import { preparedPicture } from './own/prepare.ts';
import {
  alphaOf,
  borderMedian,
  boxAbove,
  fitSize,
  lumaOnWhite,
  paste,
  type Plane,
  planesOnWhite,
  resample,
  type RgbaImage,
  wholeBox,
} from './raster.ts';

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

/** Ink as light on black, whatever the picture lies on: the distance from its border's brightness, or its opacity. */
function inkOf(image: RgbaImage): Plane {
  const alpha = alphaOf(image);
  if (borderMedian(alpha) < 128) return alpha;
  const luma = lumaOnWhite(image);
  const ground = borderMedian(luma);
  return {
    ...luma,
    values: luma.values.map((value) => Math.max(0, ground > 127 ? ground - value : value - ground)),
  };
}

/** Scaled so that the strongest ink is 255. */
function stretch(plane: Plane): Plane {
  const most = plane.values.reduce((a, b) => Math.max(a, b), 0);
  return most === 0 ? plane : { ...plane, values: plane.values.map((value) => (value * 255) / most) };
}

/** The ink's own box scaled to fit `side`, or null for a blank picture. */
function fitInk(ink: Plane, side: number, threshold = 32): Plane | null {
  const box = boxAbove(ink, threshold);
  if (box === null) return null;
  const size = fitSize(box, side);
  return stretch(resample(ink, box, size.width, size.height));
}

const centred = (plane: Plane, side: number, ground = 0) =>
  paste(
    plane,
    Math.ceil((side - plane.width) / 2),
    Math.ceil((side - plane.height) / 2),
    { width: side, height: side },
    ground,
  );

/** MNIST: the digit's centre of mass goes to pixel (14, 14) of 28 x 28, by whole pixels (LeCun et al. 1998). */
function centreMass(plane: Plane, side: number): Plane {
  let [mass, mx, my] = [0, 0, 0];
  plane.values.forEach((value, i) => {
    mass += value;
    mx += value * (i % plane.width);
    my += value * Math.floor(i / plane.width);
  });
  const place = (moment: number) => Math.round(side / 2 - moment / mass);
  return paste(plane, place(mx), place(my), { width: side, height: side });
}

/** Digits: a 32 x 32 bitmap of which each 4 x 4 block is counted (Alpaydin and Kaynak 1998). */
function countBlocks(plane: Plane): Plane {
  const bitmap = { ...plane, values: plane.values.map((value) => (value >= 128 ? 255 : 0)) };
  return resample(bitmap, wholeBox(bitmap), 8, 8);
}

const prepareGrey: Readonly<Record<Exclude<ShippedId, 'emoji'>, (ink: Plane) => Plane | null>> = {
  fashion: (ink) => {
    const fitted = fitInk(ink, 28, 12);
    return fitted && centred(fitted, 28);
  },
  mnist: (ink) => {
    const fitted = fitInk(ink, 20);
    return fitted && centreMass(fitted, 28);
  },
  digits: (ink) => {
    const fitted = fitInk(ink, 32);
    return fitted && countBlocks(centred(fitted, 32));
  },
  quickdraw: (ink) => {
    const fitted = fitInk(ink, 28);
    return fitted && centred(fitted, 28);
  },
  shapes: (ink) => {
    if (boxAbove(ink, 32) === null) return null;
    const size = fitSize(wholeBox(ink), 24);
    return stretch(centred(resample(ink, wholeBox(ink), size.width, size.height), 24));
  },
};

/** Emoji: on white, cut to what differs from the border, scaled to fit 32 x 32. */
function prepareColour(image: RgbaImage, side: number): readonly Plane[] | null {
  const planes = planesOnWhite(image);
  const grounds = planes.map(borderMedian);
  const difference = planes[0].values.map((_, i) =>
    Math.max(...planes.map((plane, c) => Math.abs(plane.values[i]! - grounds[c]!))),
  );
  const box = boxAbove({ ...planes[0], values: difference }, 16);
  if (box === null) return null;
  const size = fitSize(box, side);
  return planes.map((plane, c) => centred(resample(plane, box, size.width, size.height), side, grounds[c]));
}

/**
 * A drawn or dropped picture in the format of a data set, made the way the set's own images were made:
 * uint8 [height, width, channels], quantised as in the files. Fails when the picture is blank.
 */
export function prepareInput(id: DatasetId, image: RgbaImage): Result<Uint8Array<ArrayBuffer>> {
  const facts = factsOf(id);
  const { height, width, channels } = facts;
  if (isOwnId(id)) return ok(preparedPicture(image, facts));
  let planes: readonly (Plane | null)[] | null;
  if (id === 'emoji') planes = prepareColour(image, width);
  else planes = [prepareGrey[id](inkOf(image))];
  const pixels = new Uint8Array(height * width * channels);
  for (let c = 0; c < channels; c++) {
    const plane = planes?.[c];
    if (!plane) return fail({ code: 'blank-picture' });
    plane.values.forEach((value, i) => {
      pixels[i * channels + c] = quantised(value);
    });
  }
  return ok(pixels);
}
