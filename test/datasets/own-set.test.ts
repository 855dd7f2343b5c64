import { describeFailure } from '../../src/app/text/en/failures.ts';
import { describe, expect, it } from 'vitest';
import { factsOf, isKnown, registerDataset } from '../../src/datasets/catalog.ts';
import type { Row } from '../../src/datasets/encode.ts';
import { loadSearchData, loadTest } from '../../src/datasets/load.ts';
import { makeOwnSet, type OwnSetOptions } from '../../src/datasets/own-set.ts';
import { prepareInput, squareOf } from '../../src/datasets/preprocess.ts';
import type { RgbaImage } from '../../src/datasets/raster.ts';
import { unwrap } from './files.ts';

/** A 12 x 8 picture whose middle 8 x 8 square is one colour and whose sides are another. */
function picture(inner: readonly number[], outer: readonly number[] = [9, 9, 9]): RgbaImage {
  const data = new Uint8ClampedArray(12 * 8 * 4);
  for (let i = 0; i < 96; i++) data.set([...(i % 12 >= 2 && i % 12 < 10 ? inner : outer), 255], i * 4);
  return { width: 12, height: 8, data };
}

const options: OwnSetOptions = { title: 'Mine', classes: ['red', 'blue'], size: 4, channels: 3 };
const rows: Row[] = Array.from({ length: 24 }, (_, i) => {
  const shade = 17 * (i >> 1);
  return { label: i % 2, pixels: squareOf(picture(i % 2 === 0 ? [shade, 0, 0] : [0, 0, shade]), 4, 3) };
});

describe('squareOf', () => {
  it('cuts the middle square, scales it, and quantises as the files do', () => {
    expect([...squareOf(picture([201, 0, 8]), 4, 3).subarray(0, 6)]).toEqual([204, 0, 0, 204, 0, 0]);
    expect(squareOf(picture([200, 0, 0]), 4, 1)[0]).toBe(17 * Math.round((0.299 * 200) / 17));
  });
});

describe('makeOwnSet', () => {
  it('makes files that load like those of a shipped set, every picture in one part', async () => {
    const { facts, files, duplicates } = unwrap(await makeOwnSet(rows, options));
    expect(facts.id).toMatch(/^own-[0-9a-f]{8}$/);
    expect([facts.trainCount, facts.testCount, duplicates]).toEqual([20, 4, 0]);
    expect(facts.deviation[0]).toBeGreaterThan(0);
    expect(facts.deviation[1]).toBe(1);
    expect(isKnown(facts.id)).toBe(false);
    expect(() => factsOf(facts.id)).toThrow(RangeError);
    registerDataset(facts);
    const read = async (path: string) => files.get(path)!.buffer;
    const { train, validation } = unwrap(await loadSearchData(facts.id, 1, read));
    const test = unwrap(await loadTest(facts.id, read));
    expect([train.count, validation.count, test.count]).toEqual([16, 4, 4]);
    expect([...validation.labels]).toEqual([0, 1, 0, 1]);
    const size = 4 * 4 * 3;
    const seen = [train, validation, test].flatMap((set) =>
      Array.from(
        { length: set.count },
        (_, i) => `${set.labels[i]} ${set.images.slice(i * size, (i + 1) * size)}`,
      ),
    );
    expect(new Set(seen)).toEqual(new Set(rows.map(({ label, pixels }) => `${label} ${pixels}`)));
    expect(unwrap(prepareInput(facts.id, picture([255, 0, 0])))).toEqual(
      squareOf(picture([255, 0, 0]), 4, 3),
    );
  });

  it('is named by its pictures, classes and size, not by its title', async () => {
    const id = async (of: readonly Row[], changed: Partial<OwnSetOptions> = {}) =>
      unwrap(await makeOwnSet(of, { ...options, ...changed })).facts.id;
    const name = await id(rows);
    expect(await id(rows, { title: 'Other' })).toBe(name);
    expect(await id(rows, { classes: ['a', 'b'] })).not.toBe(name);
    expect(await id(rows.slice(0, 22))).not.toBe(name);
  });

  it('leaves repeated pictures out, so that none is both learned from and tested on', async () => {
    const twice = unwrap(await makeOwnSet([...rows, ...rows.slice(0, 6)], options));
    expect(twice.duplicates).toBe(6);
    expect(twice.facts.id).toBe(unwrap(await makeOwnSet(rows, options)).facts.id);
  });

  it('says what is missing', async () => {
    const reason = async (of: readonly Row[], classes: readonly string[]) => {
      const result = await makeOwnSet(of, { ...options, classes });
      return result.ok ? '' : describeFailure(result.reason);
    };
    expect(
      await reason(
        rows.filter(({ label }) => label === 0),
        ['red'],
      ),
    ).toMatch(/there is one/);
    expect(await reason(rows.slice(0, 9), ['red', 'blue'])).toBe(
      'The class "blue" has 4 different pictures; at least 5 are needed.',
    );
    await expect(makeOwnSet([{ ...rows[0]!, label: 2 }], options)).rejects.toThrow(RangeError);
  });
});
