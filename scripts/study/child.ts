/**
 * A process of the study: runs one search after another as the study tells it to, on its own wasm engine or, with
 * `through`, in Chromium on the built site through scripts/search.ts.
 */
import { execFile } from 'node:child_process';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { formatRecipe } from '../../src/core/search/recipe-parse.ts';
import { nodeBackend, searchInNode } from '../node-search.ts';
import type { PlannedRun } from './plan.ts';
import { writeRun } from './run-file-node.ts';

export type ChildOrder = PlannedRun & { readonly path: string; readonly through: Through };
export type Through = 'node' | 'chromium' | 'gpu';
export type ChildReply =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly text: string };

const longestHours = 24;

async function runInChromium({ recipe, label, path, through }: ChildOrder): Promise<string> {
  const search = fileURLToPath(new URL('../search.ts', import.meta.url));
  const out = `${path}.part.json`;
  const query = formatRecipe(recipe);
  const gpu = through === 'gpu' ? ['--gpu'] : [];
  const timeout = String(longestHours * 3600);
  const args = ['--import', 'tsx', search, '--recipe', query, '--out', out, '--timeout', timeout, ...gpu];
  await promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 });
  await writeFile(`${path}.part`, gzipSync(await readFile(out)));
  await rename(`${path}.part`, path);
  await rm(out);
  return `${recipe.dataset} ${label} seed ${recipe.seed}: done in Chromium`;
}

async function run({ recipe, label, path }: ChildOrder): Promise<string> {
  const began = process.cpuUsage();
  const { events, state } = await searchInNode(recipe);
  await writeRun(path, `${label}, seed ${recipe.seed}`, events, recipe, await nodeBackend());
  const images = state.networks.reduce((sum, { ownImages }) => sum + ownImages, 0);
  const front = state.front.map((id) => state.networks[id - 1]!.objectives);
  const best = Math.min(...front.map(({ error }) => error ?? 1));
  const { user, system } = process.cpuUsage(began);
  return [
    `${recipe.dataset} ${label} seed ${recipe.seed}:`,
    `hypervolume ${state.hypervolume.toFixed(4)},`,
    `${front.length} on the front, best error ${(100 * best).toFixed(1)} %,`,
    `${images} images, ${((user + system) / 1e6).toFixed(0)} s of processor`,
  ].join(' ');
}

process.on('message', (order: ChildOrder) => {
  const reply = (message: ChildReply) => process.send!(message);
  (order.through === 'node' ? run(order) : runInChromium(order)).then(
    (text) => reply({ ok: true, text }),
    (error: unknown) => reply({ ok: false, text: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
