import { readFile } from 'node:fs/promises';
import type { Architecture } from '../src/core/architecture/types.ts';
import type { Weights } from '../src/core/architecture/weights.ts';
import type { NetworkId, SearchEvent } from '../src/core/search/events.ts';
import { proposalProblem } from '../src/core/search/proposal-problem.ts';
import { startingNetworksOf } from '../src/core/search/spaces.ts';
import type { DatasetId, Recipe } from '../src/core/search/recipe.ts';
import { factsOf } from '../src/datasets/catalog.ts';
import { loadTest } from '../src/datasets/load.ts';
import { loadTaskData } from '../src/datasets/tasks.ts';
import type { ImageSet } from '../src/datasets/types.ts';
import { createEngine } from '../src/engine/device.ts';
import type { Engine } from '../src/engine/engine.ts';
import type { ChildData } from '../src/engine/heads.ts';
import type { TrainingJob } from '../src/workers/protocol.ts';
import { SearchRunner, type KeptWeights, type RunnerWorld } from '../src/workers/search-runner.ts';
import { trainJob } from '../src/workers/train-job.ts';
import { placeOf } from './data-folder.ts';

/** Reads a file of public/data as the site would serve it, or of a data folder that was opened. */
export async function readData(path: string): Promise<ArrayBuffer> {
  const bytes = await readFile(placeOf(path));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

export interface NodeSearchOptions {
  /** The log and weights of a run to go on with. */
  readonly resume?: {
    readonly events: readonly SearchEvent[];
    readonly weights: ReadonlyMap<NetworkId, KeptWeights>;
  };
  readonly onEvent?: (event: SearchEvent) => void;
  /** In what order jobs given at once are trained: whole runs must not depend on it. */
  readonly reverse?: boolean;
}

/** One engine a process: what a worker has. */
let shared: ReturnType<typeof createEngine> | null = null;
let kind: 'wasm' | 'webgpu' = 'wasm';

/** From here on this process computes on the compiled plan, on Dawn's GPU. Before the first engine is made. */
export async function useDawn(): Promise<void> {
  if (kind === 'webgpu') return;
  if (shared) throw new Error('This process has an engine already.');
  const { installDawn } = await import('./dawn.ts');
  installDawn();
  kind = 'webgpu';
}

/** Data of the last task: runs of one data set and seed often follow one another. */
let cached: { readonly key: string; readonly data: ChildData } | null = null;

async function dataOf(recipe: Recipe): Promise<ChildData> {
  const key = `${recipe.dataset}/${recipe.secondDataset}/${recipe.seed}`;
  if (cached?.key === key) return cached.data;
  const loaded = await loadTaskData(recipe, readData);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.reason));
  cached = { key, data: loaded.value };
  return loaded.value;
}

/** This process's engine: on wasm, or on the plan after `useDawn`. Throws where that cannot be had. */
export async function nodeEngine(): Promise<Engine> {
  shared ??= createEngine(kind, {
    plan: async () => (await import('../src/engine/webgpu/plan-engine.ts')).createPlanEngine,
  });
  const engine = await shared;
  if (!engine.ok) throw new Error(JSON.stringify(engine.reason));
  const { report } = engine.value;
  if (report.kind !== kind) throw new Error(`${kind}: ${JSON.stringify(report.passedOver)}`);
  return engine.value;
}

/** The engine's report: what a run file says of the device. */
export const nodeBackend = async () => (await nodeEngine()).report;

/** A whole search in this process, on its real engine and data, without workers. */
export async function searchInNode(recipe: Recipe, options: NodeSearchOptions = {}) {
  const engine = await nodeEngine();
  const data = await dataOf(recipe);
  const events: SearchEvent[] = [...(options.resume?.events ?? [])];
  const kept = new Map<NetworkId, KeptWeights>(options.resume?.weights ?? []);
  const began = performance.now();

  const trainNow = (job: TrainingJob, onProgress: Parameters<RunnerWorld['train']>[1]) =>
    trainJob(engine, data, job, { onProgress });
  let queue: Promise<unknown> = Promise.resolve();
  const waiting: (() => Promise<unknown>)[] = [];
  const drain = () => {
    const next = options.reverse ? waiting.pop() : waiting.shift();
    return next ? next() : Promise.resolve();
  };
  const world: RunnerWorld = {
    problem: proposalProblem(recipe.space),
    train: (job, onProgress) =>
      new Promise((resolve) => {
        waiting.push(() => trainNow(job, onProgress).then(resolve));
        queue = queue.then(() => new Promise((next) => setTimeout(next))).then(drain);
      }),
    measure: () => Promise.resolve(null),
    log: (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
    keepWeights: async (network, own) => void kept.set(network, own),
    findWeights: async (network) => kept.get(network) ?? null,
    seconds: () => (performance.now() - began) / 1000,
    gate: () => Promise.resolve(),
  };
  const { height, width, channels, classes } = data.train;
  const shape = { height, width, channels };
  const secondClasses = recipe.secondDataset ? factsOf(recipe.secondDataset).classes.length : undefined;
  const second = secondClasses === undefined ? {} : { secondClasses };
  const facts = { ...shape, classes, ...second };
  const seeds = startingNetworksOf(recipe, facts).map((architecture) => ({
    architecture,
    origin: 'trivial' as const,
  }));
  const runner = options.resume
    ? SearchRunner.resume(options.resume.events, world)
    : SearchRunner.begin(recipe, facts, seeds, world);
  const ended = await runner.run();
  const weights = new Map([...kept].map(([id, { evaluated }]) => [id, evaluated] as const));
  return { events, weights, kept, state: runner.state, ended };
}

let cachedTest: { readonly dataset: DatasetId; readonly images: ImageSet } | null = null;

/** Error of each network on the official test images of `dataset`, which no search loads, on this process's engine. */
export async function testErrorsInNode(
  dataset: DatasetId,
  networks: readonly {
    readonly id: NetworkId;
    readonly architecture: Architecture;
    readonly weights: Weights;
  }[],
): Promise<ReadonlyMap<NetworkId, number>> {
  const engine = await nodeEngine();
  if (cachedTest?.dataset !== dataset) {
    const loaded = await loadTest(dataset, readData);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.reason));
    cachedTest = { dataset, images: loaded.value };
  }
  const errors = new Map<NetworkId, number>();
  for (const { id, architecture, weights } of networks) {
    const network = engine.network(architecture, weights);
    try {
      errors.set(id, (await network.evaluate(cachedTest.images)).error);
    } finally {
      network.dispose();
      engine.purge();
    }
  }
  return errors;
}
