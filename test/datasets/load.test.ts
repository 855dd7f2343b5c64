import { describeFailure } from '../../src/app/text/en/failures.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { catalog, factsOf } from '../../src/datasets/catalog.ts';
import { decodeFile } from '../../src/datasets/decode.ts';
import { loadSearchData, loadTest } from '../../src/datasets/load.ts';
import type { ImageSet } from '../../src/datasets/types.ts';
import { readData, unwrap, worstImbalance } from './files.ts';

const ids = Object.values(catalog).map((facts) => facts.id);
const rowsOf = (set: ImageSet) => {
  const size = set.images.length / set.count;
  return Array.from(
    set.labels,
    (label, i) => `${label}:${Buffer.from(set.images.subarray(i * size, (i + 1) * size)).toString('latin1')}`,
  );
};

describe('loadSearchData', () => {
  it.each(ids)(
    '%s: parts are the training part divided, a fifth validates, all prefixes balanced',
    async (id) => {
      const { train, validation } = unwrap(await loadSearchData(id, 3, readData));
      const { trainCount, classes, grouped } = factsOf(id);
      expect(train.count + validation.count).toBe(trainCount);
      expect(validation.count / trainCount).toBeGreaterThan(0.18);
      expect(validation.count / trainCount).toBeLessThan(0.21);
      if (trainCount >= 10_000) expect(validation.count).toBeGreaterThanOrEqual(1000);
      const slack = grouped ? 5 : 1;
      expect(worstImbalance(train.labels, classes.length)).toBeLessThanOrEqual(slack);
      expect(worstImbalance(validation.labels, classes.length)).toBeLessThanOrEqual(slack);
      expect(train.images.length).toBe(train.count * train.height * train.width * train.channels);
    },
  );

  it.each(ids)('%s: never reads the test part, which is balanced and holds other images', async (id) => {
    const read = vi.fn(readData);
    const { train, validation } = unwrap(await loadSearchData(id, 1, read));
    expect(read.mock.calls.flat().filter((path) => path.includes('test'))).toEqual([]);
    const test = unwrap(await loadTest(id, readData));
    expect(test.count).toBe(factsOf(id).testCount);
    expect(worstImbalance(test.labels.subarray(0, 200), test.classes)).toBeLessThanOrEqual(1);
    const seen = new Set([...rowsOf(train), ...rowsOf(validation)]);
    expect(rowsOf(test).filter((row) => seen.has(row)).length).toBeLessThanOrEqual(id === 'digits' ? 1 : 0);
  });

  it('draws the validation images by seed alone', async () => {
    const load = async (seed: number) => unwrap(await loadSearchData('digits', seed, readData));
    const [a, again, b] = [await load(5), await load(5), await load(6)];
    expect(again).toEqual(a);
    expect(rowsOf(b.validation)).not.toEqual(rowsOf(a.validation));
    expect([...rowsOf(b.validation), ...rowsOf(b.train)].sort()).toEqual(
      [...rowsOf(a.validation), ...rowsOf(a.train)].sort(),
    );
  });

  it('parts no group of emoji', async () => {
    const facts = catalog.emoji;
    const [file] = facts.files;
    const rows = unwrap(await decodeFile(await readData(file!.path), file!.images, facts));
    const size = rows.images.length / rows.count;
    const groupOf = new Map<string, string>();
    const { images, labels, count } = rows;
    rowsOf({ ...facts, classes: 10, images, labels, count }).forEach((row, i) =>
      groupOf.set(row, `${labels[i]}/${rows.groups[i]}`),
    );
    expect(size).toBe(3072);
    const { train, validation } = unwrap(await loadSearchData('emoji', 2, readData));
    const trainGroups = new Set(rowsOf(train).map((row) => groupOf.get(row)));
    expect(trainGroups.has(undefined)).toBe(false);
    expect(rowsOf(validation).filter((row) => trainGroups.has(groupOf.get(row)))).toEqual([]);
  });

  it('fetches only the files that a limit needs', async () => {
    const read = vi.fn(readData);
    const progress: number[] = [];
    const options = {
      limit: 2500,
      onProgress: (loaded: number, total: number) => progress.push(loaded / total),
    };
    const { train, validation } = unwrap(await loadSearchData('fashion', 1, read, options));
    expect(read.mock.calls.map(([path]) => path)).toEqual(['fashion-train-0.bin']);
    expect([train.count, validation.count]).toEqual([2000, 500]);
    expect(progress.at(-1)).toBe(1);
    const limited = unwrap(await loadSearchData('mnist', 1, readData, { limit: 105 }));
    expect(limited.train.count + limited.validation.count).toBe(105);
  });
});

describe('loading that fails', () => {
  afterEach(() => vi.unstubAllGlobals());
  const answer = (response: () => Response | Promise<Response>) => vi.stubGlobal('fetch', vi.fn(response));
  const reasonOf = async (source: Parameters<typeof loadTest>[1] = 'https://site.example/data') => {
    const result = await loadTest('digits', source);
    return result.ok ? 'loaded' : describeFailure(result.reason);
  };

  it('says when the device is offline', async () => {
    answer(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await reasonOf()).toMatch(/digits-test\.bin.*offline/);
  });

  it('says when a file is missing, also behind a start page for every path', async () => {
    answer(() => new Response('', { status: 404 }));
    expect(await reasonOf()).toMatch(/missing.*404/);
    answer(() => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }));
    expect(await reasonOf()).toMatch(/missing/);
  });

  it('says when a file was cut short or changed', async () => {
    const bytes = new Uint8Array(await readData('digits-test.bin'));
    answer(() => new Response(bytes.slice(0, 100)));
    expect(await reasonOf()).toMatch(/100 bytes instead of/);
    bytes[500]! ^= 1;
    answer(() => new Response(bytes));
    expect(await reasonOf()).toMatch(/checksum differs/);
    expect(await reasonOf(() => Promise.reject(new Error('EACCES')))).toMatch(/could not be read \(EACCES\)/);
  });

  it('loads from a URL with or without the last slash', async () => {
    const bytes = await readData('digits-test.bin');
    answer(() => new Response(bytes));
    expect(await reasonOf('https://site.example/data/')).toBe('loaded');
    expect(await reasonOf('https://site.example/data')).toBe('loaded');
    expect(vi.mocked(fetch).mock.calls.map(([url]) => url)).toEqual(
      new Array(2).fill('https://site.example/data/digits-test.bin'),
    );
  });
});
