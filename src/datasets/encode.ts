import { gzipSync } from 'fflate';

/** One image on its way into a file: uint8 pixels [height, width, channels]. */
export interface Row {
  readonly label: number;
  readonly pixels: Uint8Array;
  /** Images with the same label and group show the same thing and are never parted by a split. */
  readonly group?: number;
}

export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

const toNibble = (value: number) => Math.round(value / 17);

/**
 * The file layout of own pictures: gzip of labels [count], then the images' bytes [count, height, width, channels]. The
 * same rows give the same bytes anywhere.
 */
export function encodeBytes(rows: readonly Row[], shape: Shape): Uint8Array<ArrayBuffer> {
  const each = shape.height * shape.width * shape.channels;
  const bytes = new Uint8Array(rows.length * (1 + each));
  rows.forEach(({ label, pixels }, i) => {
    bytes[i] = label;
    bytes.set(pixels, rows.length + i * each);
  });
  // Pictures hardly get smaller by more effort.
  return gzipSync(bytes, { level: 1, mtime: 0 });
}

/**
 * The file layout of the site's sets: gzip of labels [count], then (grouped sets only) groups [count], then per image
 * its channel planes [channels, height, width] at 4 bits per sample, high nibble first. The same rows give the same
 * bytes anywhere.
 */
export function encodeRows(rows: readonly Row[], shape: Shape, grouped = false): Uint8Array<ArrayBuffer> {
  const plane = shape.height * shape.width;
  const samples = plane * shape.channels;
  const head = rows.length * (grouped ? 2 : 1);
  const bytes = new Uint8Array(head + (rows.length * samples) / 2);
  rows.forEach((row, i) => {
    bytes[i] = row.label;
    if (grouped) bytes[rows.length + i] = row.group!;
    const start = head + (i * samples) / 2;
    for (let s = 0; s < samples; s++) {
      const channel = Math.floor(s / plane);
      const value = toNibble(row.pixels[(s - channel * plane) * shape.channels + channel]!);
      bytes[start + (s >> 1)]! |= s % 2 === 0 ? value << 4 : value;
    }
  });
  return gzipSync(bytes, { level: 9, mtime: 0 });
}

/**
 * Mean and standard deviation per channel of the pixels as the files keep them (4 bits, or 8), scaled to [0, 1]; a flat
 * channel gets deviation 1.
 */
export function measureRows(
  rows: readonly Row[],
  channels: number,
  bits: 4 | 8 = 4,
): { readonly mean: number[]; readonly deviation: number[] } {
  const sums = new Array<number>(channels).fill(0);
  const squares = new Array<number>(channels).fill(0);
  let count = 0;
  for (const { pixels } of rows) {
    count += pixels.length / channels;
    for (let i = 0; i < pixels.length; i++) {
      const value = bits === 8 ? pixels[i]! / 255 : toNibble(pixels[i]!) / 15;
      sums[i % channels]! += value;
      squares[i % channels]! += value * value;
    }
  }
  const round = (value: number) => Number(value.toFixed(6));
  const mean = sums.map((sum) => sum / count);
  return {
    mean: mean.map(round),
    deviation: squares.map((square, c) => round(Math.sqrt(Math.max(0, square / count - mean[c]! ** 2))) || 1),
  };
}
