import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parameterCount } from '../../src/core/architecture/cost.ts';
import { describe } from '../../src/core/architecture/describe.ts';
import { viewOf } from '../../src/core/run-file/fold.ts';
import type { Result } from '../../src/core/result.ts';
import type { DatasetId, Recipe } from '../../src/core/search/recipe.ts';
import { statedDataset } from '../../src/datasets/stated.ts';
import { loadTest, loadTraining } from '../../src/datasets/load.ts';
import type { ImageSet } from '../../src/datasets/types.ts';
import { retrain, type RetrainSettings } from '../../src/engine/retrain.ts';
import { nodeEngine, readData } from '../node-search.ts';
import type { PlannedRun, RetrainPlan } from './plan.ts';
import { isComplete, readRetrained, spreadInSize, writeRetrained, type RetrainedFile } from './retrained.ts';
import { readRun } from './run-file-node.ts';

export interface RetrainOrder {
  readonly run: PlannedRun;
  /** Of the run's file. */
  readonly path: string;
  readonly plan: RetrainPlan;
}

/** What the plan says, and else the run's recipe. */
const settingsOf = (plan: RetrainPlan, recipe: Recipe): RetrainSettings => ({
  images: plan.images,
  batch: plan.batch ?? recipe.batch,
  rate: plan.rate ?? recipe.rate,
  weightDecay: plan.weightDecay ?? recipe.weightDecay,
  augment: plan.augment ?? recipe.augment,
  warmupShare: plan.warmupShare,
});

type Parts = { readonly train: ImageSet; readonly test: ImageSet };
let cached: { readonly id: DatasetId; readonly parts: Parts } | null = null;

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.reason));
  return result.value;
}

async function partsOf(id: DatasetId): Promise<Parts> {
  if (cached?.id !== id) {
    const train = unwrap(await loadTraining(id, readData));
    cached = { id, parts: { train, test: unwrap(await loadTest(id, readData)) } };
  }
  return cached.parts;
}

/** Whether all but the networks is the same: then what is in the file need not be trained again. */
const goesOn = (there: RetrainedFile, fresh: RetrainedFile): boolean =>
  isDeepStrictEqual({ ...there, networks: [] }, fresh);

/**
 * Trains the architectures of a finished run's front again, from scratch and long, on this process's wasm engine, and
 * writes them beside the run one by one; goes on where an earlier call with the same settings and data was cut.
 * Throws where the run has a second data set.
 */
export async function retrainRun({ run, path, plan }: RetrainOrder): Promise<string> {
  const { recipe, label } = run;
  const title = `${recipe.dataset} ${label} seed ${recipe.seed}`;
  if (recipe.secondDataset) throw new Error(`${title}: networks with two heads are not trained again.`);
  const view = viewOf((await readRun(path)).file.events)!;
  const front = view.front.flatMap((id) => {
    const network = view.networks.get(id);
    return network ? [{ ...network, parameters: parameterCount(network.architecture) }] : [];
  });
  const members = spreadInSize(front, plan.members ?? Infinity);
  const { id, checksum, trainCount, testCount } = await statedDataset(recipe.dataset);
  const fresh: RetrainedFile = {
    run: basename(path),
    dataset: { id, checksum, trainCount, testCount },
    seed: recipe.seed,
    settings: settingsOf(plan, recipe),
    validationImages: 0,
    planned: members.map(({ id }) => id),
    networks: [],
  };
  const there = await readRetrained(path);
  let file = there && goesOn(there, fresh) ? there : fresh;
  const before = file.networks.length;
  for (const { id, architecture, parameters } of members) {
    if (file.networks.some(({ network }) => network === id)) continue;
    const engine = await nodeEngine();
    const began = performance.now();
    const name = `${recipe.seed}/retrain/${id}`;
    const trained = await retrain(engine, architecture, await partsOf(recipe.dataset), fresh.settings, name);
    if (!trained.ok && trained.reason.code !== 'diverged')
      throw new Error(`${title}: ${JSON.stringify(trained.reason)}`);
    const outcome = {
      network: id,
      architecture: describe(architecture),
      parameters,
      images: trained.ok ? trained.value.learning.images : fresh.settings.images,
      testError: trained.ok ? trained.value.evaluation.error : null,
      seconds: (performance.now() - began) / 1000,
    };
    file = { ...file, networks: [...file.networks, outcome] };
    await writeRetrained(path, file);
  }
  if (!isComplete(file)) throw new Error(`${title}: ${file.networks.length} of ${members.length} trained`);
  const errors = file.networks.flatMap(({ testError }) => testError ?? []);
  const lowest = errors.length > 0 ? `${(100 * Math.min(...errors)).toFixed(2)} %` : 'none';
  return `${title}: ${file.networks.length - before} of ${members.length} networks trained again, lowest test error ${lowest}`;
}
