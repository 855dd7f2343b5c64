import { decode, encode } from 'fast-png';
import { deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodePng, onWhite } from '../../../src/app/standalone/png.ts';
import { seeded } from '../../../src/core/random.ts';

/** A PNG of 13 x 9 random pixels, by fast-png. */
function encoded(channels: 1 | 2 | 3 | 4, depth: 8 | 16) {
  const [width, height] = [13, 9];
  const random = seeded(`png/${channels}/${depth}`);
  const length = width * height * channels;
  const values = Array.from({ length }, () => random.integer(2 ** depth));
  const data = depth === 8 ? Uint8Array.from(values) : Uint16Array.from(values);
  return { width, height, data, png: encode({ width, height, data, channels, depth }) };
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function chunk(name: string, data: readonly number[] | Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), Buffer.from(data)]);
  let crc = 0xffffffff;
  for (const byte of body) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return Buffer.concat([length, body, check]);
}

/** A PNG whose lines are given with their filter bytes. */
function handMade(
  header: { width: number; height: number; depth: number; type: number; interlace?: number },
  lines: readonly number[],
  extra: readonly Buffer[] = [],
): Buffer {
  const { width, height, depth, type, interlace = 0 } = header;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', [0, 0, 0, width, 0, 0, 0, height, depth, type, 0, 0, interlace]),
    ...extra,
    chunk('IDAT', deflateSync(Buffer.from(lines))),
    chunk('IEND', []),
  ]);
}

const pixelsOf = (png: Uint8Array) => {
  const picture = decodePng(png, inflateSync);
  if (typeof picture === 'string') throw new Error(picture);
  return [...picture.data];
};

test.each([1, 2, 3, 4] as const)('%d channels of 8 and 16 bits are decoded as fast-png does', (channels) => {
  for (const depth of [8, 16] as const) {
    const { png, data } = encoded(channels, depth);
    const most = 2 ** depth - 1;
    const shade = (i: number) => Math.round((data[i]! * 255) / most);
    const expected = Array.from({ length: data.length / channels }, (_, p) => {
      const at = p * channels;
      const colour = channels < 3 ? [at, at, at] : [at, at + 1, at + 2];
      return [...colour.map(shade), channels % 2 === 0 ? shade(at + channels - 1) : 255];
    }).flat();
    expect(pixelsOf(png)).toEqual(expected);
  }
});

test('every line filter is taken back', () => {
  const [width, height] = [3, 5];
  const lines = Array.from({ length: height }, (_, filter) => [
    filter,
    ...[40, 250, 9, 77, 130, 8, 200, 3, 99],
  ]).flat();
  const png = handMade({ width, height, depth: 8, type: 2 }, lines);
  const { data } = decode(png);
  const colours = pixelsOf(png).filter((_, i) => i % 4 !== 3);
  expect(colours).toEqual([...data]);
});

test('palettes of 1, 2, 4 and 8 bits, with clear entries', () => {
  const palette = chunk('PLTE', [10, 20, 30, 200, 100, 50]);
  const clear = chunk('tRNS', [0]);
  const line = { 1: 0b01000000, 2: 0b00010000, 4: 0b00000001, 8: 0 } as const;
  for (const depth of [1, 2, 4, 8] as const) {
    const png = handMade({ width: 2, height: 1, depth, type: 3 }, [0, line[depth], 1], [palette, clear]);
    expect(pixelsOf(png)).toEqual([10, 20, 30, 0, 200, 100, 50, 255]);
  }
  const grey = handMade({ width: 2, height: 1, depth: 4, type: 0 }, [0, 0x0f], [chunk('tRNS', [0, 15])]);
  expect(pixelsOf(grey)).toEqual([0, 0, 0, 255, 255, 255, 255, 0]);
});

test('what it cannot read it names', () => {
  const { png } = encoded(3, 8);
  expect(decodePng(png.subarray(0, png.length - 30), inflateSync)).toBe('damaged');
  expect(
    decodePng(
      png.map((byte, i) => (i > 60 ? 255 - byte : byte)),
      inflateSync,
    ),
  ).toBe('damaged');
  const header = { width: 1, height: 1, depth: 8, type: 0 };
  expect(decodePng(handMade({ ...header, interlace: 1 }, [0, 7]), inflateSync)).toBe('interlaced');
  expect(decodePng(handMade({ ...header, type: 3 }, [0, 7]), inflateSync)).toBe('damaged');
});

test('is laid on white as the page does', () => {
  const data = Uint8Array.from([0, 100, 255, 128, 9, 9, 9, 0]);
  expect([...onWhite({ width: 2, height: 1, data }).data]).toEqual([127, 177, 255, 255, 255, 255, 255, 255]);
});
