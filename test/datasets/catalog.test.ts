import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/datasets/catalog.ts';
import { sha256Of } from '../../src/datasets/checksums.ts';
import { decodeFile } from '../../src/datasets/decode.ts';
import { makeShapes } from '../../src/datasets/shapes.ts';
import type { DatasetFacts } from '../../src/datasets/types.ts';
import { readData, unwrap } from './files.ts';

const sets = Object.values(catalog);

async function trainPixels(facts: DatasetFacts): Promise<Uint8Array[]> {
  if (facts.id === 'shapes') return [makeShapes({ part: 'train', count: facts.trainCount }).images];
  const files = facts.files.filter((file) => file.part === 'train');
  return Promise.all(
    files.map(async (file) => unwrap(await decodeFile(await readData(file.path), file.images, facts)).images),
  );
}

describe('catalog', () => {
  it('lists exactly the data files that are shipped', () => {
    const folder = fileURLToPath(new URL('../../public/data/', import.meta.url));
    const shipped = readdirSync(folder).filter((name) => name.endsWith('.bin'));
    expect(sets.flatMap((facts) => facts.files.map((file) => file.path)).sort()).toEqual(shipped.sort());
  });

  it.each(sets)('$id: files have the recorded length and checksum', async (facts) => {
    for (const file of facts.files) {
      const content = new Uint8Array(await readData(file.path));
      expect(content.length).toBe(file.bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256Of(file));
    }
  });

  it.each(sets)('$id: counts, mean and deviation are those of the training part', async (facts) => {
    const parts = await trainPixels(facts);
    const images =
      parts.reduce((sum, part) => sum + part.length, 0) / (facts.height * facts.width * facts.channels);
    expect(images).toBe(facts.trainCount);
    for (let c = 0; c < facts.channels; c++) {
      let [sum, square, count] = [0, 0, 0];
      for (const part of parts) {
        for (let i = c; i < part.length; i += facts.channels) {
          sum += part[i]! / 255;
          square += (part[i]! / 255) ** 2;
          count++;
        }
      }
      expect(sum / count).toBeCloseTo(facts.mean[c]!, 4);
      expect(Math.sqrt(square / count - (sum / count) ** 2)).toBeCloseTo(facts.deviation[c]!, 4);
    }
  });

  it('is near the published statistics of the whole sets', () => {
    expect(catalog.mnist.mean[0]).toBeCloseTo(0.1307, 2);
    expect(catalog.mnist.deviation[0]).toBeCloseTo(0.3081, 2);
    expect(catalog.fashion.mean[0]).toBeCloseTo(0.286, 2);
    expect(catalog.fashion.deviation[0]).toBeCloseTo(0.353, 2);
  });

  it('keeps the grey sets under 4 MB and a first file under 0.6 MB', () => {
    const files = sets.filter((facts) => facts.channels === 1).flatMap((facts) => facts.files);
    expect(files.reduce((sum, file) => sum + file.bytes, 0)).toBeLessThan(4e6);
    expect(Math.max(...files.map((file) => file.bytes))).toBeLessThan(6e5);
  });
});
