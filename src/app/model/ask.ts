import type { Architecture } from '../../core/architecture/types.ts';
import type { CardFacts } from '../../core/export/model-card.ts';
import type { HeadFacts } from '../../core/export/portable.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import type { Result } from '../../core/result.ts';
import type { DatasetFacts } from '../../datasets/types.ts';
import type { InferenceTime } from '../../engine/inference-time.ts';
import type { DeviceFile, DeviceKind } from '../../workers/device-files.ts';
import type { DeviceRequest, NetworkDetails, Prediction } from '../../workers/protocol.ts';

export interface LabelledImages {
  /** uint8 [count, height, width, channels]. */
  readonly images: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** Whose weights are asked: a network's as it was found by its id; those its finishing left by the negative of it. */
export type AskedId = number;

/** Which images: `validation` drives the search; `test` is the official test part, to pick single images from. */
export type ImagePart = 'validation' | 'test';

/** Asks one network about images, uint8 [count, height, width, channels] as the data set has them. */
export type Predict = (network: AskedId, images: Uint8Array<ArrayBuffer>) => Promise<Result<Prediction>>;

/** Everything this pane asks about trained networks; answered by workers. Failures are sentences for the user. */
export interface NetworkAsk {
  readonly facts: DatasetFacts;
  readonly predict: Predict;
  images(part: ImagePart, start: number, count: number): Promise<Result<LabelledImages>>;
  /** Confusion matrix and wrong answers over the validation images; of finished weights over the test images. */
  details(network: AskedId): Promise<Result<NetworkDetails>>;
  /** Error on the official test images. Asked only when the user does, once a network. */
  testError(network: AskedId): Promise<Result<number>>;
  /** Time of a forward pass of one image and of 64 on this device. */
  inferenceTimes(network: AskedId): Promise<Result<readonly InferenceTime[]>>;
  /** The second head's classes and normalisation; null where the run has one data set. */
  secondHead(): Promise<Result<HeadFacts | null>>;
  /** The network as a file for small devices, one a head; `about` is what it says of itself. */
  deviceFiles(
    network: AskedId,
    kind: DeviceKind,
    about: Pick<DeviceRequest, 'name' | 'facts'>,
  ): Promise<Result<readonly DeviceFile[]>>;
  /** What its model card says; null where this run has no such network. */
  card(network: AskedId): Promise<CardFacts | null>;
  /** Null where this run holds no weights of that network. */
  weights(network: AskedId): Promise<Weights | null>;
}

/** A network that answers in Try it. */
export interface Contender {
  readonly id: AskedId;
  /** For example "The smallest". */
  readonly label: string;
  /** For example "922 parameters, 10.6 % error". */
  readonly note?: string;
  /** Draws a small picture of it beside its answer, where there is room. */
  readonly architecture?: Architecture;
}
