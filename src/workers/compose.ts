import type { Architecture } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import type { Morphism } from '../core/morphisms/morphism.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { LearningPoint, NetworkId } from '../core/search/events.ts';
import type { Recipe } from '../core/search/recipe.ts';
import type { BackendReport } from '../engine/engine.ts';
import type { SiteBase, TrainedNetwork } from './protocol.ts';
import { Trainer } from './trainer.ts';

/** One step by hand: what became of network `parent` by `morphism`; no parent for the starting network. */
export interface ComposeJob {
  readonly network: NetworkId;
  readonly architecture: Architecture;
  readonly from: {
    readonly parent: NetworkId;
    readonly architecture: Architecture;
    readonly morphism: Morphism;
  } | null;
  readonly ownImages: number;
}

export interface ComposeReady {
  readonly backend: BackendReport;
  /** Images on which errors are measured. */
  readonly validationImages: number;
}

/** An engine worker that trains what is composed by hand. Weights stay in the worker, by network. */
export interface ComposeApi {
  prepare(recipe: Recipe, site: SiteBase): Promise<Result<ComposeReady>>;
  train(
    job: ComposeJob,
    onProgress: (point: LearningPoint) => void,
  ): Promise<Result<Omit<TrainedNetwork, 'weights' | 'rawWeights'>>>;
  weights(network: NetworkId): Weights | null;
  /** Forgets all weights, for another starting network. */
  clear(): void;
}

/** Trains what is composed by hand exactly as a search trains a child; one at a time. */
export class ComposeTrainer implements ComposeApi {
  readonly #trainer = new Trainer();
  readonly #weights = new Map<NetworkId, Weights>();
  #recipe: Recipe | null = null;

  async prepare(recipe: Recipe, site: SiteBase): Promise<Result<ComposeReady>> {
    this.#recipe = recipe;
    const backend = await this.#trainer.prepare(recipe, site);
    if (!backend.ok) return backend;
    return ok({ backend: backend.value, validationImages: this.#trainer.validationCount });
  }

  async train(
    job: ComposeJob,
    onProgress: (point: LearningPoint) => void,
  ): Promise<Result<Omit<TrainedNetwork, 'weights' | 'rawWeights'>>> {
    if (!this.#recipe) return fail({ code: 'not-prepared' });
    const { network, architecture, ownImages, from } = job;
    const parentWeights = from && this.#weights.get(from.parent);
    if (from && !parentWeights) return fail({ code: 'weights-missing', network: from.parent });
    const inheritance =
      from && parentWeights
        ? { parent: from.architecture, parentWeights, parentAverage: null, chain: [from.morphism] }
        : null;
    const trained = await this.#trainer.train(
      {
        ...{ network, recipe: this.#recipe, inheritance, architecture, ownImages },
        // By hand there is no search whose end is known: every network has a schedule of its own.
        ...{ inheritedImages: 0, rates: null, averaging: 0 },
      },
      onProgress,
    );
    if (!trained.ok) return trained;
    const { weights, rawWeights: _, ...result } = trained.value;
    this.#weights.set(network, weights);
    return ok(result);
  }

  weights(network: NetworkId): Weights | null {
    return this.#weights.get(network) ?? null;
  }

  clear(): void {
    this.#weights.clear();
  }
}
