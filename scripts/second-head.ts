/**
 * What sharing a body costs: errors of a network with two heads, trained on two data sets in turn, beside those of the
 * same network trained on either set alone for as many of its images. Starting networks of the site, its batch and rates,
 * one line of rates and the running average, as in a search. Validation errors in %.
 *   npx tsx scripts/second-head.ts [seeds = 3] [images of each set = 8000] > docs/evidence/second-head.csv
 */
import { deepNetworks } from '../src/core/architecture/starting-networks.ts';
import { parameterCount } from '../src/core/architecture/cost.ts';
import type { Architecture } from '../src/core/architecture/types.ts';
import { csv } from '../src/core/run-file/csv.ts';
import { presetRecipe } from '../src/core/search/presets.ts';
import type { ShippedId } from '../src/core/search/recipe.ts';
import { loadTaskData, type TaskData } from '../src/datasets/tasks.ts';
import { childSchedules } from '../src/engine/recipe-schedules.ts';
import { trainChild } from '../src/engine/train-child.ts';
import { nodeEngine, readData } from './node-search.ts';

const pairs: readonly (readonly [ShippedId, ShippedId])[] = [
  ['digits', 'mnist'],
  ['fashion', 'mnist'],
];

async function errorsOf(architecture: Architecture, data: TaskData, images: number, seed: number) {
  const recipe = presetRecipe('mnist');
  const randomName = `second-head/${seed}`;
  const rates = { first: 1, last: 0 };
  const scheduled = {
    ownImages: images,
    inheritedImages: 0,
    inherits: false,
    rates,
    averaging: recipe.averaging,
  };
  const schedules = childSchedules(recipe, scheduled, randomName);
  const job = { architecture, inheritance: null, schedules, randomName };
  const trained = await trainChild(await nodeEngine(), job, data);
  if (!trained.ok) throw new Error(JSON.stringify(trained.reason));
  const { evaluation, secondEvaluation } = trained.value;
  return [evaluation.error, secondEvaluation?.error ?? NaN] as const;
}

async function main(seeds: number, images: number): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const [dataset, secondDataset] of pairs)
    for (let seed = 1; seed <= seeds; seed++) {
      const loaded = await loadTaskData({ dataset, secondDataset, seed }, readData);
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.reason));
      const { second, ...first } = loaded.value;
      const { height, width, channels, classes } = first.train;
      const shape = { height, width, channels };
      const both = deepNetworks(shape, classes, { secondClasses: second!.train.classes });
      const [firstOnly, secondOnly] = [classes, second!.train.classes].map((count) =>
        deepNetworks(shape, count),
      );
      for (const [index, architecture] of both.entries()) {
        const [one, two] = await errorsOf(architecture, loaded.value, 2 * images, seed);
        const [oneAlone] = await errorsOf(firstOnly![index]!, first, images, seed);
        const [twoAlone] = await errorsOf(secondOnly![index]!, second!, images, seed);
        const errors = [one, oneAlone, two, twoAlone].map((error) => (100 * error).toFixed(2));
        rows.push([dataset, secondDataset, seed, parameterCount(architecture), images, ...errors]);
      }
    }
  const header = ['first', 'second', 'seed', 'parameters', 'imagesOfEach', 'firstOfTwo', 'firstAlone'];
  process.stdout.write(csv([...header, 'secondOfTwo', 'secondAlone'], rows));
}

await main(Number(process.argv[2] ?? 3), Number(process.argv[3] ?? 8000));
process.exit(0);
