/**
 * Runs a grid of searches (strategies x seeds x data sets) headless and writes run files (the page opens them), CSV
 * files, and a report with figures:
 *   npm run study -- --plan docs/plans/two-cores.json --out out/two-cores [--jobs 2] [--in node|chromium|gpu] [--only report]
 *     [--arms lemonade,random] [--datasets fashion] [--seeds 1,2]
 * In Node processes on the wasm engine (the default), or in Chromium on the built site, through the code a visitor
 * uses, with WebGPU emulated or on a real GPU. With --only report nothing is run. --arms, --datasets and --seeds take a
 * part of the plan, for running and for the report. Every final front is evaluated once on the official test images.
 * Runs already in the folder with the same recipe are not run again, so a study can be cut and gone on with.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { formatRecipe } from '../src/core/search/recipe-parse.ts';
import type { ChildOrder, ChildReply } from './study/child.ts';
import { filterPlan, planSchema, runsOf, type PlannedRun } from './study/plan.ts';
import { writeReport } from './study/report.ts';
import { readRun } from './study/run-file-node.ts';

async function isDone(run: PlannedRun, path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  try {
    return formatRecipe((await readRun(path)).file.recipe) === formatRecipe(run.recipe);
  } catch {
    return false;
  }
}

/** Gives `orders` to `jobs` processes, each its next when it is done. Answers with the failures. */
async function runAll(orders: readonly ChildOrder[], jobs: number): Promise<readonly string[]> {
  const failures: string[] = [];
  const waiting = [...orders];
  const work = async (): Promise<void> => {
    const child = fork(fileURLToPath(new URL('./study/child.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
    });
    for (let order = waiting.shift(); order; order = waiting.shift()) {
      const reply = await ask(child, order);
      console.error(`[${orders.length - waiting.length}/${orders.length}] ${reply.text}`);
      if (!reply.ok) failures.push(`${order.file}: ${reply.text}`);
    }
    child.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(jobs, orders.length) }, work));
  return failures;
}

function ask(child: ChildProcess, order: ChildOrder): Promise<ChildReply> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null) => reject(new Error(`a process of the study ended with code ${code}`));
    child.once('exit', died);
    child.once('message', (reply) => {
      child.off('exit', died);
      resolve(reply as ChildReply);
    });
    child.send(order);
  });
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
    },
  });
  if (!values.plan || !values.out || (values.only !== undefined && values.only !== 'report')) {
    console.error(
      'Usage: npm run study -- --plan FILE --out FOLDER [--jobs 2] [--in node|chromium|gpu] [--only report] [--arms A,B] [--datasets A,B] [--seeds 1,2]',
    );
    return 2;
  }
  const jobs = Number(values.jobs);
  if (!(Number.isInteger(jobs) && jobs >= 1))
    throw new Error(`--jobs ${values.jobs}: give a whole number from 1.`);
  const through = (['node', 'chromium', 'gpu'] as const).find((one) => one === values.in);
  if (!through) throw new Error(`--in ${values.in}: node, chromium or gpu.`);
  const whole = v.parse(planSchema, JSON.parse(await readFile(values.plan, 'utf8')));
  const plan = filterPlan(whole, {
    ...(values.arms === undefined ? {} : { arms: values.arms.split(',') }),
    ...(values.datasets === undefined ? {} : { datasets: values.datasets.split(',') }),
    ...(values.seeds === undefined ? {} : { seeds: values.seeds.split(',') }),
  });
  const folder = values.out;
  await mkdir(folder, { recursive: true });
  const runs = runsOf(plan, through === 'gpu' ? 'webgpu' : 'wasm');
  const orders: ChildOrder[] = [];
  for (const run of runs) {
    const path = join(folder, run.file);
    if (!(await isDone(run, path))) orders.push({ ...run, path, through });
  }
  console.error(`${plan.name}: ${runs.length} runs, ${runs.length - orders.length} already there`);
  const failures = values.only === 'report' ? [] : await runAll(orders, jobs);
  for (const failure of failures) console.error(`Failed: ${failure}`);
  const there = runs.filter(({ file }) => existsSync(join(folder, file)));
  if (there.length > 0) await writeReport(plan, there, runs.length, folder, values.plan);
  return failures.length > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
