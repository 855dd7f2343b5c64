import type { View } from '../../../../src/engine/webgpu/kernels/kernel.ts';
import { at } from './run-dispatch.ts';

export interface Images {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}

/** Calls `visit(row, tap, source row)` for every row and every tap whose source lies in the image. */
export function eachTap(
  { batch, height, width }: Images,
  kernelSize: number,
  visit: (row: number, tap: number, from: number) => void,
): void {
  const half = Math.floor(kernelSize / 2);
  for (let row = 0; row < batch * height * width; row++) {
    const [y, x] = [Math.floor(row / width) % height, row % width];
    for (let tap = 0; tap < kernelSize * kernelSize; tap++) {
      const [dy, dx] = [Math.floor(tap / kernelSize) - half, (tap % kernelSize) - half];
      const isInside = y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width;
      if (isInside) visit(row, tap, row + dy * width + dx);
    }
  }
}

/** Convolution [rows, filters] of a view with w [taps, channels, filters]; depthwise w [taps, channels]. */
export function convolve(
  images: Images,
  kernelSize: number,
  source: View,
  data: Float32Array,
  weights: Float32Array,
  filters: number,
  isDepthwise = false,
): Float64Array {
  const { channels } = source;
  const out = new Float64Array(images.batch * images.height * images.width * filters);
  eachTap(images, kernelSize, (row, tap, from) => {
    for (let f = 0; f < filters; f++) {
      if (isDepthwise) out[row * filters + f]! += at(data, source, from, f) * weights[tap * filters + f]!;
      else {
        for (let c = 0; c < channels; c++) {
          out[row * filters + f]! += at(data, source, from, c) * weights[(tap * channels + c) * filters + f]!;
        }
      }
    }
  });
  return out;
}

/** Gradient of the convolution's input [rows, channels], from the gradient [rows, filters] of its output. */
export function convolveBackInput(
  images: Images,
  kernelSize: number,
  gradient: View,
  data: Float32Array,
  weights: Float32Array,
  channels: number,
  isDepthwise = false,
): Float64Array {
  const filters = gradient.channels;
  const out = new Float64Array(images.batch * images.height * images.width * channels);
  eachTap(images, kernelSize, (row, tap, from) => {
    for (let c = 0; c < channels; c++) {
      if (isDepthwise) out[from * channels + c]! += at(data, gradient, row, c) * weights[tap * channels + c]!;
      else {
        for (let f = 0; f < filters; f++) {
          out[from * channels + c]! +=
            at(data, gradient, row, f) * weights[(tap * channels + c) * filters + f]!;
        }
      }
    }
  });
  return out;
}

/** Gradient of the kernel: [taps, channels, filters], depthwise [taps, channels]. */
export function convolveBackFilter(
  images: Images,
  kernelSize: number,
  source: View,
  data: Float32Array,
  gradient: View,
  slopes: Float32Array,
  isDepthwise = false,
): Float64Array {
  const [channels, filters] = [source.channels, gradient.channels];
  const taps = kernelSize * kernelSize;
  const out = new Float64Array(taps * filters * (isDepthwise ? 1 : channels));
  eachTap(images, kernelSize, (row, tap, from) => {
    for (let f = 0; f < filters; f++) {
      const slope = at(slopes, gradient, row, f);
      if (isDepthwise) out[tap * filters + f]! += at(data, source, from, f) * slope;
      else {
        for (let c = 0; c < channels; c++) {
          out[(tap * channels + c) * filters + f]! += at(data, source, from, c) * slope;
        }
      }
    }
  });
  return out;
}

/** Mean and biased variance of every column of [rows, columns]. */
export function moments(data: ArrayLike<number>, columns: number): { mean: number[]; variance: number[] } {
  const rows = data.length / columns;
  const mean = Array.from({ length: columns }, (_, c) => {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += data[r * columns + c]!;
    return sum / rows;
  });
  const variance = mean.map((m, c) => {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += (data[r * columns + c]! - m) ** 2;
    return sum / rows;
  });
  return { mean, variance };
}
