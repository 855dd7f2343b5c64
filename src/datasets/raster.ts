/** A decoded picture, as ImageData has it: RGBA [height, width, 4], not premultiplied. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** One channel, row by row, values 0 to 255. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Pixel rectangle; `right` and `bottom` are past the end. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Pixels of the shorter side that a picture keeps at least, where it has as many. [ours] */
export const shorterSide = 256;

/** Over blocks of how many pixels a picture is averaged so that its shorter side keeps at least `least`. */
export const reduction = ({ width, height }: Pick<RgbaImage, 'width' | 'height'>, least: number): number =>
  Math.max(1, Math.floor(Math.min(width, height) / least));

/** Opaque pixels averaged over blocks of `factor` by `factor`, rounded; what is left over at the edges is dropped. */
export function averaged(image: RgbaImage, factor: number): RgbaImage {
  if (factor === 1) return image;
  const width = Math.floor(image.width / factor);
  const height = Math.floor(image.height / factor);
  const data = new Uint8ClampedArray(width * height * 4);
  const sums = new Uint32Array(width * 4);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let row = y * factor; row < (y + 1) * factor; row++) {
      const start = row * image.width * 4;
      for (let x = 0; x < width * factor; x++) {
        const [from, to] = [start + x * 4, Math.floor(x / factor) * 4];
        for (let c = 0; c < 4; c++) sums[to + c]! += image.data[from + c]!;
      }
    }
    sums.forEach((sum, i) => (data[y * width * 4 + i] = Math.round(sum / (factor * factor))));
  }
  return { width, height, data };
}

/** The planes R, G, B of a picture laid on white. Throws RangeError when the data do not fit the size. */
export function planesOnWhite(image: RgbaImage): readonly [Plane, Plane, Plane] {
  const { width, height, data } = image;
  if (width < 1 || height < 1 || data.length !== width * height * 4) {
    throw new RangeError(`${data.length} bytes are no RGBA picture of ${width} x ${height}`);
  }
  const plane = (channel: number): Plane => ({
    width,
    height,
    values: Float32Array.from({ length: width * height }, (_, i) => {
      const alpha = data[i * 4 + 3]! / 255;
      return 255 + (data[i * 4 + channel]! - 255) * alpha;
    }),
  });
  return [plane(0), plane(1), plane(2)];
}

/** Rec. 601 luma of the planes R, G, B. */
export function lumaOf([red, green, blue]: readonly Plane[]): Plane {
  const values = red!.values.map((r, i) => 0.299 * r + 0.587 * green!.values[i]! + 0.114 * blue!.values[i]!);
  return { ...red!, values };
}

/** Rec. 601 luma of a picture laid on white. */
export const lumaOnWhite = (image: RgbaImage): Plane => lumaOf(planesOnWhite(image));

/** The opacity of a picture, 0 to 255. */
export function alphaOf(image: RgbaImage): Plane {
  const { width, height, data } = image;
  return { width, height, values: Float32Array.from({ length: width * height }, (_, i) => data[i * 4 + 3]!) };
}

/** Median of the outermost pixels: what the picture lies on. */
export function borderMedian({ width, height, values }: Plane): number {
  const border = values.filter((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  });
  return border.sort()[border.length >> 1]!;
}

/** The smallest box around all values above `threshold`, or null where there is none. */
export function boxAbove({ width, height, values }: Plane, threshold: number): Box | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  values.forEach((value, i) => {
    if (value <= threshold) return;
    const [x, y] = [i % width, Math.floor(i / width)];
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + 1);
    bottom = Math.max(bottom, y + 1);
  });
  return right === 0 ? null : { left, top, right, bottom };
}

export const wholeBox = ({ width, height }: { readonly width: number; readonly height: number }): Box => ({
  left: 0,
  top: 0,
  right: width,
  bottom: height,
});

/** Overlaps of each of `count` equal target cells with source cells along one axis. */
function axisWeights(from: number, to: number, count: number): readonly (readonly [number, number])[][] {
  const step = (to - from) / count;
  return Array.from({ length: count }, (_, i) => {
    const [start, end] = [from + i * step, from + (i + 1) * step];
    const cells: [number, number][] = [];
    for (let cell = Math.floor(start); cell < end; cell++) {
      cells.push([cell, (Math.min(end, cell + 1) - Math.max(start, cell)) / step]);
    }
    return cells;
  });
}

/** The part of a plane inside `box`, resampled to `width` x `height`; each target pixel is the mean of its area. */
export function resample(plane: Plane, box: Box, width: number, height: number): Plane {
  const columns = axisWeights(box.left, box.right, width);
  const rows = axisWeights(box.top, box.bottom, height);
  const values = new Float32Array(width * height);
  const line = new Float32Array(plane.width);
  rows.forEach((sources, y) => {
    line.fill(0);
    for (const [sy, weight] of sources) {
      const start = Math.min(sy, plane.height - 1) * plane.width;
      for (let x = box.left; x < box.right; x++) line[x]! += weight * plane.values[start + x]!;
    }
    columns.forEach((cells, x) => {
      let sum = 0;
      for (const [sx, weight] of cells) sum += weight * line[Math.min(sx, plane.width - 1)]!;
      values[y * width + x] = sum;
    });
  });
  return { width, height, values };
}

/** Size of `box` scaled so that its longer side is `side`, whole pixels, at least 1. */
export function fitSize(box: Box, side: number): { readonly width: number; readonly height: number } {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const scale = side / Math.max(width, height);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** `plane` with its corner at (left, top) of a `width` x `height` plane of `ground`; what falls outside is cut. */
export function paste(
  plane: Plane,
  left: number,
  top: number,
  size: { readonly width: number; readonly height: number },
  ground = 0,
): Plane {
  const values = new Float32Array(size.width * size.height).fill(ground);
  plane.values.forEach((value, i) => {
    const [x, y] = [left + (i % plane.width), top + Math.floor(i / plane.width)];
    if (x >= 0 && y >= 0 && x < size.width && y < size.height) values[y * size.width + x] = value;
  });
  return { ...size, values };
}
