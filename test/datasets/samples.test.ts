import { describe, expect, it } from 'vitest';
import type { ShippedId } from '../../src/core/search/recipe.ts';
import { catalog } from '../../src/datasets/catalog.ts';
import { decodeFile } from '../../src/datasets/decode.ts';
import { firstImages, sampleCount, samplesOf, type SampleFiles } from '../../src/datasets/samples.ts';
import { makeShapes } from '../../src/datasets/shapes.ts';
import { readData, unwrap } from './files.ts';

const files = JSON.parse(new TextDecoder().decode(await readData('samples.json'))) as SampleFiles;

describe('samples', () => {
  it.each(Object.values(catalog))('$id: are the first images that its networks learn', async (facts) => {
    const [file] = facts.files;
    const rows = file
      ? unwrap(await decodeFile(await readData(file.path), file.images, facts))
      : makeShapes({ part: 'train', count: facts.trainCount });
    const size = facts.height * facts.width * facts.channels;
    const samples = await samplesOf(facts.id as ShippedId, files, facts);
    expect(samples).toHaveLength(sampleCount);
    samples.forEach((pixels, i) =>
      expect([...pixels]).toEqual([...rows.images.subarray(i * size, (i + 1) * size)]),
    );
    expect(new Set(rows.labels.subarray(0, sampleCount)).size).toBe(sampleCount);
  });

  it('are fewer where a set has fewer, and none where its file is broken', async () => {
    const file = await readData('digits-test.bin');
    const facts = catalog.digits;
    expect(await firstImages(file, facts.testCount, facts)).toHaveLength(sampleCount);
    expect(await firstImages(file.slice(0, 100), facts.testCount, facts)).toEqual([]);
  });
});
