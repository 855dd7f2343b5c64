import { inflateSync } from 'node:zlib';

export interface Rgba {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4], not premultiplied. */
  readonly data: Uint8Array;
}

const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

/** Undoes the five row filters of PNG (RFC 2083, section 6) in rows of `stride` bytes after a filter byte. */
function unfilter(raw: Uint8Array, height: number, stride: number, step: number): Uint8Array {
  const out = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= step ? out[at - step]! : 0;
      const up = y > 0 ? out[at - stride]! : 0;
      const corner = x >= step && y > 0 ? out[at - stride - step]! : 0;
      const add = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
      out[at] = raw[y * (stride + 1) + 1 + x]! + add;
    }
  }
  return out;
}

/** Decodes a non-interlaced PNG of at most 8 bits per sample. Throws on anything else. */
export function decodePng(file: Buffer): Rgba {
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const [depth, kind, interlace] = [file[24]!, file[25]!, file[28]!];
  const channels = channelsOf[kind];
  if (channels === undefined || depth > 8 || interlace !== 0)
    throw new Error('this kind of PNG is not read here');
  const chunks: Record<string, Buffer[]> = {};
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    (chunks[file.toString('latin1', at + 4, at + 8)] ??= []).push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const stride = Math.ceil((width * channels * depth) / 8);
  const raw = inflateSync(Buffer.concat(chunks['IDAT']!));
  const bytes = unfilter(raw, height, stride, Math.max(1, (channels * depth) >> 3));
  const palette = chunks['PLTE']?.[0];
  const alphas = chunks['tRNS']?.[0];
  const sample = (y: number, i: number) => {
    const bit = i * depth;
    return (bytes[y * stride + (bit >> 3)]! >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  };
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const s = (c: number) => sample(y, x * channels + c);
      const grey = (s(0) * 255) / (2 ** depth - 1);
      const colour: readonly number[] =
        kind === 3
          ? [...palette!.subarray(s(0) * 3, s(0) * 3 + 3), alphas?.[s(0)] ?? 255]
          : channels <= 2
            ? [grey, grey, grey, channels === 2 ? s(1) : 255]
            : [s(0), s(1), s(2), channels === 4 ? s(3) : 255];
      data.set(colour, (y * width + x) * 4);
    }
  }
  return { width, height, data };
}
