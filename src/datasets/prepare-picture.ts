import type { PicturePreparation, PictureStep } from '../core/export/preparation.ts';
import { fail, ok, type Result } from '../core/result.ts';
import {
  alphaOf,
  averaged,
  borderMedian,
  boxAbove,
  fitSize,
  lumaOf,
  lumaOnWhite,
  paste,
  type Box,
  type Plane,
  planesOnWhite,
  reduction,
  resample,
  type RgbaImage,
  wholeBox,
} from './raster.ts';

/** A picture on its way: its planes, and the border of each before anything was cut. */
interface Prepared {
  readonly planes: readonly Plane[];
  readonly borders: readonly number[];
}

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

function middle({ width, height }: Plane): Box {
  const side = Math.min(width, height);
  const left = (width - side) >> 1;
  const top = (height - side) >> 1;
  return { left, top, right: left + side, bottom: top + side };
}

/** Scaled so that the strongest value is 255. */
function stretch(plane: Plane): Plane {
  const most = plane.values.reduce((a, b) => Math.max(a, b), 0);
  return most === 0 ? plane : { ...plane, values: plane.values.map((value) => (value * 255) / most) };
}

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

/** The planes' largest distance from black or from their borders, pixel by pixel. */
function distances({ planes, borders }: Prepared, from: 'black' | 'border'): Plane {
  const values = planes[0]!.values.map((_, i) =>
    Math.max(
      ...planes.map((plane, c) =>
        from === 'black' ? plane.values[i]! : Math.abs(plane.values[i]! - borders[c]!),
      ),
    ),
  );
  return { ...planes[0]!, values };
}

const begun = (planes: readonly Plane[]): Prepared => ({ planes, borders: planes.map(borderMedian) });

/** One step on planes; null for a blank picture. */
function taken(step: PictureStep, picture: Prepared): Prepared | null {
  const each = (change: (plane: Plane, c: number) => Plane): Prepared => ({
    ...picture,
    planes: picture.planes.map(change),
  });
  switch (step.do) {
    case 'crop': {
      const box = boxAbove(distances(picture, step.from), step.above);
      if (!box) return null;
      return each((plane) => resample(plane, box, box.right - box.left, box.bottom - box.top));
    }
    case 'need-content':
      return boxAbove(distances(picture, 'black'), step.above) ? picture : null;
    case 'crop-middle':
      return each((plane) => {
        const box = middle(plane);
        return resample(plane, box, box.right - box.left, box.bottom - box.top);
      });
    case 'fit':
      return each((plane) => {
        const { width, height } = fitSize(wholeBox(plane), step.side);
        return resample(plane, wholeBox(plane), width, height);
      });
    case 'resize':
      return each((plane) => resample(plane, wholeBox(plane), step.side, step.side));
    case 'stretch':
      return each(stretch);
    case 'centre': {
      const { side } = step;
      const place = step.over === 'before' ? Math.ceil : Math.floor;
      return each((plane, c) =>
        paste(
          plane,
          place((side - plane.width) / 2),
          place((side - plane.height) / 2),
          { width: side, height: side },
          step.ground === 'black' ? 0 : picture.borders[c]!,
        ),
      );
    }
    case 'centre-mass':
      return each((plane) => centreMass(plane, step.side));
    case 'threshold':
      return each((plane) => ({ ...plane, values: plane.values.map((v) => (v >= step.at ? 255 : 0)) }));
    case 'gain':
      return each((plane) => ({
        ...plane,
        values: plane.values.map((value) => Math.min(255, Math.max(0, value * step.by))),
      }));
    case 'levels':
      return each((plane) => ({ ...plane, values: plane.values.map((v) => rounded(v, step.count)) }));
    case 'channels': {
      const { planes } = picture;
      if (planes.length === step.count) return picture;
      return begun(planes.length === 3 ? [lumaOf(planes)] : [planes[0]!, planes[0]!, planes[0]!]);
    }
    case 'reduce':
    case 'ink':
    case 'grey':
    case 'rgb':
      throw new Error(`${step.do} comes before planes are cut`);
  }
}

/** A value of 0 to 255 at the nearest of `levels` levels. */
const rounded = (value: number, levels: number): number => {
  const step = 255 / (levels - 1);
  return step * Math.round(Math.min(255, Math.max(0, value)) / step);
};

/**
 * What a network sees of a picture of any size: uint8 [side, side, channels], made by the steps of its set. The one way
 * for training on own pictures, Try it, the camera and exports. Fails when the picture is blank.
 */
export function preparePicture(
  image: RgbaImage,
  { steps, levels }: PicturePreparation,
): Result<Uint8Array<ArrayBuffer>, { readonly code: 'blank-picture' }> {
  let source = image;
  let picture: Prepared | null = null;
  for (const step of steps) {
    if (step.do === 'reduce') source = averaged(source, reduction(source, step.shorterSide));
    else if (step.do === 'ink') picture = begun([inkOf(source)]);
    else if (step.do === 'grey') picture = begun([lumaOnWhite(source)]);
    else if (step.do === 'rgb') picture = begun(planesOnWhite(source));
    else {
      picture = taken(step, picture!);
      if (!picture) return fail({ code: 'blank-picture' });
    }
  }
  const { planes } = picture!;
  const pixels = new Uint8Array(planes.length * planes[0]!.values.length);
  planes.forEach((plane, c) =>
    plane.values.forEach((value, i) => (pixels[i * planes.length + c] = rounded(value, levels))),
  );
  return ok(pixels);
}
