/**
 * Writes src/engine/webgpu/kernels/sources.ts, which is not under version control, from the .wgsl files beside it: after
 * `npm ci` (npm's "prepare"), whenever vite or vitest start, or by `npx tsx scripts/wgsl.ts`. A module of strings loads
 * alike in vite, vitest, tsx and plain Node; `?raw` imports do not.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../src/engine/webgpu/kernels/', import.meta.url));

/** The text of sources.ts as the .wgsl files want it now. */
export function sourcesModule(): string {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.wgsl'))
    .sort();
  const entries = names.map((file) => {
    const text = readFileSync(folder + file, 'utf8');
    if (/[`\\]|\$\{/.test(text)) throw new Error(`${file}: no backticks, backslashes or \${ in WGSL`);
    const name = file.slice(0, -'.wgsl'.length);
    return `  ${/^[a-z]+$/.test(name) ? name : `'${name}'`}: \`${text}\`,\n`;
  });
  return [
    '/* eslint-disable max-lines */\n',
    '/** Generated from the .wgsl files beside this one by scripts/wgsl.ts; do not edit. */\n',
    `export const sources = {\n${entries.join('')}} as const;\n\n`,
    'export type SourceName = keyof typeof sources;\n',
  ].join('');
}

/** Writes it where it is missing or stale. */
export function writeSources(): void {
  const path = `${folder}sources.ts`;
  const wanted = sourcesModule();
  if (!existsSync(path) || readFileSync(path, 'utf8') !== wanted) writeFileSync(path, wanted);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeSources();
