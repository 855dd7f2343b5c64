import { parameterCount } from '../core/architecture/cost.ts';
import { deepNetworks } from '../core/architecture/starting-networks.ts';
import { pathOf } from '../core/architecture/supernet.ts';
import { supernet } from '../core/architecture/supernets.ts';
import type { Architecture } from '../core/architecture/types.ts';
import { drawChain } from '../core/morphisms/catalog.ts';
import type { Morphism } from '../core/morphisms/morphism.ts';
import { seeded } from '../core/random.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { LearningPoint } from '../core/search/events.ts';
import type { Engine, TrainingSchedule } from './engine.ts';
import type { ChildData } from './heads.ts';
import { trainChild, type ChildJob, type TrainedChild } from './train-child.ts';

/*
 * The experiment of the lesson "Shared or inherited?": networks that share weights in a supernet, and children that
 * inherit theirs, against the same networks trained alone. All sizes and budgets are [ours].
 */

/** Images that each training of the lesson sees. */
export interface SharingBudget {
  readonly supernet: number;
  /** Of a network trained alone. */
  readonly alone: number;
  readonly parent: number;
  /** Of a child, after what it inherits. */
  readonly child: number;
  readonly width: number;
}

export const lessonBudget: SharingBudget = {
  supernet: 32_000,
  alone: 6000,
  parent: 6000,
  child: 600,
  width: 6,
};

/** Rates that were best for each (docs/evidence/tuning.csv). */
const rates = { supernet: 0.05, alone: 0.2, child: 0.1 } as const;

export interface OtherError {
  readonly parameters: number;
  /** On the validation images, a share from 0 to 1. */
  readonly error: number;
}

/** Trains, shares and inherits on one engine; everything follows from the seed. */
export class WeightSharing {
  readonly #engine: Engine;
  readonly #data: ChildData;
  readonly #seed: string;
  readonly #budget: SharingBudget;
  readonly #supernet: Architecture;
  readonly #parent: Architecture;
  #shared: TrainedChild | null = null;
  #trainedParent: TrainedChild | null = null;

  constructor(engine: Engine, data: ChildData, seed: number, budget: SharingBudget = lessonBudget) {
    this.#engine = engine;
    this.#data = data;
    this.#seed = `weight-sharing/${seed}`;
    this.#budget = budget;
    const { height, width, channels, classes } = data.train;
    const shape = { height, width, channels };
    this.#supernet = supernet(shape, classes, budget.width);
    this.#parent = deepNetworks(shape, classes)[1]!;
  }

  /** Parameters of all paths together. */
  get supernetParameters(): number {
    return parameterCount(this.#supernet);
  }

  /** Trains the supernet, one path a batch. */
  async trainSupernet(onProgress: (point: LearningPoint) => void): Promise<Result<OtherError>> {
    const trained = await this.#train(
      { architecture: this.#supernet, inheritance: null, isSupernet: true },
      this.#schedule('supernet', this.#budget.supernet, rates.supernet),
      onProgress,
    );
    if (trained.ok) this.#shared = trained.value;
    return this.#errorOf(this.#supernet, trained);
  }

  /** Error of path 0 .. 255 with the shared weights as they are, its BN statistics computed anew. */
  async withSharedWeights(path: number): Promise<Result<OtherError>> {
    const shared = this.#shared;
    if (!shared) return fail({ code: 'not-prepared' });
    const { network: architecture } = pathOf(this.#supernet, path);
    return this.#errorOf(
      architecture,
      await this.#train(
        {
          architecture,
          inheritance: {
            parent: this.#supernet,
            parentWeights: shared.rawWeights ?? shared.weights,
            parentAverage: shared.weights,
            chain: [{ operator: 'remove', variant: 'path', path }],
          },
        },
        this.#schedule(`path/${path}`, 0, rates.alone),
      ),
    );
  }

  /** Error of the same network trained alone, from scratch; time 0, 1, ... from other initial weights. */
  async alone(path: number, time: number): Promise<Result<OtherError>> {
    return this.#alone(pathOf(this.#supernet, path).network, `alone/${path}/${time}`);
  }

  /** Trains the parent of all children. */
  async trainParent(onProgress: (point: LearningPoint) => void): Promise<Result<OtherError>> {
    const trained = await this.#train(
      { architecture: this.#parent, inheritance: null },
      this.#schedule('parent', this.#budget.parent, rates.alone),
      onProgress,
    );
    if (trained.ok) this.#trainedParent = trained.value;
    return this.#errorOf(this.#parent, trained);
  }

  /** Error of child `index` (0, 1, ...) that inherits and is trained a little, as in a search. */
  async child(index: number): Promise<Result<OtherError>> {
    const parent = this.#trainedParent;
    if (!parent) return fail({ code: 'not-prepared' });
    const { architecture, chain } = this.#childOf(index);
    return this.#errorOf(
      architecture,
      await this.#train(
        {
          architecture,
          inheritance: {
            parent: this.#parent,
            parentWeights: parent.rawWeights ?? parent.weights,
            parentAverage: parent.weights,
            chain,
          },
        },
        this.#schedule(`child/${index}`, this.#budget.child, rates.child),
      ),
    );
  }

  /** Error of the same child trained alone, from scratch; time 0, 1, ... from other initial weights. */
  async childAlone(index: number, time: number): Promise<Result<OtherError>> {
    return this.#alone(this.#childOf(index).architecture, `child-alone/${index}/${time}`);
  }

  #childOf(index: number): { readonly architecture: Architecture; readonly chain: readonly Morphism[] } {
    const random = seeded(`${this.#seed}/morphisms/${index}`);
    for (;;) {
      const drawn = drawChain(this.#parent, random, { min: 1, max: 3 });
      if (drawn.ok) return { architecture: drawn.value.child, chain: drawn.value.chain };
    }
  }

  async #alone(architecture: Architecture, name: string): Promise<Result<OtherError>> {
    const schedule = this.#schedule(name, this.#budget.alone, rates.alone);
    return this.#errorOf(architecture, await this.#train({ architecture, inheritance: null }, schedule));
  }

  #train(
    job: Omit<ChildJob, 'schedules' | 'randomName'>,
    train: TrainingSchedule,
    onProgress?: (point: LearningPoint) => void,
  ): Promise<Result<TrainedChild>> {
    const { averaging: _, ...plain } = train;
    const distill = { ...plain, images: Math.min(100, train.images >> 1), weightDecay: 0 };
    const whole = { ...job, schedules: { train, distill }, randomName: train.randomName };
    return trainChild(this.#engine, whole, this.#data, onProgress ? { onProgress } : {});
  }

  #schedule(name: string, images: number, rate: number): TrainingSchedule {
    return {
      ...{ images, batch: 8, rate, lastRate: 0, decay: 'linear', momentum: 0.9, weightDecay: 5e-4 },
      ...{ warmup: Math.round(images / 10), augment: 'none', randomName: `${this.#seed}/${name}` },
      averaging: { power: 8, imagesBefore: 0, from: null },
    };
  }

  #errorOf(architecture: Architecture, trained: Result<TrainedChild>): Result<OtherError> {
    if (!trained.ok) return trained;
    return ok({ parameters: parameterCount(architecture), error: trained.value.evaluation.error });
  }
}
