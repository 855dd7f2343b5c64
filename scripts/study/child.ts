/** A process of the study: runs one search after another on its own wasm engine, as the study tells it to. */
import { nodeBackend, searchInNode } from '../node-search.ts';
import type { PlannedRun } from './plan.ts';
import { writeRun } from './run-file-node.ts';

export type ChildOrder = PlannedRun & { readonly path: string };
export type ChildReply =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly text: string };

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
  run(order).then(
    (text) => reply({ ok: true, text }),
    (error: unknown) => reply({ ok: false, text: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
