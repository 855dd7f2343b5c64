/**
 * Runs a grid of searches (strategies x seeds x data sets) headless and writes run files (the page opens them), CSV
 * files, and a report with figures:
 *   npm run study -- --plan docs/plans/fifty-thousand.json --out out/fifty-thousand [--jobs 2] [--in node|dawn|chromium|gpu] [--only report]
 *     [--arms lemonade,random] [--datasets fashion] [--seeds 1,2] [--shard 3/16] [--retrain] [--data FOLDER]
 * In Node processes on the wasm engine (the default) or on the compiled plan on a GPU (dawn), or in Chromium on the
 * built site, through the code a visitor uses, with WebGPU emulated or on a real GPU (gpu). With --only report nothing is run. --arms, --datasets and --seeds take a
 * part of the plan, for running and for the report. --shard takes a part of the runs for one of several machines and
 * writes no report: put what all of them made into one folder, then --only report (docs/studies.md). Every final front is evaluated once on the official test images.
 * With --retrain the architectures of the final fronts are then trained again, as the plan's `retrain` says: from
 * scratch, long, on the whole training part, in Node (on wasm, or on the plan with dawn) whatever the searches ran in; x.retrained.json beside each run.
 * With `"data": "full"` in the plan the whole of MNIST and Fashion-MNIST is read from --data, .cache/data-full by default
 * (scripts/data/full.ts makes it). What is already in the folder, with the same recipe and data, is not done again, so a
 * study can be cut and gone on with.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import type { Recipe } from '../src/core/search/recipe.ts';
import { formatRecipe } from '../src/core/search/recipe-parse.ts';
import { statedDataset } from '../src/datasets/stated.ts';
import { fullFolder, openDataFolder } from './data-folder.ts';
import { ways, type ChildOrder, type Through } from './study/order.ts';
import { filterPlan, planSchema, runsOf, type PlannedRun, type RetrainPlan } from './study/plan.ts';
import { runAll } from './study/pool.ts';
import { writeReport } from './study/report.ts';
import { markShard, missingLines, parseShard, runsOfShard } from './study/shard.ts';
import { readRun } from './study/run-file-node.ts';

/** A recipe as text, whatever engine it names: a run that is there counts, wherever it was made. */
const recipeText = (recipe: Recipe): string => formatRecipe({ ...recipe, backend: 'auto' });

async function isDone(run: PlannedRun, path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  try {
    const { recipe, dataset } = (await readRun(path)).file;
    const { checksum } = await statedDataset(run.recipe.dataset);
    return recipeText(recipe) === recipeText(run.recipe) && dataset.checksum === checksum;
  } catch {
    return false;
  }
}

/** Of the runs that are there and whose seeds the plan trains again. */
function retrainOrders(
  plan: RetrainPlan,
  runs: readonly PlannedRun[],
  folder: string,
  through: Through,
  dataFolder: string | null,
): readonly ChildOrder[] {
  return runs
    .map((run) => ({
      kind: 'retrain' as const,
      run,
      path: join(folder, run.file),
      plan,
      through,
      dataFolder,
    }))
    .filter(({ run, path }) => (plan.seeds?.includes(run.recipe.seed) ?? true) && existsSync(path));
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      plan: { type: 'string' },
      out: { type: 'string' },
      jobs: { type: 'string', default: '2' },
      in: { type: 'string', default: 'node' },
      only: { type: 'string' },
      arms: { type: 'string' },
      datasets: { type: 'string' },
      seeds: { type: 'string' },
      shard: { type: 'string' },
      retrain: { type: 'boolean', default: false },
      data: { type: 'string', default: fullFolder },
    },
  });
  if (!values.plan || !values.out || (values.only !== undefined && values.only !== 'report')) {
    console.error(
      'Usage: npm run study -- --plan FILE --out FOLDER [--jobs 2] [--in node|dawn|chromium|gpu] [--only report] [--arms A,B] [--datasets A,B] [--seeds 1,2] [--shard 3/16] [--retrain] [--data FOLDER]',
    );
    return 2;
  }
  const shard = values.shard === undefined ? null : parseShard(values.shard);
  if (shard && values.only === 'report')
    throw new Error('--shard with --only report: a report is of all shards; leave --shard out.');
  const jobs = Number(values.jobs);
  if (!(Number.isInteger(jobs) && jobs >= 1))
    throw new Error(`--jobs ${values.jobs}: give a whole number from 1.`);
  const through = ways.find((one) => one === values.in);
  if (!through) throw new Error(`--in ${values.in}: ${ways.join(', ')}.`);
  const whole = v.parse(planSchema, JSON.parse(await readFile(values.plan, 'utf8')));
  const plan = filterPlan(whole, {
    ...(values.arms === undefined ? {} : { arms: values.arms.split(',') }),
    ...(values.datasets === undefined ? {} : { datasets: values.datasets.split(',') }),
    ...(values.seeds === undefined ? {} : { seeds: values.seeds.split(',') }),
  });
  const retrain = values.retrain ? plan.retrain : undefined;
  if (values.retrain && !retrain)
    throw new Error('--retrain: the plan does not say how, under "retrain" (at least "images").');
  const folder = values.out;
  await mkdir(folder, { recursive: true });
  const dataFolder = plan.data === 'full' ? values.data : null;
  if (dataFolder !== null && through !== 'node' && through !== 'dawn')
    throw new Error(
      `The plan's data are not those of the site: it runs in Node only, not with --in ${through}.`,
    );
  if (dataFolder !== null) await openDataFolder(dataFolder);
  const planned = runsOf(plan, through === 'gpu' || through === 'dawn' ? 'webgpu' : 'wasm');
  const arms = plan.strategies.length;
  const runs = shard ? runsOfShard(planned, arms, shard) : planned;
  const pathOf = (run: PlannedRun) => join(folder, run.file);
  const failures: string[] = [];
  if (values.only !== 'report') {
    if (shard) await markShard(folder, plan.name, shard, runs);
    const orders: ChildOrder[] = [];
    for (const run of runs)
      if (!(await isDone(run, pathOf(run))))
        orders.push({ kind: 'search', run, path: pathOf(run), through, dataFolder });
    console.error(`${plan.name}: ${runs.length} runs, ${runs.length - orders.length} already there`);
    failures.push(...(await runAll(orders, jobs)));
    if (retrain)
      failures.push(...(await runAll(retrainOrders(retrain, runs, folder, through, dataFolder), jobs)));
  }
  for (const failure of failures) console.error(`Failed: ${failure}`);
  if (shard) {
    console.error(
      `Shard ${shard.number} of ${shard.of}: put the files of all shards into one folder, then: npm run study -- --plan ${values.plan} --out FOLDER --only report`,
    );
    return failures.length > 0 ? 1 : 0;
  }
  const there = runs.filter((run) => existsSync(pathOf(run)));
  const missing = await missingLines(runs, there, arms, folder);
  for (const line of missing) console.error(line);
  if (there.length > 0) await writeReport(plan, there, missing, runs.length, folder, values.plan);
  return failures.length > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
