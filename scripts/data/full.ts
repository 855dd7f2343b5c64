/**
 * Makes the whole of MNIST and Fashion-MNIST (60,000 + 10,000 images each, of which a search validates on 10,000) for
 * studies, from the packages that the site's samples are made from (public/data/README.md), in the same file format:
 *   npx tsx scripts/data/full.ts [--out .cache/data-full] [--work FOLDER]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fullFolder, manifestName, type Manifest } from '../data-folder.ts';
import { readFashion, readMnist, writeWhole } from './idx-sets.ts';

const validationImages = 10_000;

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: fullFolder },
    work: { type: 'string', default: join(tmpdir(), 'lemonade-data') },
  },
});
mkdirSync(values.work, { recursive: true });
mkdirSync(values.out, { recursive: true });
const manifest: Record<string, unknown> = {};
for (const [id, read] of [
  ['mnist', readMnist],
  ['fashion', readFashion],
] as const) {
  const facts = writeWhole(id, values.out, read(values.work));
  manifest[id] = { ...facts, validationShare: validationImages / facts.trainCount };
  console.log(`${id}: ${facts.trainCount} + ${facts.testCount} images in ${values.out}`);
}
writeFileSync(join(values.out, manifestName), `${JSON.stringify(manifest as Manifest, null, 2)}\n`);
