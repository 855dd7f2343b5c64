import { afterEach, expect, test } from 'vitest';
import { canvasReadsBack, drawnPicture, readPicture } from '../../src/datasets/picture.ts';

const prototype = OffscreenCanvasRenderingContext2D.prototype;
const read = Reflect.get(prototype, 'getImageData') as typeof prototype.getImageData;

afterEach(() => {
  prototype.getImageData = read;
});

/** Reads pixels as a browser does that resists fingerprinting: `change` says what becomes of a colour. */
function lie(change: (value: number, i: number) => number): void {
  prototype.getImageData = function (...area: Parameters<typeof read>) {
    const pixels = read.apply(this, area);
    pixels.data.set(pixels.data.map(change));
    return pixels;
  };
}

test.each([
  ['noise in place of the pixels', (_: number, i: number) => (i * 2654435761) % 256, false],
  ['all white', () => 255, false],
  ['noise in a few pixels', (value: number, i: number) => (i % 97 === 0 ? value ^ 8 : value), false],
  ['rounded colours', (value: number) => (value > 0 && value < 255 ? value + 1 : value), true],
  ['the pixels', (value: number) => value, true],
] as const)('a canvas that answers with %s', (_, change, isTrue) => {
  lie(change);
  expect(canvasReadsBack()).toBe(isTrue);
});

test('nothing is read from a canvas that lies', async () => {
  const canvas = new OffscreenCanvas(8, 8);
  canvas.getContext('2d')!.fillRect(0, 0, 8, 4);
  const file = await canvas.convertToBlob();
  lie((_, i) => (i * 40503) % 256);
  expect(await readPicture(file)).toEqual({ ok: false, reason: { code: 'canvas-noise' } });
  expect(drawnPicture(8, () => {})).toEqual({ ok: false, reason: { code: 'canvas-noise' } });
});
