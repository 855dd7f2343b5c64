import { fail, ok, type Result } from '../result.ts';
import type { ImportProblem } from './import-problem.ts';
import type { OnnxModel, OnnxPort } from './onnx-model.ts';

/** What a data set's images are, for a network that is to answer them. */
export interface ImageFacts {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
  /** Per channel, of pixels scaled to [0, 1]. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** In which order a network takes the values of an image. */
export type Layout = 'channels-first' | 'channels-last';

/** How pixels become numbers: 0 to 255, 0 to 1, or with the data set's mean and deviation taken out, as networks here see them. */
export const pixelScales = ['bytes', 'unit', 'normal'] as const;
export type PixelScale = (typeof pixelScales)[number];

/** How images are given to a network. */
export interface InputPlan {
  readonly name: string;
  readonly type: 'float32' | 'float64' | 'uint8';
  /** Images at once: as many as the file fixes, or 1. */
  readonly batch: number;
  /** Of one image, without the batch. */
  readonly shape: readonly number[];
  readonly layout: Layout;
  /** What the file says of its pixels; null where it says nothing. */
  readonly stated: PixelScale | null;
}

const inputTypes = { 1: 'float32', 2: 'uint8', 11: 'float64' } as const;

const isInputType = (type: number): type is keyof typeof inputTypes => type in inputTypes;

/** Sizes as they are written, `?` for one that is open. */
const sizesText = (sizes: readonly (number | null)[]) => sizes.map((size) => size ?? '?').join(' × ');

/** How images of `facts` fit into `shape`, the input's without its batch; null where they do not. */
function fitted(
  shape: OnnxPort['shape'],
  { height, width, channels }: ImageFacts,
): { readonly shape: readonly number[]; readonly layout: Layout } | null {
  const first = [channels, height, width];
  if (!shape) return { shape: first, layout: 'channels-first' };
  const is = (sizes: readonly number[]) =>
    shape.length === sizes.length && sizes.every((size, axis) => (shape[axis] ?? size) === size);
  const last = [height, width, channels];
  // Sizes that are all open say nothing: channels first, as most files have it.
  if (is(first)) return { shape: first, layout: 'channels-first' };
  if (is(last)) return { shape: last, layout: 'channels-last' };
  const flat = [height * width * channels];
  if (is(flat)) return { shape: flat, layout: 'channels-first' };
  const plane = [height, width];
  if (channels === 1 && is(plane)) return { shape: plane, layout: 'channels-first' };
  return null;
}

/** How a file's network is given images of `facts`. */
export function planInput(model: OnnxModel, facts: ImageFacts): Result<InputPlan, ImportProblem> {
  const [input, ...others] = model.inputs;
  if (!input || others.length > 0) return fail({ code: 'inputs', count: model.inputs.length });
  if (!isInputType(input.type)) return fail({ code: 'input-type', type: input.type });
  const fit = fitted(input.shape && input.shape.slice(1), facts);
  if (!fit)
    return fail({
      code: 'input-shape',
      takes: sizesText(input.shape?.slice(1) ?? []),
      given: sizesText([facts.channels, facts.height, facts.width]),
    });
  const type = inputTypes[input.type];
  return ok({
    ...{ name: input.name, type, batch: input.shape?.[0] ?? 1 },
    ...fit,
    stated: type === 'uint8' ? 'bytes' : statedScale(model),
  });
}

/** What our own exports say of themselves. */
interface Stated {
  readonly format?: unknown;
  readonly classes?: unknown;
  readonly input?: { readonly range?: unknown };
}

function descriptionOf({ metadata }: OnnxModel): Stated | null {
  try {
    const description = JSON.parse(metadata.get('lemonade.description') ?? 'null') as Stated | null;
    return description?.format === 'lemonade-description' ? description : null;
  } catch {
    return null;
  }
}

/** This site's own exports normalise inside and say that they take 0 to 255. */
function statedScale(model: OnnxModel): PixelScale | null {
  const range = descriptionOf(model)?.input?.range;
  return Array.isArray(range) && range[0] === 0 && range[1] === 255 ? 'bytes' : null;
}

/** The names of a file's classes, in the order of its answers; null where it names none. */
export function statedClasses(model: OnnxModel): readonly string[] | null {
  const classes = descriptionOf(model)?.classes;
  return Array.isArray(classes) && classes.every((name) => typeof name === 'string') ? classes : null;
}

/**
 * The numbers that a network is given for images `first` .. `first + count - 1` of `images`, uint8 [height, width,
 * channels] each; where a batch is larger than what is left the rest of it is 0.
 */
export function fillInput(
  { batch, layout }: InputPlan,
  scale: PixelScale,
  facts: ImageFacts,
  images: Uint8Array,
  first: number,
  count: number,
): Float32Array<ArrayBuffer> {
  const { height, width, channels, mean, deviation } = facts;
  const places = height * width;
  const size = places * channels;
  const values = new Float32Array(batch * size);
  const factor = Array.from({ length: channels }, (_, c) =>
    scale === 'bytes' ? 1 : scale === 'unit' ? 1 / 255 : 1 / 255 / deviation[c]!,
  );
  const offset = Array.from({ length: channels }, (_, c) =>
    scale === 'normal' ? -mean[c]! / deviation[c]! : 0,
  );
  for (let image = 0; image < count; image++)
    for (let place = 0; place < places; place++)
      for (let c = 0; c < channels; c++) {
        const value = images[(first + image) * size + place * channels + c]! * factor[c]! + offset[c]!;
        const at = layout === 'channels-first' ? c * places + place : place * channels + c;
        values[image * size + at] = value;
      }
  return values;
}
