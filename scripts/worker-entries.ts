/**
 * Fails where a chunk of the built site imports a worker's entry: WebKit would evaluate that entry twice.
 * Usage: npx tsx scripts/worker-entries.ts [folder of the built site, dist by default]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const isEntry = (file: string) => /\.worker-[\w-]+\.js$/.test(file);
const specifiers = /(?:\bfrom|\bimport)\s*\(?\s*["'`]([^"'`]+)["'`]/g;

const assets = join(process.argv[2] ?? 'dist', 'assets');
const files = readdirSync(assets).filter((file) => file.endsWith('.js'));
const entries = files.filter(isEntry);
const imports = files.flatMap((file) =>
  [...readFileSync(join(assets, file), 'utf8').matchAll(specifiers)]
    .filter(([, imported]) => isEntry(imported!))
    .map(([, imported]) => `${file} imports ${imported}`),
);
for (const line of imports) console.error(line);
console.log(`${entries.length} entries of workers, ${imports.length} imports of them`);
process.exitCode = entries.length > 0 && imports.length === 0 ? 0 : 1;
