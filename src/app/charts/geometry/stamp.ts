/** Pixels as in ImageData: rows of red, green, blue and alpha, 0 to 255, alpha not multiplied in. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/**
 * Clears `image` and copies `dot` to every point (its centre in px, times `ratio`), the more opaque pixel where dots
 * overlap. Thousands of dots cost a millisecond: far less than as many drawing calls.
 */
export function stamp(
  image: Pixels,
  dot: Pixels,
  points: readonly { readonly x: number; readonly y: number }[],
  ratio: number,
): void {
  // Read once: ImageData's properties are accessors of the browser, too slow for a loop.
  const { width, height, data } = image;
  const { width: size, height: rows, data: dotData } = dot;
  const target = new Uint32Array(data.buffer);
  const source = new Uint32Array(dotData.buffer);
  target.fill(0);
  for (const point of points) {
    const left = Math.round(point.x * ratio - size / 2);
    const top = Math.round(point.y * ratio - rows / 2);
    for (let y = Math.max(0, -top); y < rows && top + y < height; y++) {
      for (let x = Math.max(0, -left); x < size && left + x < width; x++) {
        const at = (top + y) * width + left + x;
        const from = y * size + x;
        if (dotData[4 * from + 3]! > data[4 * at + 3]!) target[at] = source[from]!;
      }
    }
  }
}
