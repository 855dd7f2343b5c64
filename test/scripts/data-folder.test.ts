import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { manifestName, openDataFolder, placeOf } from '../../scripts/data-folder.ts';
import { writeWhole } from '../../scripts/data/idx-sets.ts';
import { readData } from '../../scripts/node-search.ts';
import { statedDataset } from '../../src/datasets/stated.ts';
import { catalog, factsOf } from '../../src/datasets/catalog.ts';
import { loadSearchData, loadTest, loadTraining } from '../../src/datasets/load.ts';
import { seeded } from '../../src/core/random.ts';
import { unwrap } from '../datasets/files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-folder-'));
});
afterAll(() => rm(folder, { recursive: true }));

const random = seeded('data-folder');
/** Classes of unequal size, as in MNIST. */
const rows = (count: number) =>
  Array.from({ length: count }, () => ({
    label: Math.min(9, random.integer(11)),
    pixels: Uint8Array.from({ length: 784 }, () => 17 * random.integer(16)),
  }));

it('names the command that makes a folder which is missing', async () => {
  await expect(openDataFolder('.cache/data-full-missing')).rejects.toThrow(
    '.cache/data-full-missing/manifest.json is not there. Make it with: npx tsx scripts/data/full.ts --out .cache/data-full-missing',
  );
});

it('gives a set the files, counts and validation share of the folder, and leaves all others alone', async () => {
  const parts = { train: rows(330), test: rows(60) };
  const facts = writeWhole('mnist', folder, parts);
  const manifest = { mnist: { ...facts, validationShare: 1 / 6 } };
  await writeFile(join(folder, manifestName), JSON.stringify(manifest));
  const before = await statedDataset('mnist');
  await openDataFolder(folder);

  expect(factsOf('mnist')).toMatchObject({ title: 'MNIST', trainCount: 330, testCount: 60 });
  expect((await statedDataset('mnist')).checksum).not.toBe(before.checksum);
  const { train, validation } = unwrap(await loadSearchData('mnist', 1, readData));
  expect(train.count + validation.count).toBe(330);
  expect(Math.abs(validation.count - 55)).toBeLessThanOrEqual(5);
  expect(unwrap(await loadTest('mnist', readData)).count).toBe(60);

  const whole = unwrap(await loadTraining('mnist', readData));
  const pixels = (images: Uint8Array, index: number) =>
    images.subarray(784 * index, 784 * (index + 1)).join();
  const found = Array.from(
    { length: whole.count },
    (_, i) => `${whole.labels[i]}:${pixels(whole.images, i)}`,
  );
  expect(found.sort()).toEqual(parts.train.map(({ label, pixels }) => `${label}:${pixels.join()}`).sort());

  expect(factsOf('digits')).toBe(catalog.digits);
  expect(String(placeOf('digits-test.bin'))).toContain('public/data/digits-test.bin');
});
