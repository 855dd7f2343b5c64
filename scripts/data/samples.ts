/** Makes public/data/samples.json, the pictures by which a set is chosen, from the sets: npx tsx scripts/data/samples.ts */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catalog } from '../../src/datasets/catalog.ts';
import { decodeFile } from '../../src/datasets/decode.ts';
import { encodeRows, type Row } from '../../src/datasets/encode.ts';
import { sampleCount } from '../../src/datasets/samples.ts';

const folder = fileURLToPath(new URL('../../public/data/', import.meta.url));
const samples: Record<string, string> = {};
for (const facts of Object.values(catalog)) {
  const [file] = facts.files;
  if (!file) continue;
  const rows = await decodeFile(new Uint8Array(readFileSync(folder + file.path)).buffer, file.images, facts);
  if (!rows.ok) throw new Error(`${file.path}: ${rows.reason}`);
  const { images, labels, groups } = rows.value;
  const size = facts.height * facts.width * facts.channels;
  const first = Array.from({ length: sampleCount }, (_, i): Row => ({
    label: labels[i]!,
    pixels: images.subarray(i * size, (i + 1) * size),
    ...(facts.grouped ? { group: groups[i]! } : {}),
  }));
  samples[facts.id] = Buffer.from(encodeRows(first, facts, facts.grouped)).toString('base64');
}
writeFileSync(`${folder}samples.json`, `${JSON.stringify(samples)}\n`);
