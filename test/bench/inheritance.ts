import { readFile } from 'node:fs/promises';
import { trivialNetworks } from '../../src/core/architecture/starting-networks.ts';
import { drawChain } from '../../src/core/morphisms/catalog.ts';
import { seeded } from '../../src/core/random.ts';
import { catalog } from '../../src/datasets/catalog.ts';
import { loadSearchData } from '../../src/datasets/load.ts';
import { createEngine } from '../../src/engine/device.ts';
import type { TrainingSchedule } from '../../src/engine/engine.ts';
import { trainChild, type ChildJob } from '../../src/engine/train-child.ts';

/**
 * What inheritance is worth: for several seeds, a child (1 to 3 random operators) that inherits from a parent trained
 * on `parentImages`, against the same child from scratch, by images of its own. Fashion-MNIST, wasm, in Node.
 * npx tsx test/bench/inheritance.ts [seeds]
 */
const parentImages = 8000;
const inheriting = [500, 1000, 2000, 4000];
const scratch = [500, 1000, 2000, 4000, 8000, 16_000];

async function main(seeds: number): Promise<void> {
  const read = async (path: string) =>
    new Uint8Array(await readFile(new URL(`../../public/data/${path}`, import.meta.url))).buffer;
  const loaded = await loadSearchData('fashion', 1, read);
  const made = await createEngine('wasm');
  if (!loaded.ok || !made.ok) throw new Error('cannot start');
  const { height, width, channels, classes } = catalog.fashion;
  const parent = trivialNetworks({ height, width, channels }, classes.length)[2]!;
  const errorOf = async (job: Omit<ChildJob, 'schedules'>, images: number) => {
    const train: TrainingSchedule = {
      ...{ images, batch: 16, rate: 0.1, warmup: images / 10, momentum: 0.9, weightDecay: 5e-4 },
      ...{ augment: 'none' as const, randomName: `${job.randomName}/train` },
    };
    const distill = { ...train, images: 1000, warmup: 100, weightDecay: 0 };
    const result = await trainChild(made.value, { ...job, schedules: { train, distill } }, loaded.value);
    if (!result.ok) throw new Error(JSON.stringify(result.reason));
    return result.value;
  };
  const percent = (error: number) => (100 * error).toFixed(1).padStart(7);
  console.log('validation error (%) after own images, Fashion-MNIST');
  console.log(
    `seed  parent  inherits ${inheriting.join('  ')}  |  from scratch ${scratch.join('  ')}  | operators`,
  );
  for (let seed = 1; seed <= seeds; seed++) {
    const trained = await errorOf(
      { architecture: parent, inheritance: null, randomName: `${seed}/p` },
      parentImages,
    );
    const drawn = drawChain(parent, seeded(`${seed}/chain`), { min: 1, max: 3 });
    if (!drawn.ok) continue;
    const { chain, child } = drawn.value;
    const inheritance = { parent, parentWeights: trained.weights, chain };
    const row = [String(seed).padStart(4), percent(trained.evaluation.error), ' '];
    for (const images of inheriting) {
      const job = { architecture: child, inheritance, randomName: `${seed}/i` };
      row.push(percent((await errorOf(job, images)).evaluation.error));
    }
    row.push('  |');
    for (const images of scratch) {
      const job = { architecture: child, inheritance: null, randomName: `${seed}/s` };
      row.push(percent((await errorOf(job, images)).evaluation.error));
    }
    console.log(row.join(''), ' |', chain.map(({ operator }) => operator).join(', '));
  }
}

await main(Number(process.argv[2] ?? 5));
