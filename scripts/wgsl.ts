/**
 * Writes src/engine/webgpu/kernels/sources.ts from the .wgsl files beside it: `npx tsx scripts/wgsl.ts`.
 * A module of strings loads alike in vite, vitest, tsx and plain Node; `?raw` imports do not.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
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

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(`${folder}sources.ts`, sourcesModule());
