/** Pixels as in ImageData: rows of red, green, blue and alpha, 0 to 255, alpha not multiplied in. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/**
 * A round dot, `radius` px, in a colour as the browser computes it, rgb(...) or rgba(...). Reckoned, not read back from a
 * canvas, which some browsers answer with noise.
 */
export function discOf(radius: number, color: string): Pixels {
  const half = Math.ceil(radius) + 1;
  const side = 2 * half;
  const [red = 0, green = 0, blue = 0, opacity = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  const data = new Uint8ClampedArray(4 * side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const distance = Math.hypot(x + 0.5 - half, y + 0.5 - half);
      const covered = Math.min(1, Math.max(0, radius + 0.5 - distance));
      data.set([red, green, blue, 255 * opacity * covered], 4 * (y * side + x));
    }
  return { width: side, height: side, data };
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
