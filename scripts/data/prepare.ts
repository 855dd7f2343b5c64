/** Makes public/data/*.bin, src/datasets/measured.ts and checksums.ts: npx tsx scripts/data/prepare.ts [--work FOLDER] [SET...] */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { checksums } from '../../src/datasets/checksums.ts';
import { measured } from '../../src/datasets/measured.ts';
import { prepareDigits } from './digits.ts';
import { prepareEmoji } from './emoji.ts';
import { prepareFashion, prepareMnist } from './idx-sets.ts';
import type { Measured } from './pack.ts';
import { prepareQuickdraw } from './quickdraw.ts';

const makers: Record<string, (work: string, folder: string) => Measured> = {
  fashion: prepareFashion,
  mnist: prepareMnist,
  digits: prepareDigits,
  quickdraw: prepareQuickdraw,
  emoji: prepareEmoji,
};

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values, positionals } = parseArgs({
  options: { work: { type: 'string', default: join(tmpdir(), 'lemonade-data') } },
  allowPositionals: true,
});
mkdirSync(values.work, { recursive: true });
const folder = join(root, 'public/data');
const facts: Record<string, unknown> = { ...measured };
const sums: Record<string, string> = { ...checksums };
for (const id of positionals.length > 0 ? positionals : Object.keys(makers)) {
  const make = makers[id];
  if (make === undefined) throw new Error(`no such set: ${id}; there are ${Object.keys(makers).join(', ')}`);
  const result = make(values.work, folder);
  facts[id] = { ...result, files: result.files.map(({ sha256: _, ...file }) => file) };
  for (const { path, sha256 } of result.files) sums[path] = sha256;
  const bytes = result.files.reduce((sum, file) => sum + file.bytes, 0);
  console.log(`${id}: ${result.trainCount} + ${result.testCount} images, ${(bytes / 1e6).toFixed(2)} MB`);
}

const target = join(root, 'src/datasets/measured.ts');
const source = `import type { DatasetFacts } from './types.ts';

/** Written by scripts/data/prepare.ts from the files under public/data; not edited by hand. */
export const measured = ${JSON.stringify(facts)} as const satisfies Record<
  string, Pick<DatasetFacts, 'trainCount' | 'testCount' | 'mean' | 'deviation' | 'files'>>;
`;
const write = async (path: string, text: string) =>
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
await write(target, source);
const sumsFile = join(root, 'src/datasets/checksums.ts');
const table = /(checksums: [^=]*=) \{[^}]*\}/;
await write(sumsFile, readFileSync(sumsFile, 'utf8').replace(table, `$1 ${JSON.stringify(sums)}`));
