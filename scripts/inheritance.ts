/**
 * What inheritance is worth, on Fashion-MNIST with the quick preset's batch and rates: the images of its own that a
 * child needs to reach its parent's validation error, inheriting and from scratch. Every budget is one whole training
 * (its own cosine schedule). One child by exact operators and one with an approximate operator a seed.
 *   npx tsx scripts/inheritance.ts [seeds = 5] > docs/inheritance.csv
 */
import { trivialNetworks } from '../src/core/architecture/starting-networks.ts';
import { describe } from '../src/core/architecture/describe.ts';
import { drawChain, isExact } from '../src/core/morphisms/catalog.ts';
import { seeded } from '../src/core/random.ts';
import { csv } from '../src/core/run-file/csv.ts';
import { presetRecipe } from '../src/core/search/presets.ts';
import { loadSearchData } from '../src/datasets/load.ts';
import { createEngine } from '../src/engine/device.ts';
import { childSchedules } from '../src/engine/recipe-schedules.ts';
import { trainChild, type ChildJob } from '../src/engine/train-child.ts';
import { readData } from './node-search.ts';

const parentImages = 4000;
const inheriting = [125, 250, 500, 1000, 2000, 4000];
const scratch = [1000, 2000, 4000, 8000];

async function main(seeds: number): Promise<void> {
  const made = await createEngine('wasm');
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  const rows: (string | number)[][] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const recipe = { ...presetRecipe('fashion'), seed, imagesDistilled: 100 };
    const loaded = await loadSearchData('fashion', seed, readData);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.reason));
    const { height, width, channels, classes } = loaded.value.train;
    const train = async (job: Omit<ChildJob, 'schedules'>, images: number) => {
      const schedules = childSchedules(
        recipe,
        {
          ownImages: images,
          inheritedImages: 0,
          inherits: job.inheritance !== null,
          rates: null,
          averaging: 0,
        },
        job.randomName,
      );
      const result = await trainChild(made.value, { ...job, schedules }, loaded.value);
      if (!result.ok) throw new Error(JSON.stringify(result.reason));
      return result.value;
    };
    const parent = trivialNetworks({ height, width, channels }, classes)[2]!;
    const name = `inheritance/${seed}`;
    const trained = await train({ architecture: parent, inheritance: null, randomName: name }, parentImages);
    for (const kind of ['exact', 'approximate'] as const) {
      const { chain, child } = childOf(parent, kind, `${name}/${kind}`);
      const inheritance = { parent, parentWeights: trained.weights, chain };
      const add = async (start: 'inherits' | 'scratch', images: number) => {
        const job = { architecture: child, inheritance: start === 'inherits' ? inheritance : null };
        const { evaluation } = await train({ ...job, randomName: `${name}/${kind}/${start}` }, images);
        const operators = chain.map(({ operator }) => operator).join(' ');
        rows.push([
          seed,
          kind,
          operators,
          describe(child),
          trained.evaluation.error,
          start,
          images,
          evaluation.error,
        ]);
      };
      for (const images of inheriting) await add('inherits', images);
      for (const images of scratch) await add('scratch', images);
    }
    console.error(`seed ${seed} done`);
  }
  const header = ['seed', 'kind', 'operators', 'child', 'parent_error', 'start', 'images', 'error'];
  process.stdout.write(csv(header, rows));
}

/** The first drawn chain of that kind: exact, or with at least one approximate operator. */
function childOf(parent: ChildJob['architecture'], kind: 'exact' | 'approximate', name: string) {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const drawn = drawChain(parent, seeded(`${name}/${attempt}`), { min: 1, max: 3 });
    if (drawn.ok && drawn.value.chain.every(isExact) === (kind === 'exact')) return drawn.value;
  }
  throw new Error(`no ${kind} child was drawn`);
}

await main(Number(process.argv[2] ?? 5));
process.exit(0);
