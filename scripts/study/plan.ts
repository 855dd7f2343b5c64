import * as v from 'valibot';
import { parseRecipe } from '../../src/core/search/recipe-parse.ts';
import { shippedIds, strategyKeys, type Recipe } from '../../src/core/search/recipe.ts';
import { retrainWarmupShare } from '../../src/engine/retrain.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const positive = v.pipe(v.number(), v.gtValue(0));
const values = v.record(v.string(), v.union([v.string(), v.number()]));

const arm = v.union([
  v.picklist(strategyKeys),
  v.strictObject({
    /** Names the arm in files and figures. */
    label: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
    strategy: v.picklist(strategyKeys),
    recipe: v.optional(values, {}),
  }),
]);

/** Training the architectures of final fronts again; values that are not given are those of each run's recipe. */
const retrain = v.strictObject({
  /** Images that each network sees. */
  images: count,
  batch: v.optional(count),
  rate: v.optional(positive),
  weightDecay: v.optional(v.pipe(v.number(), v.minValue(0))),
  augment: v.optional(v.picklist(['none', 'shift', 'shift-flip'])),
  /** Share of the images over which the rate rises. */
  warmupShare: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), retrainWarmupShare),
  /** At most this many members of a front, spread evenly in log size; all where it is not given. */
  members: v.optional(count),
  /** Of the plan's seeds; all where it is not given. */
  seeds: v.optional(v.array(v.pipe(v.number(), v.integer()))),
});

/** A grid of searches: strategies (or arms: a strategy with settings of its own) x seeds x data sets. */
export const planSchema = v.strictObject({
  name: v.string(),
  note: v.optional(v.string(), ''),
  /** What the study is to show, written down before it runs; printed in the report. */
  hypotheses: v.optional(v.array(v.string()), []),
  /** `full`: the whole of MNIST and Fashion-MNIST, made by scripts/data/full.ts, in the place of the site's samples. */
  data: v.optional(v.picklist(['shipped', 'full']), 'shipped'),
  datasets: v.array(v.picklist(shippedIds)),
  seeds: v.array(v.pipe(v.number(), v.integer())),
  strategies: v.array(arm),
  /** Recipe values of all runs, as in the page's address. */
  recipe: v.optional(values, {}),
  perDataset: v.optional(v.record(v.picklist(shippedIds), v.optional(values)), {}),
  retrain: v.optional(retrain),
});

export type Plan = v.InferOutput<typeof planSchema>;

export type RetrainPlan = v.InferOutput<typeof retrain>;

export interface PlannedRun {
  readonly label: string;
  readonly recipe: Recipe;
  /** File name of its run, gzipped JSON. */
  readonly file: string;
}

/** All runs of a plan, seed by seed, so that a study cut short has the same seeds everywhere. Throws on bad values. */
export function runsOf(plan: Plan, backend: 'wasm' | 'webgpu'): readonly PlannedRun[] {
  return plan.seeds.flatMap((seed) =>
    plan.datasets.flatMap((dataset) =>
      plan.strategies.map((entry): PlannedRun => {
        const own = typeof entry === 'string' ? { label: entry, strategy: entry, recipe: {} } : entry;
        const text = { ...plan.recipe, ...plan.perDataset[dataset], ...own.recipe };
        const query = new URLSearchParams(
          Object.entries({ ...text, backend, dataset, seed, strategy: own.strategy }).map(([key, value]) => [
            key,
            String(value),
          ]),
        );
        const { recipe, problems } = parseRecipe(query.toString());
        if (problems.length > 0)
          throw new Error(problems.map((problem) => JSON.stringify(problem)).join(' '));
        return { label: own.label, recipe, file: `${dataset}-${own.label}-${seed}.json.gz` };
      }),
    ),
  );
}

/** What of a plan is wanted; all where a list is not given. */
export interface PlanFilter {
  readonly arms?: readonly string[];
  readonly datasets?: readonly string[];
  readonly seeds?: readonly string[];
}

/** The part of `plan` that `filter` names. Throws Error on names that the plan does not have. */
export function filterPlan(plan: Plan, filter: PlanFilter): Plan {
  const pick = <T>(all: readonly T[], nameOf: (one: T) => string, wanted: readonly string[] | undefined) => {
    const names = all.map(nameOf);
    const unknown = wanted?.find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw new Error(`"${unknown}" is not in the plan; it has ${names.join(', ')}.`);
    return all.filter((one) => wanted?.includes(nameOf(one)) ?? true);
  };
  return {
    ...plan,
    strategies: pick(plan.strategies, (one) => (typeof one === 'string' ? one : one.label), filter.arms),
    datasets: pick(plan.datasets, (one) => one, filter.datasets),
    seeds: pick(plan.seeds, String, filter.seeds),
  };
}
