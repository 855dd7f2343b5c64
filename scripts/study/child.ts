/**
 * A process of the study: runs one search after another as the study tells it to, on its own wasm engine or, with
 * `through`, in Chromium on the built site through scripts/search.ts. Either way the final front is then evaluated on
 * the official test images, once, on the wasm engine.
 */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { viewOf } from '../../src/core/run-file/fold.ts';
import { serialiseRunFile } from '../../src/core/run-file/serialise.ts';
import type { NetworkId } from '../../src/core/search/events.ts';
import type { Weights } from '../../src/core/architecture/weights.ts';
import type { NetworkView } from '../../src/core/run-file/view.ts';
import type { Recipe } from '../../src/core/search/recipe.ts';
import { formatRecipe } from '../../src/core/search/recipe-parse.ts';
import { nodeBackend, searchInNode, testErrorsInNode } from '../node-search.ts';
import type { PlannedRun } from './plan.ts';
import { readRun, writeGzipped, writeRun } from './run-file-node.ts';

export type ChildOrder = PlannedRun & { readonly path: string; readonly through: Through };
export type Through = 'node' | 'chromium' | 'gpu';
export type ChildReply =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly text: string };

const longestHours = 24;

/** Test errors of a front; a member whose weights could not be kept is left out. */
const testFront = (
  { dataset }: Recipe,
  front: readonly Pick<NetworkView, 'id' | 'architecture'>[],
  weights: ReadonlyMap<NetworkId, Weights>,
) =>
  testErrorsInNode(
    dataset,
    front.flatMap(({ id, architecture }) => {
      const own = weights.get(id);
      return own ? [{ id, architecture, weights: own }] : [];
    }),
  );

async function runInChromium({ recipe, label, path, through }: ChildOrder): Promise<string> {
  const search = fileURLToPath(new URL('../search.ts', import.meta.url));
  const out = `${path}.part.json`;
  const query = formatRecipe(recipe);
  const gpu = through === 'gpu' ? ['--gpu'] : [];
  const timeout = String(longestHours * 3600);
  const given = ['--recipe', query, '--out', out, '--timeout', timeout, '--weights', 'front', ...gpu];
  const args = ['--import', 'tsx', search, ...given];
  await promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 });
  const { file, weights } = await readRun(out);
  const view = viewOf(file.events)!;
  const front = view.front.flatMap((id) => view.networks.get(id) ?? []);
  const tested = await testFront(recipe, front, weights);
  const { weights: _, ...rest } = file;
  const testErrors = [...tested].map(([network, error]) => ({ network, error }));
  await writeGzipped(path, serialiseRunFile({ ...rest, testErrors }));
  await rm(out);
  return `${recipe.dataset} ${label} seed ${recipe.seed}: done in Chromium`;
}

async function run({ recipe, label, path }: ChildOrder): Promise<string> {
  const began = process.cpuUsage();
  const { events, state, weights, ended } = await searchInNode(recipe);
  if (!ended.ok) throw new Error(ended.reason);
  const front = state.front.map((id) => state.networks[id - 1]!);
  const tested = await testFront(recipe, front, weights);
  await writeRun(path, `${label}, seed ${recipe.seed}`, events, recipe, await nodeBackend(), tested);
  const images = state.networks.reduce((sum, { ownImages }) => sum + ownImages, 0);
  const best = Math.min(...front.map(({ objectives }) => objectives.error ?? 1));
  const { user, system } = process.cpuUsage(began);
  return [
    `${recipe.dataset} ${label} seed ${recipe.seed}:`,
    `hypervolume ${state.hypervolume.toFixed(4)},`,
    `${front.length} on the front, best error ${(100 * best).toFixed(1)} %`,
    `(test ${(100 * Math.min(...tested.values())).toFixed(1)} %),`,
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
