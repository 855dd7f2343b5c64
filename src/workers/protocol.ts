import type { Architecture } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import type { Morphism } from '../core/morphisms/morphism.ts';
import type { LearningPoint, NetworkId, SearchEvent } from '../core/search/events.ts';
import type { Recipe } from '../core/search/recipe.ts';
import type { ObjectiveValues } from '../core/search/objectives.ts';
import type { Result } from '../core/result.ts';
import type { BackendReport } from '../engine/engine.ts';

/** One child to train: everything a trainer needs, so that a dead trainer's child is simply given to another. */
export interface TrainingJob {
  readonly network: NetworkId;
  readonly recipe: Recipe;
  /** The parent (inheritance) and the chain that leads to the child; null for training from scratch. */
  readonly inheritance: {
    readonly parent: Architecture;
    readonly parentWeights: Weights;
    readonly chain: readonly Morphism[];
  } | null;
  readonly architecture: Architecture;
  readonly ownImages: number;
}

export interface TrainedNetwork {
  readonly network: NetworkId;
  readonly weights: Weights;
  readonly objectives: ObjectiveValues;
  readonly ownImages: number;
  readonly trainSeconds: number;
  readonly distillation?: { readonly before: number; readonly after: number };
  readonly agreement?: { readonly same: number; readonly of: number; readonly maxDifference: number };
}

/** Exposed by trainer.worker.ts over comlink. */
export interface TrainerApi {
  /** Chooses and self-tests the backend and loads the data. */
  prepare(recipe: Recipe, dataBase: string): Promise<Result<BackendReport>>;
  train(job: TrainingJob, onProgress: (point: LearningPoint) => void): Promise<Result<TrainedNetwork>>;
}

/** Exposed by search.worker.ts over comlink. */
export interface SearchApi {
  start(recipe: Recipe, onEvents: (events: readonly SearchEvent[]) => void): Promise<Result<null>>;
  pause(): Promise<void>;
  play(): Promise<void>;
  step(): Promise<void>;
  stop(): Promise<void>;
}
