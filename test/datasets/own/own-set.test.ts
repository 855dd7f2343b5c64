import { describeFailure } from '../../../src/app/text/en/failures.ts';
import { describe, expect, it } from 'vitest';
import { factsOf, isKnown, registerDataset } from '../../../src/datasets/catalog.ts';
import type { Row } from '../../../src/datasets/encode.ts';
import { loadSearchData, loadTest } from '../../../src/datasets/load.ts';
import { makeOwnSet, type OwnSetOptions } from '../../../src/datasets/own/own-set.ts';
import { preparedPicture } from '../../../src/datasets/own/prepare.ts';
import { prepareInput } from '../../../src/datasets/preprocess.ts';
import type { RgbaImage } from '../../../src/datasets/raster.ts';
import { unwrap } from '../files.ts';

/** A 12 x 8 picture whose middle 8 x 8 square is one colour and whose sides are another. */
function picture(inner: readonly number[], outer: readonly number[] = [9, 9, 9]): RgbaImage {
  const data = new Uint8ClampedArray(12 * 8 * 4);
  for (let i = 0; i < 96; i++) data.set([...(i % 12 >= 2 && i % 12 < 10 ? inner : outer), 255], i * 4);
  return { width: 12, height: 8, data };
}

const options: OwnSetOptions = {
  ...{ title: 'Mine', classes: ['red', 'blue'], size: 4, channels: 3, drawable: false },
  preparation: { fit: 'crop', gain: 1 },
};
const prepared = (image: RgbaImage, channels: 1 | 3 = 3, fit: 'crop' | 'border' = 'crop', gain = 1) =>
  preparedPicture(image, { width: 4, channels, bits: 8, preparation: { fit, gain } });
const rows: Row[] = Array.from({ length: 24 }, (_, i) => {
  const shade = 17 * (i >> 1);
  return { label: i % 2, pixels: prepared(picture(i % 2 === 0 ? [shade, 0, 0] : [0, 0, shade])) };
});

describe('preparedPicture', () => {
  it('cuts the middle square and scales it, eight bits a sample', () => {
    expect([...prepared(picture([201, 0, 8])).subarray(0, 6)]).toEqual([201, 0, 8, 201, 0, 8]);
    expect(prepared(picture([200, 0, 0]), 1)[0]).toBe(Math.round(0.299 * 200));
  });
  it('keeps the whole picture where that is wished, with a border of its own edge', () => {
    const row = (y: number) =>
      [...prepared(picture([201, 0, 8], [90, 90, 90]), 3, 'border')].slice(y * 12, y * 12 + 12);
    expect(row(3)).toEqual(new Array(12).fill(90));
    expect(row(1).slice(3, 6)).toEqual([201, 0, 8]);
  });
  it('brightens a set of dark pictures', () => {
    expect([...prepared(picture([15, 3, 0]), 3, 'crop', 17).subarray(0, 3)]).toEqual([255, 51, 0]);
  });
  it('quantises as sets of older pages do', () => {
    expect([...preparedPicture(picture([201, 0, 8]), { width: 4, channels: 3 }).subarray(0, 3)]).toEqual([
      204, 0, 0,
    ]);
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
    expect(unwrap(prepareInput(facts.id, picture([255, 0, 0])))).toEqual(prepared(picture([255, 0, 0])));
  });

  it('keeps the parts that its author made', async () => {
    const part = (i: number) => (['train', 'train', 'train', 'test', 'validation'] as const)[(i >> 1) % 5]!;
    const divided = rows.map((row, i) => ({ ...row, part: part(i) }));
    const { facts, files } = unwrap(await makeOwnSet(divided, options));
    registerDataset(facts);
    const read = async (path: string) => files.get(path)!.buffer;
    const { train, validation } = unwrap(await loadSearchData(facts.id, 1, read));
    const test = unwrap(await loadTest(facts.id, read));
    expect([facts.trainCount, facts.testCount, facts.validationCount]).toEqual([20, 4, 4]);
    const images = (set: typeof test) =>
      Array.from({ length: set.count }, (_, i) => set.images.slice(i * 48, i * 48 + 48).join());
    const expected = (of: string) =>
      divided.filter((row) => row.part === of).map(({ pixels }) => pixels.join());
    expect(images(train).sort()).toEqual(expected('train').sort());
    expect(images(validation).sort()).toEqual(expected('validation').sort());
    expect(images(test).sort()).toEqual(expected('test').sort());
    const half = unwrap(await loadSearchData(facts.id, 1, read, { limit: 10 }));
    expect([half.train.count, half.validation.count]).toEqual([8, 2]);
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
