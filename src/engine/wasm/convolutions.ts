import type { Shape } from '../../core/architecture/types.ts';
import type { Address, WasmKernels } from './kernels.ts';

/** A convolution of one shape: what memory it takes, in numbers, and its calls. */
export interface Convolution {
  /** Of the filter in the form that `run` reads. */
  readonly filterLength: number;
  /** Of `room`, which both calls write to and which holds nothing between them. */
  readonly roomLength: number;
  /** Brings the filter [size, size, channels, filters] into that form. */
  readonly prepare: (filter: Address, prepared: Address, room: Address) => void;
  readonly run: (x: Address, prepared: Address, y: Address, room: Address, batch: number) => void;
}

/** A gradient of a filter: the numbers of `room` that it takes, and its call. */
export interface FilterGradient {
  readonly roomLength: number;
  readonly run: (x: Address, dy: Address, dw: Address, room: Address, batch: number) => void;
}

/** Numbers of one image with the zeros around it that a convolution of `size` needs. */
export const paddedLength = ({ height, width, channels }: Shape, size: number): number =>
  size === 1 ? 0 : (height + size - 1) * (width + size - 1) * channels;

/**
 * A convolution of images of shape `input`, `outputs` filters; with `isTurned` the one that takes the gradient of the
 * output, `input`, to that of the input, whose filter [size, size, outputs, input channels] is turned and its channels
 * swapped.
 */
export function convolutionOf(
  kernels: WasmKernels,
  input: Shape,
  outputs: number,
  size: number,
  isTurned: boolean,
): Convolution {
  const { height, width, channels } = input;
  if (isMinimal(input, outputs, size, height * roundedUp(width) * size ** 2)) {
    return {
      filterLength: kernels.winogradLength(channels, outputs),
      roomLength: kernels.winogradRoom(width, channels, outputs, size),
      prepare: (filter, prepared, room) =>
        isTurned
          ? kernels.winogradTurnedFilter(filter, prepared, room, outputs, channels, size)
          : kernels.winogradFilter(filter, prepared, room, channels, outputs, size),
      run: (x, prepared, y, room, batch) =>
        kernels.winogradConvolve(x, prepared, y, room, batch, height, width, channels, outputs, size),
    };
  }
  const taps = size * size;
  return {
    filterLength: kernels.packedLength(taps, channels, outputs),
    roomLength: paddedLength(input, size),
    prepare: (filter, prepared) =>
      isTurned
        ? kernels.packTurnedFilter(filter, prepared, taps, outputs, channels)
        : kernels.packFilter(filter, prepared, taps, channels, outputs),
    run: (x, prepared, y, room, batch) =>
      kernels.convolve(x, prepared, y, room, batch, height, width, channels, outputs, size),
  };
}

/** The gradient of the filter of a convolution of images of shape `input`. */
export function filterGradientOf(
  kernels: WasmKernels,
  input: Shape,
  filters: number,
  size: number,
): FilterGradient {
  const { height, width, channels } = input;
  if (isMinimal(input, filters, size, filterGradientProducts(input, size))) {
    return {
      roomLength: kernels.winogradBackRoom(width, channels, filters, size),
      run: (x, dy, dw, room, batch) =>
        kernels.winogradBackFilter(x, dy, dw, room, batch, height, width, channels, filters, size),
    };
  }
  return {
    roomLength: paddedLength(input, size),
    run: (x, dy, dw, room, batch) =>
      kernels.convBackFilter(x, dy, dw, room, batch, height, width, channels, filters, size),
  };
}

/** What one channel's transform of a tile costs, in multiply-adds of a product of matrices; measured. */
const transformCost = 256;

const roundedUp = (channels: number) => Math.ceil(channels / 4) * 4;

/**
 * Whether Winograd's minimal filtering is the faster way, by the shape alone: never by the number of images, so that an
 * image gives the same numbers in every batch. `products`: those that the direct kernel makes for a pair of channels and
 * an image. docs/engine.md has what was measured.
 */
function isMinimal(
  { height, width, channels }: Shape,
  outputs: number,
  size: number,
  products: number,
): boolean {
  if (size === 1) return false;
  const side = 7 - size;
  const tiles = Math.ceil(height / side) * Math.ceil(width / side);
  const wide = roundedUp(outputs);
  return (
    tiles * (36 * channels * wide + transformCost * (roundedUp(channels) + wide)) < products * channels * wide
  );
}

/** Pixels that taps of the filter meet inside the image; where channels are no multiple of four, the padded image. */
function filterGradientProducts({ height, width, channels }: Shape, size: number): number {
  if (channels % 4 > 0) return height * width * size ** 2;
  const reach = (size - 1) / 2;
  const outside = reach * (reach + 1);
  return (size * height - outside) * (size * width - outside);
}
