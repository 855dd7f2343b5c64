import { addAll } from '../core/add-all.ts';
import type { Architecture } from '../core/architecture/types.ts';
import { seeded } from '../core/random.ts';
import type { ShippedId } from '../core/search/recipe.ts';
import {
  ChildPool,
  sampleGeneration,
  sized,
  untrainedPopulation,
  type TwoStage,
  type TwoStageOptions,
} from '../core/search/two-stage.ts';
import { catalog } from '../datasets/catalog.ts';

/** Sizes of accepted children of both arms so far. */
export interface ManyDraws {
  readonly density: readonly number[];
  readonly uniform: readonly number[];
}

/** Exposed by sampling.worker.ts: two-stage sampling with real operators, nothing trained. */
export interface SamplingApi {
  /** Parameters of a population of `count` made from the starting networks of `dataset`. */
  populate(dataset: ShippedId, count: number, seed: number): readonly number[];
  /** Takes the networks of a run as the population; their parameters. */
  take(architectures: readonly Architecture[], seed: number): readonly number[];
  /** Generation number `turn` of the population; the same turn gives the same draw. */
  generation(options: TwoStageOptions, seed: number, turn: number): TwoStage;
  /**
   * Generations of the unchanged population until `wanted` children are accepted in each arm. `onPart` is called
   * every few generations; a later call of any method ends an earlier one, which then gives null.
   */
  many(
    options: Omit<TwoStageOptions, 'uniform'>,
    seed: number,
    wanted: number,
    onPart: (part: ManyDraws) => void,
  ): Promise<ManyDraws | null>;
}

/** Milliseconds of work between two parts. */
const partEvery = 120;
const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

export class Sampling implements SamplingApi {
  #pool = new ChildPool([], '');
  #call = 0;

  populate(dataset: ShippedId, count: number, seed: number): readonly number[] {
    const { height, width, channels, classes } = catalog[dataset];
    const random = seeded(`${seed}/population`);
    return this.#use(untrainedPopulation({ height, width, channels }, classes.length, count, random), seed);
  }

  take(architectures: readonly Architecture[], seed: number): readonly number[] {
    return this.#use(architectures.map(sized), seed);
  }

  #use(population: ChildPool['population'], seed: number): readonly number[] {
    this.#call++;
    this.#pool = new ChildPool(population, `${seed}/children`);
    return population.map(({ parameters }) => parameters);
  }

  generation(options: TwoStageOptions, seed: number, turn: number): TwoStage {
    return sampleGeneration(this.#pool, options, seeded(`${seed}/turn/${turn}`));
  }

  async many(
    options: Omit<TwoStageOptions, 'uniform'>,
    seed: number,
    wanted: number,
    onPart: (part: ManyDraws) => void,
  ): Promise<ManyDraws | null> {
    const call = ++this.#call;
    const pool = this.#pool;
    const arms = { density: [] as number[], uniform: [] as number[] };
    // A population that offers nothing new would never reach the number wanted.
    const most = 4 * Math.ceil(wanted / options.accepted);
    let last = performance.now();
    for (let turn = 0; turn < most; turn++) {
      for (const arm of ['density', 'uniform'] as const) {
        const random = seeded(`${seed}/many/${turn}/${arm}`);
        const drawn = sampleGeneration(pool, { ...options, uniform: arm === 'uniform' }, random);
        const sizes = drawn.accepted.map((index) => drawn.children[index]!.parameters);
        addAll(arms[arm], sizes.slice(0, wanted - arms[arm].length));
      }
      if (arms.density.length >= wanted && arms.uniform.length >= wanted) break;
      if (performance.now() - last < partEvery) continue;
      onPart({ density: [...arms.density], uniform: [...arms.uniform] });
      await pause();
      if (call !== this.#call) return null;
      last = performance.now();
    }
    return arms;
  }
}
