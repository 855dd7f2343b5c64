import type { PicturePreparation } from './preparation.ts';

/*
 * A network run in plain loops: this module is part of the site and, as text, of every page and script that an export
 * carries (scripts/programs.ts), so it needs nothing but the language.
 */

/** One node; `from` are the places of those it reads. Numbers of its weights in order, kernels [k, k, in, out]. */
export type PlainNode =
  | {
      readonly kind: 'input';
      readonly from: readonly number[];
      readonly height: number;
      readonly width: number;
      readonly channels: number;
    }
  /** Kernel [size, size, in, filters], then what is added to each filter; ReLU. */
  | {
      readonly kind: 'conv';
      readonly from: readonly number[];
      readonly size: number;
      readonly filters: number;
    }
  /** Depthwise [size, size, in], pointwise [in, filters], then what is added to each filter; ReLU. */
  | {
      readonly kind: 'sepConv';
      readonly from: readonly number[];
      readonly size: number;
      readonly filters: number;
    }
  | { readonly kind: 'maxPool'; readonly from: readonly number[] }
  /** rate times the first, 1 - rate times the second. */
  | { readonly kind: 'add'; readonly from: readonly number[]; readonly rate: number }
  | { readonly kind: 'concat'; readonly from: readonly number[] }
  /** Kernel [in, classes], bias [classes], on the average over all places; softmax. */
  | { readonly kind: 'head'; readonly from: readonly number[]; readonly classes: number };

/** A network that only infers, as JSON; the nodes in order, the input first, the head last. */
export interface PlainNetwork {
  readonly name: string;
  readonly classes: readonly string[];
  /** Per channel: the network sees scale * pixel + offset, of pixel values 0 to 255. */
  readonly scale: readonly number[];
  readonly offset: readonly number[];
  readonly preparation: PicturePreparation;
  readonly nodes: readonly PlainNode[];
  /** The numbers of all nodes, one behind the other: little-endian float32, as base64. */
  readonly weights: string;
}

/** What a node gives: [height, width, channels]. */
interface Volume {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Float32Array;
}

const volume = (height: number, width: number, channels: number): Volume => ({
  ...{ height, width, channels },
  values: new Float32Array(height * width * channels),
});

/** k x k, stride 1, same padding, then ReLU. */
function convolved(x: Volume, size: number, filters: number, numbers: Float32Array): Volume {
  const y = volume(x.height, x.width, filters);
  const bias = numbers.subarray(numbers.length - filters);
  const half = size >> 1;
  const sums = new Float64Array(filters);
  let to = 0;
  for (let row = 0; row < x.height; row++)
    for (let column = 0; column < x.width; column++) {
      sums.set(bias);
      for (let i = 0; i < size; i++) {
        const fromRow = row + i - half;
        if (fromRow < 0 || fromRow >= x.height) continue;
        for (let j = 0; j < size; j++) {
          const fromColumn = column + j - half;
          if (fromColumn < 0 || fromColumn >= x.width) continue;
          const from = (fromRow * x.width + fromColumn) * x.channels;
          const tap = (i * size + j) * x.channels;
          for (let c = 0; c < x.channels; c++) {
            const value = x.values[from + c]!;
            if (value === 0) continue;
            const kernel = (tap + c) * filters;
            for (let f = 0; f < filters; f++) sums[f]! += value * numbers[kernel + f]!;
          }
        }
      }
      for (let f = 0; f < filters; f++) y.values[to++] = Math.max(0, sums[f]!);
    }
  return y;
}

/** Each channel with its own k x k filter, same padding; kernel [k, k, channels]. */
function depthwise(x: Volume, size: number, kernel: Float32Array): Volume {
  const y = volume(x.height, x.width, x.channels);
  const half = size >> 1;
  const sums = new Float64Array(x.channels);
  for (let row = 0; row < x.height; row++)
    for (let column = 0; column < x.width; column++) {
      sums.fill(0);
      for (let i = 0; i < size; i++) {
        const fromRow = row + i - half;
        if (fromRow < 0 || fromRow >= x.height) continue;
        for (let j = 0; j < size; j++) {
          const fromColumn = column + j - half;
          if (fromColumn < 0 || fromColumn >= x.width) continue;
          const from = (fromRow * x.width + fromColumn) * x.channels;
          const tap = (i * size + j) * x.channels;
          for (let c = 0; c < x.channels; c++) sums[c]! += x.values[from + c]! * kernel[tap + c]!;
        }
      }
      y.values.set(sums, (row * x.width + column) * x.channels);
    }
  return y;
}

/** 2 x 2, stride 2; an odd row or column over is left out. */
function pooled(x: Volume): Volume {
  const y = volume(x.height >> 1, x.width >> 1, x.channels);
  let to = 0;
  for (let row = 0; row < y.height; row++)
    for (let column = 0; column < y.width; column++)
      for (let c = 0; c < x.channels; c++) {
        const from = (2 * row * x.width + 2 * column) * x.channels + c;
        const below = from + x.width * x.channels;
        y.values[to++] = Math.max(
          x.values[from]!,
          x.values[from + x.channels]!,
          x.values[below]!,
          x.values[below + x.channels]!,
        );
      }
  return y;
}

function blended(main: Volume, skip: Volume, rate: number): Volume {
  const y = volume(main.height, main.width, main.channels);
  for (let i = 0; i < y.values.length; i++)
    y.values[i] = rate * main.values[i]! + (1 - rate) * skip.values[i]!;
  return y;
}

/** One behind the other along the channels. */
function joined(parts: readonly Volume[]): Volume {
  const { height, width } = parts[0]!;
  let channels = 0;
  for (const part of parts) channels += part.channels;
  const y = volume(height, width, channels);
  let to = 0;
  for (let place = 0; place < height * width; place++)
    for (const { values, channels: count } of parts)
      for (let c = 0; c < count; c++) y.values[to++] = values[place * count + c]!;
  return y;
}

/** Average over all places, dense, softmax. */
function probabilities(x: Volume, classes: number, numbers: Float32Array): Float64Array {
  const shares = Float64Array.from(numbers.subarray(x.channels * classes));
  for (let c = 0; c < x.channels; c++) {
    let mean = 0;
    for (let i = c; i < x.values.length; i += x.channels) mean += x.values[i]!;
    mean /= x.height * x.width;
    for (let k = 0; k < classes; k++) shares[k]! += mean * numbers[c * classes + k]!;
  }
  const top = shares.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  for (let k = 0; k < classes; k++) sum += shares[k] = Math.exp(shares[k]! - top);
  return shares.map((share) => share / sum);
}

/**
 * The probability of each class.
 * @param weights the numbers that `network.weights` says
 * @param pixels uint8 [height, width, channels], as preparePicture makes them
 */
export function plainAnswer(
  { nodes, scale, offset }: Omit<PlainNetwork, 'weights'>,
  weights: Float32Array,
  pixels: ArrayLike<number>,
): Float64Array {
  const outputs: Volume[] = [];
  let taken = 0;
  const next = (count: number) => weights.subarray(taken, (taken += count));
  for (const node of nodes) {
    const inputs = node.from.map((place) => outputs[place]!);
    const x = inputs[0]!;
    switch (node.kind) {
      case 'input': {
        const { height, width, channels } = node;
        const seen = volume(height, width, channels);
        for (let i = 0; i < seen.values.length; i++)
          seen.values[i] = pixels[i]! * scale[i % channels]! + offset[i % channels]!;
        outputs.push(seen);
        break;
      }
      case 'conv': {
        const { size, filters } = node;
        outputs.push(convolved(x, size, filters, next((size * size * x.channels + 1) * filters)));
        break;
      }
      case 'sepConv': {
        const { size, filters } = node;
        const inner = depthwise(x, size, next(size * size * x.channels));
        outputs.push(convolved(inner, 1, filters, next((x.channels + 1) * filters)));
        break;
      }
      case 'maxPool':
        outputs.push(pooled(x));
        break;
      case 'add':
        outputs.push(blended(x, inputs[1]!, node.rate));
        break;
      case 'concat':
        outputs.push(joined(inputs));
        break;
      case 'head':
        return probabilities(x, node.classes, next((x.channels + 1) * node.classes));
    }
  }
  throw new RangeError('a network without a head');
}
