/**
 * What finishing the training of found networks is worth: a search, then every chosen member of its front finished on
 * the weights it was found with and from scratch, each tested once.
 *
 *   npx tsx scripts/finish.ts --dataset mnist --preset quick --seconds 60 [--members 3] [--augment shift] [--seed 42]
 *
 * One process, one core, on WASM: what one worker of the page does. Prints one line a training.
 */
import { parseArgs } from 'node:util';
import { parameterCount } from '../src/core/architecture/cost.ts';
import { presetKeys, presetRecipe } from '../src/core/search/presets.ts';
import { shippedIds } from '../src/core/search/recipe.ts';
import { loadTest, loadTraining } from '../src/datasets/load.ts';
import { finishNetwork, type FinishedTraining } from '../src/engine/finish.ts';
import { nodeEngine, readData, searchInNode } from './node-search.ts';
import { spreadInSize } from './study/retrained.ts';

const { values } = parseArgs({
  options: {
    dataset: { type: 'string', default: 'mnist' },
    preset: { type: 'string', default: 'quick' },
    seconds: { type: 'string', default: '60' },
    members: { type: 'string', default: '3' },
    augment: { type: 'string', default: 'shift' },
    seed: { type: 'string', default: '42' },
  },
});
const one = <T extends string>(list: readonly T[], value: string): T => {
  const found = list.find((entry) => entry === value);
  if (found === undefined) throw new Error(`${value}: expected one of ${list.join(', ')}`);
  return found;
};
function unwrap<T>(result: { ok: true; value: T } | { ok: false; reason: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.reason));
  return result.value;
}

const dataset = one(shippedIds, values.dataset);
const augment = one(['none', 'shift', 'shift-flip'], values.augment);
const recipe = { ...presetRecipe(dataset, one(presetKeys, values.preset)), seed: Number(values.seed) };
const searched = await searchInNode(recipe);
const front = searched.state.front.flatMap((id) => {
  const weights = searched.weights.get(id);
  const record = searched.state.networks[id - 1];
  if (!weights || !record) return [];
  return [{ ...record, weights, parameters: parameterCount(record.architecture) }];
});
const data = {
  train: unwrap(await loadTraining(dataset, readData)),
  test: unwrap(await loadTest(dataset, readData)),
};
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
console.log(`${dataset}, ${values.preset}, seed ${values.seed}: ${front.length} on the front`);
for (const { id, architecture, weights, parameters, ownImages, inheritedImages } of spreadInSize(
  front,
  Number(values.members),
)) {
  let testErrorBefore: number | null = null;
  for (const start of ['found', 'scratch'] as const) {
    const began = performance.now();
    const finished: FinishedTraining = unwrap<FinishedTraining>(
      await finishNetwork(
        await nodeEngine(),
        {
          ...{ architecture, found: weights, start, augment, recipe, testErrorBefore },
          imagesBefore: ownImages + inheritedImages,
          budget: { kind: 'seconds', seconds: Number(values.seconds) },
          randomName: `${recipe.seed}/retrain/${id}`,
        },
        data,
      ),
    );
    testErrorBefore = finished.testErrorBefore;
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.log(
      `#${id} ${parameters} parameters, ${start}: ${percent(finished.testErrorBefore)} -> ${percent(finished.testError)} of ${finished.testImages} test images, ${finished.settings.images} images, ${seconds} s`,
    );
  }
}
