import type { Architecture } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import type { LearningPoint, NetworkId, SearchEvent } from '../core/search/events.ts';
import type { Job } from '../core/search/jobs.ts';
import type { TrainingResult } from '../core/search/loop.ts';
import type { DatasetId, Recipe } from '../core/search/recipe.ts';
import type { HeadFacts } from '../core/export/portable.ts';
import type { Failure } from '../core/failure.ts';
import type { Result } from '../core/result.ts';
import type { StorageFailure } from '../storage/attempt.ts';
import type { BackendReport } from '../engine/engine.ts';
import type { InferenceTime } from '../engine/inference-time.ts';
import type { Inheritance } from '../engine/train-child.ts';
import type { DeviceFile, DeviceKind } from './device-files.ts';

/** Where static files lie, absolute and ending in a slash: data sets and WASM binaries come from here. */
export type SiteBase = string;

/** One child to train: everything a trainer needs, so that a dead trainer's child is simply given to another. */
export interface TrainingJob extends Omit<Job, 'parent' | 'inherits' | 'chain'> {
  readonly recipe: Recipe;
  /** Null for training from scratch. */
  readonly inheritance: Inheritance | null;
}

export interface TrainedNetwork extends TrainingResult {
  /** Those evaluated. */
  readonly weights: Weights;
  /** Those that children inherit; null where they are the evaluated ones. */
  readonly rawWeights: Weights | null;
  readonly forwardEquivalents: number;
}

/** Errors on the validation images, and how many these are: no two different errors are closer than one of them. */
export interface MeasuredErrors {
  readonly error: number;
  readonly secondError?: number;
  readonly images: number;
}

/** An engine worker in the role of a trainer. */
export interface TrainerApi {
  /** Chooses and self-tests the backend and loads the data. */
  prepare(recipe: Recipe, site: SiteBase): Promise<Result<BackendReport>>;
  train(job: TrainingJob, onProgress: (point: LearningPoint) => void): Promise<Result<TrainedNetwork>>;
  /** Ends the training in hand, if there is one, with 'aborted'. */
  cancel(): void;
  /** Errors of a network as it is: what another device claims, measured here. */
  evaluate(network: AskedNetwork): Promise<Result<MeasuredErrors>>;
  /** Median seconds of one forward pass on this device, after warm-up. */
  measureInference(architecture: Architecture, batch: number): Promise<Result<number>>;
  /** Images per second of training on a small fixed network: the base of the page's estimates. */
  benchmark(): Promise<Result<number>>;
  pause(): void;
  resume(): void;
}

/** What the search worker tells the page besides the log. Each has one sentence and one action on the screen. */
export type SearchStatus =
  | { readonly kind: 'preparing' }
  | {
      readonly kind: 'ready';
      readonly backend: BackendReport;
      readonly workers: number;
      /** Images per second of one trainer, by TrainerApi.benchmark; else why they could not be measured. */
      readonly speed: Result<number>;
    }
  | { readonly kind: 'running' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'trainer-restarted'; readonly reason: Failure; readonly network: NetworkId }
  /** Null: what could not be written before is now. */
  | { readonly kind: 'storage'; readonly failure: StorageFailure | null }
  /** A network whose weights were lost was trained once more, from scratch. */
  | { readonly kind: 'trained-again'; readonly network: NetworkId }
  | { readonly kind: 'failed'; readonly reason: Failure }
  | { readonly kind: 'finished' };

export interface SearchRequest {
  readonly recipe: Recipe;
  readonly site: SiteBase;
  readonly name: string;
  /** A stored run to go on with; its log and weights are read from the store. */
  readonly resume?: string;
  /** Takes that run from another tab that goes on with it. */
  readonly takeOver?: boolean;
  /** The log so far of a run opened from a file, cut at the generation to go on from; parents whose weights are not given are trained again from scratch. */
  readonly fork?: {
    readonly events: readonly SearchEvent[];
    readonly weights: readonly (readonly [NetworkId, Weights])[];
    readonly origin: string;
  };
  /** A starting network of one's own, besides (or instead of) the trivial ones. */
  readonly startingNetwork?: Architecture;
}

export interface SearchListener {
  /** Each call brings the events since the last one; `first` is the index of the first in the log. */
  events(first: number, events: readonly SearchEvent[]): void;
  status(status: SearchStatus): void;
}

/** Exposed by search.worker.ts. */
export interface SearchApi {
  /** Prepares trainers, then waits for play(). Answers with the id under which the run is stored. */
  open(
    request: SearchRequest,
    events: SearchListener['events'],
    status: SearchListener['status'],
  ): Promise<Result<string>>;
  play(): void;
  pause(): void;
  /** Plays until the end of the generation or of the next child, then pauses. */
  step(unit: 'generation' | 'child'): void;
  /** Ends the run after the children now in training are dropped; what was evaluated stays. */
  stop(): Promise<void>;
  /** Other devices lend it their trainers: a port to the page's side of them (lending/report.ts). */
  lendDevices(port: MessagePort): void;
  /** Weights of an evaluated network of this run, or null. */
  weights(network: NetworkId): Promise<Weights | null>;
}

/** A network to ask: its architecture and weights. */
export interface AskedNetwork {
  readonly architecture: Architecture;
  readonly weights: Weights;
}

export interface NetworkDetails {
  readonly classes: readonly string[];
  /** counts[actual][answered] over the images of that part. */
  readonly confusion: readonly (readonly number[])[];
  /** Up to 24 wrongly answered ones of them, the surest first. */
  readonly mistakes: readonly {
    readonly image: Uint8Array<ArrayBuffer>;
    readonly actual: number;
    readonly answered: number;
    readonly probability: number;
  }[];
}

/** Inputs of a prediction: images as the data set has them, uint8 [count, height, width, channels]. */
export interface Prediction {
  /** float32 [count, classes]. */
  readonly logits: Float32Array;
  readonly probabilities: Float32Array;
}

/** What a file for small devices says of its network, and the run whose second data set a second head knows. */
export interface DeviceRequest {
  readonly name: string;
  readonly facts: HeadFacts;
  readonly recipe: Pick<Recipe, 'dataset' | 'secondDataset' | 'seed'>;
  readonly site: SiteBase;
}

/**
 * An engine worker that answers questions about trained networks, apart from the search's trainers. A network is sent
 * once, by `keep`; questions name its id.
 */
export interface AskApi {
  prepare(
    dataset: DatasetId,
    seed: number,
    backend: Recipe['backend'],
    site: SiteBase,
  ): Promise<Result<BackendReport>>;
  /** Makes a network known under `id`; another one of that id is forgotten. */
  keep(id: number, network: AskedNetwork): void;
  predict(id: number, images: Uint8Array): Promise<Result<Prediction>>;
  /** Over the validation images, or over the test images: a finished network has learned from the others. */
  details(id: number, part: 'validation' | 'test'): Promise<Result<NetworkDetails>>;
  /** Error on the official test part: used once, on demand, for members of a final front. */
  testError(id: number): Promise<Result<number>>;
  /** Time of a forward pass of one image and of 64 on this device; measured once per architecture. */
  inferenceTimes(id: number): Promise<Result<readonly InferenceTime[]>>;
  /** Validation images `start` .. `start + count - 1` with their labels. */
  validationImages(
    start: number,
    count: number,
  ): Promise<Result<{ images: Uint8Array<ArrayBuffer>; labels: Uint8Array<ArrayBuffer> }>>;
  /** Test images, to pick one from. */
  testImages(
    start: number,
    count: number,
  ): Promise<Result<{ images: Uint8Array<ArrayBuffer>; labels: Uint8Array<ArrayBuffer> }>>;
  /** What the second head of this recipe's networks says of its data set, as it is fitted to the first's images. */
  secondHead(
    recipe: Pick<Recipe, 'dataset' | 'secondDataset' | 'seed'>,
    site: SiteBase,
  ): Promise<Result<HeadFacts>>;
  /** The network as a file for small devices, one a head; integers are calibrated on training images and measured. */
  deviceFiles(id: number, kind: DeviceKind, request: DeviceRequest): Promise<Result<readonly DeviceFile[]>>;
  /** Validation error of the network on this device now: a shared run's claim, checked. */
  validationError(id: number): Promise<Result<number>>;
}
