import type { RgbaImage } from '../../datasets/raster.ts';

/** Samples of a pixel by colour type: grey, RGB, palette, grey and alpha, RGBA (PNG, third edition, 11.2.1). */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export const isPng = (bytes: Uint8Array): boolean => signature.every((byte, i) => bytes[i] === byte);

interface Chunks {
  readonly header: DataView;
  readonly palette: Uint8Array;
  readonly transparent: Uint8Array | null;
  readonly data: Uint8Array;
}

/** The chunks that make the picture; throws RangeError where the file is cut off. */
function chunksOf(bytes: Uint8Array): Chunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: Record<string, Uint8Array[]> = {};
  for (let at = 8; at < bytes.length;) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) throw new RangeError('cut off');
    (found[name] ??= []).push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const [header] = found['IHDR'] ?? [];
  if (!header || !found['IDAT']) throw new RangeError('no picture');
  const data = new Uint8Array(found['IDAT'].reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of found['IDAT']) {
    data.set(part, at);
    at += part.length;
  }
  return {
    header: new DataView(header.buffer, header.byteOffset, header.length),
    palette: found['PLTE']?.[0] ?? new Uint8Array(),
    transparent: found['tRNS']?.[0] ?? null,
    data,
  };
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** Takes each line's filter back, in place (9.2); `step` bytes lie between a byte and that of the pixel before. */
function unfilter(lines: Uint8Array, height: number, stride: number, step: number): void {
  for (let row = 0; row < height; row++) {
    const start = row * (stride + 1);
    const filter = lines[start]!;
    for (let i = 0; i < stride; i++) {
      const at = start + 1 + i;
      const left = i >= step ? lines[at - step]! : 0;
      const above = row > 0 ? lines[at - stride - 1]! : 0;
      const corner = row > 0 && i >= step ? lines[at - stride - 1 - step]! : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter];
      if (guess === undefined) throw new RangeError('no such filter');
      lines[at] = lines[at]! + guess;
    }
  }
}

/**
 * The pixels of a PNG of any colour type and depth. 'interlaced': this decoder does not take those apart; 'damaged':
 * the file is cut off or contradicts itself.
 */
export function decodePng(
  bytes: Uint8Array,
  inflate: (data: Uint8Array) => Uint8Array,
): RgbaImage | 'interlaced' | 'damaged' {
  try {
    const { header, palette, transparent, data } = chunksOf(bytes);
    const [width, height] = [header.getUint32(0), header.getUint32(4)];
    const [depth, type, interlace] = [header.getUint8(8), header.getUint8(9), header.getUint8(12)];
    const samples = samplesOf[type];
    if (!samples || ![1, 2, 4, 8, 16].includes(depth) || width < 1 || height < 1) return 'damaged';
    if (interlace !== 0) return 'interlaced';
    const stride = Math.ceil((width * samples * depth) / 8);
    const lines = Uint8Array.from(inflate(data));
    if (lines.length < height * (stride + 1)) return 'damaged';
    unfilter(lines, height, stride, Math.max(1, (samples * depth) >> 3));
    const most = 2 ** depth - 1;
    /** As the file has it, 0 to `most`. */
    const sample = (row: number, i: number): number => {
      const start = row * (stride + 1) + 1;
      if (depth === 16) return lines[start + 2 * i]! * 256 + lines[start + 2 * i + 1]!;
      const bit = i * depth;
      return (lines[start + (bit >> 3)]! >> (8 - depth - (bit & 7))) & most;
    };
    const clear =
      transparent &&
      type !== 3 &&
      Array.from({ length: samples }, (_, c) => transparent[2 * c]! * 256 + transparent[2 * c + 1]!);
    const rgba = new Uint8Array(width * height * 4);
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const own = Array.from({ length: samples }, (_, c) => sample(row, column * samples + c));
        const shades = own.map((value) => Math.round((value * 255) / most));
        const to = 4 * (row * width + column);
        if (type === 3) {
          const entry = own[0]!;
          if (3 * entry + 2 >= palette.length) return 'damaged';
          rgba.set([...palette.subarray(3 * entry, 3 * entry + 3), transparent?.[entry] ?? 255], to);
        } else {
          const colour = samples < 3 ? [shades[0]!, shades[0]!, shades[0]!] : shades.slice(0, 3);
          const isClear = clear && own.every((value, c) => value === clear[c]);
          rgba.set([...colour, isClear ? 0 : samples % 2 === 0 ? shades[samples - 1]! : 255], to);
        }
      }
    return { width, height, data: rgba };
  } catch {
    return 'damaged';
  }
}

/** The same on white, as the page lays every picture. */
export function onWhite({ width, height, data }: RgbaImage): RgbaImage {
  const laid = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]! / 255;
    for (let c = 0; c < 3; c++) laid[i + c] = Math.round(255 + (data[i + c]! - 255) * alpha);
    laid[i + 3] = 255;
  }
  return { width, height, data: laid };
}
