/**
 * A process of the study: carries out one order after another. A search runs on its own wasm engine or, with `through`,
 * in Chromium on the built site through scripts/search.ts; then the final front is evaluated on the official test
 * images, once, on the wasm engine: in Node also what would be on it were smaller networks not counted
 * (core/compare/measures.ts), in Chromium, whose files keep the weights of the front only, not. Or the architectures of
 * a finished run's front are trained again.
 */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { networksToTest } from '../../src/core/compare/measures.ts';
import { viewOf } from '../../src/core/run-file/fold.ts';
import { serialiseRunFile } from '../../src/core/run-file/serialise.ts';
import type { NetworkId } from '../../src/core/search/events.ts';
import type { Weights } from '../../src/core/architecture/weights.ts';
import type { NetworkView } from '../../src/core/run-file/view.ts';
import type { Recipe } from '../../src/core/search/recipe.ts';
import { formatRecipe } from '../../src/core/search/recipe-parse.ts';
import { openDataFolder } from '../data-folder.ts';
import { nodeBackend, searchInNode, testErrorsInNode, useDawn } from '../node-search.ts';
import type { ChildOrder, ChildReply, SearchOrder, Through } from './order.ts';
import { retrainRun } from './retrain.ts';
import { readRun, writeGzipped, writeRun } from './run-file-node.ts';

const longestHours = 24;

/** Test errors of `networks`; one whose weights could not be kept is left out. */
const testNetworks = (
  { dataset }: Recipe,
  networks: readonly NetworkView[],
  weights: ReadonlyMap<NetworkId, Weights>,
) =>
  testErrorsInNode(
    dataset,
    networks.flatMap(({ id, architecture }) => {
      const own = weights.get(id);
      return own ? [{ id, architecture, weights: own }] : [];
    }),
  );

async function runInChromium(
  { run: { recipe, label }, path }: SearchOrder,
  through: Through,
): Promise<string> {
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
  const tested = await testNetworks(recipe, networksToTest(view), weights);
  const { weights: _, ...rest } = file;
  const testErrors = [...tested].map(([network, error]) => ({ network, error }));
  await writeGzipped(path, serialiseRunFile({ ...rest, testErrors }));
  await rm(out);
  return `${recipe.dataset} ${label} seed ${recipe.seed}: done in Chromium`;
}

async function runInNode({ run: { recipe, label }, path }: SearchOrder): Promise<string> {
  const began = process.cpuUsage();
  const { events, state, weights, ended } = await searchInNode(recipe);
  if (!ended.ok) throw new Error(JSON.stringify(ended.reason));
  const front = state.front.map((id) => state.networks[id - 1]!);
  const tested = await testNetworks(recipe, networksToTest(viewOf(events)!), weights);
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

let opened: string | null = null;

async function carryOut(order: ChildOrder): Promise<string> {
  if (order.dataFolder !== null && order.dataFolder !== opened) {
    await openDataFolder(order.dataFolder);
    opened = order.dataFolder;
  }
  if (order.through === 'dawn') await useDawn();
  if (order.kind === 'retrain') return retrainRun(order);
  return order.through === 'chromium' || order.through === 'gpu'
    ? runInChromium(order, order.through)
    : runInNode(order);
}

process.on('message', (order: ChildOrder) => {
  const reply = (message: ChildReply) => process.send!(message);
  carryOut(order).then(
    (text) => reply({ ok: true, text }),
    (error: unknown) => reply({ ok: false, text: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
