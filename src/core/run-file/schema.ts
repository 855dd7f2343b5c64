import * as v from 'valibot';
import { architectureSchema } from '../architecture/schema.ts';
import type { Architecture } from '../architecture/types.ts';
import { morphismSchema } from '../morphisms/parse.ts';
import type { Morphism } from '../morphisms/morphism.ts';
import type { Bound, NetworkId, SearchEvent } from '../search/events.ts';
import { objectiveKeys, type ObjectiveValues } from '../search/objectives.ts';
import type { Recipe } from '../search/recipe.ts';
import { testErrorsSchema, transfersSchema, type RunTestError, type RunTransfer } from './after-search.ts';
import { finishedSchema } from './finished-schema.ts';
import type { RunFinished } from './finished.ts';
import { recipeSchema } from './recipe-schema.ts';
import { count, datasetId, id, ids, most, real, share, size, text } from './values.ts';

export const runFormat = 'lemonade-run';
export const runVersion = 4;

/** The device and backend that a run was made on. */
export interface RunDevice {
  readonly backend: {
    readonly kind: 'webgpu' | 'webgl' | 'wasm' | 'cpu';
    readonly trainer: 'plan' | 'portable';
    readonly adapter: string;
    readonly software: boolean;
    readonly selfTest: { readonly passed: boolean; readonly maxDifference: number };
    readonly passedOver: readonly { readonly kind: RunDevice['backend']['kind']; readonly reason: string }[];
  };
  readonly workers: number;
  /** What the browser says of itself and its machine. */
  readonly description: string;
}

/** Facts of the data set; `checksum` is the SHA-256 of its files' checksums, one a line, or 'synthetic'. */
export interface RunDataset {
  readonly id: Recipe['dataset'];
  readonly title: string;
  readonly classes: readonly string[];
  readonly trainCount: number;
  readonly testCount: number;
  readonly checksum: string;
  readonly licence: string;
  readonly attribution: string;
  /** Images at the end of the training part that validate, where the set's author divided it. */
  readonly validationCount?: number;
  /** What an input is, so that networks can be used where the images are not; missing in files of older pages. */
  readonly input?: RunInput;
}

/** How a picture becomes a network's input: prepared, then (pixel / 255 - mean) / deviation, channel by channel. */
export interface RunInput {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** Bits of a sample; 4 where it is not given. */
  readonly bits?: 8;
  /** Own pictures: the middle square or the whole with a border, and what every sample is multiplied by. */
  readonly preparation?: { readonly fit: 'crop' | 'border'; readonly gain: number };
}

/** One network, as the log leaves it; `architecture` is given for starting networks only, the rest follow by chain. */
export interface RunNetwork {
  readonly id: NetworkId;
  readonly parent: NetworkId | null;
  readonly chain: readonly Morphism[];
  readonly generation: number;
  readonly status: 'training' | 'evaluated' | 'failed';
  readonly objectives: ObjectiveValues;
  readonly ownImages: number;
  readonly inheritedImages: number;
  readonly onFront: boolean;
}

/**
 * Weights of one network: little-endian float32, base64, laid out by layoutOf(architecture). The architecture follows from
 * the log too; it is stated for readers that do not fold (scripts/read_run.py), and missing in files of older pages.
 */
export interface RunWeights {
  readonly network: NetworkId;
  readonly architecture?: Architecture;
  readonly float32: string;
}

/** A whole run. The log is the truth; `networks` and `hypervolume` restate it for readers that do not fold. */
export interface RunFile {
  readonly format: typeof runFormat;
  readonly version: typeof runVersion;
  readonly name: string;
  readonly app: { readonly version: string };
  readonly author: { readonly note: string; /** ISO 8601. */ readonly date: string };
  readonly recipe: Recipe;
  readonly device: RunDevice | null;
  readonly dataset: RunDataset;
  /** Where a forked run comes from. */
  readonly origin?: string;
  /** The author's selection, shown when the file is opened. */
  readonly selected?: NetworkId;
  readonly hypervolume: {
    readonly bounds: readonly Bound[];
    /** Reference point, the same in every normalised objective. */
    readonly reference: number;
    /** Share of the box up to the reference point, at the end of the log. */
    readonly share: number;
  };
  readonly networks: readonly RunNetwork[];
  readonly events: readonly SearchEvent[];
  readonly testErrors?: readonly RunTestError[];
  readonly transfers?: readonly RunTransfer[];
  readonly weights?: readonly RunWeights[];
  readonly finished?: readonly RunFinished[];
  /** What a network's last finishing left, in the same form. */
  readonly finishedWeights?: readonly RunWeights[];
}

const chain = v.pipe(v.array(morphismSchema), v.maxLength(most.chain));
const objectiveKey = v.picklist(objectiveKeys);
const objectives = v.object({
  error: v.exactOptional(share),
  secondError: v.exactOptional(share),
  parameters: v.exactOptional(size),
  multiplyAdds: v.exactOptional(size),
  activationBytes: v.exactOptional(size),
  inferenceSeconds: v.exactOptional(size),
});

const bound = v.object({
  objective: objectiveKey,
  low: size,
  high: size,
  scale: v.picklist(['linear', 'log']),
});
const bounds = v.pipe(v.array(bound), v.minLength(1), v.maxLength(objectiveKeys.length));

const row = v.pipe(v.array(real), v.maxLength(objectiveKeys.length));
const density = v.variant('kind', [
  v.object({
    kind: v.literal('kde'),
    objectives: v.pipe(v.array(objectiveKey), v.minLength(1), v.maxLength(objectiveKeys.length)),
    points: v.pipe(v.array(row), v.minLength(1), v.maxLength(most.list)),
    bandwidths: row,
    whitening: v.exactOptional(v.pipe(v.array(row), v.maxLength(objectiveKeys.length))),
    logWeightCap: v.exactOptional(real),
  }),
  v.object({ kind: v.literal('uniform'), reason: text() }),
]);

const seconds = size;
const generation = count;
const proposal = v.pipe(v.string(), v.regex(/^\d{1,9}\.\d{1,9}$/, 'expected generation.index'));
const point = v.object({ images: count, loss: real });
const distillation = v.object({ before: real, after: real });
const agreement = v.object({ same: count, of: count, maxDifference: size });
const proposed = {
  type: v.literal('proposed'),
  seconds,
  generation,
  proposal,
  parent: id,
  chain,
};
const rejection = v.picklist([
  'no-legal-site',
  'duplicate',
  'too-few-parameters',
  'too-many-parameters',
  'too-many-multiply-adds',
  'too-much-device-memory',
  'not-measured',
]);

export const eventSchema = v.variant('type', [
  v.object({ type: v.literal('started'), seconds, recipe: recipeSchema, bounds }),
  v.object({
    type: v.literal('seeded'),
    seconds,
    network: id,
    architecture: architectureSchema,
    cheap: objectives,
    origin: v.picklist(['trivial', 'given']),
  }),
  v.object({
    type: v.literal('generation'),
    seconds,
    generation,
    density,
    effectiveParents: v.exactOptional(size),
  }),
  v.variant('verdict', [
    v.object({ ...proposed, verdict: v.literal('candidate'), cheap: objectives }),
    v.object({
      ...proposed,
      verdict: v.literal('rejected'),
      reason: rejection,
      cheap: v.exactOptional(objectives),
    }),
  ]),
  v.object({
    type: v.literal('accepted'),
    seconds,
    generation,
    proposal,
    network: id,
    probability: share,
    images: v.exactOptional(count),
    effectiveCandidates: v.exactOptional(size),
  }),
  v.object({ type: v.literal('progress'), seconds, network: id, point }),
  v.object({
    type: v.literal('evaluated'),
    seconds,
    network: id,
    objectives,
    ownImages: count,
    inheritedImages: count,
    forwardEquivalents: v.exactOptional(count),
    learningExponent: v.exactOptional(size),
    trainSeconds: size,
    distillation: v.exactOptional(distillation),
    agreement: v.exactOptional(agreement),
    device: v.exactOptional(text(40)),
  }),
  v.object({
    type: v.literal('failed'),
    seconds,
    network: id,
    reason: text(most.text),
    images: v.exactOptional(count),
  }),
  v.object({
    type: v.literal('competed'),
    seconds,
    generation,
    joined: ids,
    left: ids,
    dominated: ids,
    population: ids,
    front: ids,
    hypervolume: share,
  }),
  v.object({
    type: v.literal('finished'),
    seconds,
    reason: v.picklist(['budget', 'time', 'stopped']),
  }),
]);

const backendKind = v.picklist(['webgpu', 'webgl', 'wasm', 'cpu']);
const device = v.object({
  backend: v.object({
    kind: backendKind,
    trainer: v.picklist(['plan', 'portable']),
    adapter: text(),
    software: v.boolean(),
    selfTest: v.object({ passed: v.boolean(), maxDifference: size }),
    passedOver: v.pipe(v.array(v.object({ kind: backendKind, reason: text(2000) })), v.maxLength(16)),
  }),
  workers: count,
  description: text(2000),
});

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));
/** A share of the whole range of a pixel, per channel. */
const perChannel = (least: number) =>
  v.pipe(v.array(v.pipe(v.number(), v.minValue(least), v.maxValue(1))), v.minLength(1), v.maxLength(3));

const input = v.object({
  height: side,
  width: side,
  channels: v.picklist([1, 3]),
  mean: perChannel(0),
  deviation: perChannel(1e-6),
  bits: v.exactOptional(v.literal(8)),
  preparation: v.exactOptional(
    v.object({
      fit: v.picklist(['crop', 'border']),
      gain: v.pipe(v.number(), v.minValue(1), v.maxValue(255)),
    }),
  ),
});

const weights = v.pipe(
  v.array(
    v.object({
      network: id,
      architecture: v.exactOptional(architectureSchema),
      float32: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]*={0,2}$/, 'expected base64')),
    }),
  ),
  v.maxLength(most.networks),
);

const statedNetwork = v.object({
  id,
  parent: v.nullable(id),
  chain,
  generation,
  status: v.picklist(['training', 'evaluated', 'failed']),
  objectives,
  ownImages: count,
  inheritedImages: count,
  onFront: v.boolean(),
});

/** Shape of a run file of the present version. What only a fold of the log can tell is checked in check.ts. */
export const runFileSchema = v.object({
  format: v.literal(runFormat),
  version: v.literal(runVersion),
  name: text(),
  app: v.object({ version: text(100) }),
  author: v.object({ note: text(most.text), date: text(40) }),
  recipe: recipeSchema,
  device: v.nullable(device),
  dataset: v.object({
    id: datasetId,
    title: text(),
    classes: v.pipe(v.array(text()), v.minLength(2), v.maxLength(1000)),
    trainCount: count,
    testCount: count,
    checksum: text(200),
    licence: text(),
    attribution: text(2000),
    validationCount: v.exactOptional(count),
    input: v.exactOptional(input),
  }),
  origin: v.exactOptional(text()),
  selected: v.exactOptional(id),
  hypervolume: v.object({ bounds, reference: size, share }),
  networks: v.pipe(v.array(statedNetwork), v.maxLength(most.networks)),
  events: v.pipe(v.array(eventSchema), v.minLength(1), v.maxLength(most.events)),
  testErrors: v.exactOptional(testErrorsSchema),
  transfers: v.exactOptional(transfersSchema),
  weights: v.exactOptional(weights),
  finished: v.exactOptional(finishedSchema),
  finishedWeights: v.exactOptional(weights),
});
