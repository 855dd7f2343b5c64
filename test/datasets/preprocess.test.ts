import { describe, expect, it } from 'vitest';
import type { DatasetId } from '../../src/core/search/recipe.ts';
import { seeded } from '../../src/core/random.ts';
import { catalog } from '../../src/datasets/catalog.ts';
import { loadTest } from '../../src/datasets/load.ts';
import { prepareInput } from '../../src/datasets/preprocess.ts';
import type { RgbaImage } from '../../src/datasets/raster.ts';
import type { ImageSet } from '../../src/datasets/types.ts';
import { readData, unwrap } from './files.ts';

/** How a picture reaches us: dark on white, light on black, or a see-through canvas with pen strokes. */
type Look = 'white' | 'black' | 'clear';

/** Image `row` of a grey set, each pixel `scale` wide, off centre on a larger canvas. */
function asPhoto(set: ImageSet, row: number, look: Look, scale = 5): RgbaImage {
  const [width, height] = [set.width * scale + 70, set.height * scale + 30];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = [Math.floor((x - 53) / scale), Math.floor((y - 11) / scale)];
      const isInside = sx >= 0 && sy >= 0 && sx < set.width && sy < set.height;
      const ink = isInside ? set.images[(row * set.height + sy) * set.width + sx]! : 0;
      const value = look === 'white' ? 255 - ink : look === 'black' ? ink : 30;
      data.set([value, value, value, look === 'clear' ? ink : 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

const imageOf = (set: ImageSet, row: number) => {
  const size = set.images.length / set.count;
  return set.images.subarray(row * size, (row + 1) * size);
};
const distance = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
const load = async (id: DatasetId) => unwrap(await loadTest(id, readData, { limit: 60 }));

describe('prepareInput', () => {
  // Mean absolute difference, of 255, between an image of the set and the same image put through as a photograph.
  it.each([
    ['mnist', 0.5],
    ['quickdraw', 0.5],
    ['fashion', 0.5],
  ] as const)('%s: an image of the set comes back as it was made', async (id, tolerance) => {
    const set = await load(id);
    const differences = Array.from({ length: 60 }, (_, row) =>
      distance(unwrap(prepareInput(id, asPhoto(set, row, 'white'))), imageOf(set, row)),
    ).sort((a, b) => a - b);
    const unrelated = distance(imageOf(set, 0), imageOf(set, 1));
    expect(differences[30]).toBeLessThan(tolerance);
    expect(tolerance).toBeLessThan(unrelated);
  });

  it('digits: counts the ink of each 4 x 4 block of a 32 x 32 bitmap', () => {
    const random = seeded('bitmap');
    const bits = Uint8Array.from({ length: 1024 }, () => (random.next() < 0.4 ? 255 : 0));
    for (const corner of [0, 31, 992, 1023]) bits[corner] = 255;
    const set = { height: 32, width: 32, channels: 1, classes: 1, count: 1, images: bits };
    const photo = asPhoto({ ...set, labels: new Uint8Array(1), mean: [0], deviation: [1] }, 0, 'white');
    const counts = new Float64Array(64);
    bits.forEach((bit, i) => (counts[(i >> 7) * 8 + ((i % 32) >> 2)]! += bit / 255));
    expect([...unwrap(prepareInput('digits', photo))]).toEqual(
      [...counts].map((count) => 17 * Math.round((count / 16) * 15)),
    );
  });

  it('makes no difference between ink on white, on black and on a clear canvas', async () => {
    const set = await load('mnist');
    const [white, black, clear] = (['white', 'black', 'clear'] as const).map((look) =>
      unwrap(prepareInput('mnist', asPhoto(set, 4, look))),
    );
    expect(distance(white!, black!)).toBeLessThan(0.5);
    expect(distance(white!, clear!)).toBeLessThan(0.5);
  });

  it('puts the centre of mass of a digit in the middle, wherever it was drawn', async () => {
    const set = await load('mnist');
    const pixels = unwrap(prepareInput('mnist', asPhoto(set, 7, 'clear')));
    let [mass, x, y] = [0, 0, 0];
    pixels.forEach((value, i) => {
      mass += value;
      x += value * (i % 28);
      y += value * Math.floor(i / 28);
    });
    expect(Math.abs(x / mass - 14)).toBeLessThanOrEqual(0.51);
    expect(Math.abs(y / mass - 14)).toBeLessThanOrEqual(0.51);
  });

  it.each(Object.values(catalog))(
    '$id: gives quantised pixels of the right shape, and a reason for a blank',
    (facts) => {
      const { id, height, width, channels } = facts;
      const data = new Uint8ClampedArray(40 * 30 * 4).fill(255);
      const blank = prepareInput(id, { width: 40, height: 30, data });
      expect(blank).toEqual({ ok: false, reason: { code: 'blank-picture' } });
      const drawn = data.slice();
      for (let i = 300; i < 900; i++) drawn.set([200, 30, 30], 4 * i);
      const pixels = unwrap(prepareInput(id, { width: 40, height: 30, data: drawn }));
      expect(pixels.length).toBe(height * width * channels);
      expect(pixels.every((value) => value % 17 === 0)).toBe(true);
      expect(new Set(pixels).size).toBeGreaterThan(1);
    },
  );

  it('emoji: keeps colours, fits the longer side, and stays on white', () => {
    const data = new Uint8ClampedArray(90 * 60 * 4);
    for (let y = 20; y < 36; y++) for (let x = 10; x < 42; x++) data.set([255, 0, 0, 255], (y * 90 + x) * 4);
    const pixels = unwrap(prepareInput('emoji', { width: 90, height: 60, data }));
    const at = (y: number, x: number) => [...pixels.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3)];
    expect([at(7, 0), at(24, 31)]).toEqual([
      [255, 255, 255],
      [255, 255, 255],
    ]);
    expect([at(8, 0), at(23, 31)]).toEqual([
      [255, 0, 0],
      [255, 0, 0],
    ]);
  });
});
