import type { FoldedGraph, FoldedStep, GraphValue } from './folded.ts';

/** `x` less `zero`, with a border of zeros, `border` wide; in `into`, which is made of zeros. */
export function padded<T extends Float32Array | Int16Array>(
  x: ArrayLike<number>,
  { height, width, channels }: GraphValue['shape'],
  border: number,
  zero: number,
  into: T,
): T {
  const line = (width + 2 * border) * channels;
  for (let row = 0; row < height; row++) {
    const to = (row + border) * line + border * channels;
    const from = row * width * channels;
    for (let i = 0; i < width * channels; i++) into[to + i] = x[from + i]! - zero;
  }
  return into;
}

/** Numbers in a picture of this shape with a border. */
export const paddedLength = ({ height, width, channels }: GraphValue['shape'], border: number): number =>
  (height + 2 * border) * (width + 2 * border) * channels;

function convolve(step: Extract<FoldedStep, { kind: 'conv' }>, x: Float32Array, from: GraphValue['shape']) {
  const { size, kernel, bias } = step;
  const { height, width, channels } = from;
  const border = (size - 1) >> 1;
  const wide = padded(x, from, border, 0, new Float32Array(paddedLength(from, border)));
  const [line, length] = [(width + 2 * border) * channels, size * channels];
  const y = new Float32Array(height * width * bias.length);
  let at = 0;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let o = 0; o < bias.length; o++) {
        let sum = bias[o]!;
        for (let tap = 0; tap < size; tap++) {
          const first = (row + tap) * line + column * channels;
          const own = (o * size + tap) * length;
          for (let i = 0; i < length; i++) sum += wide[first + i]! * kernel[own + i]!;
        }
        y[at++] = Math.max(0, sum);
      }
  return y;
}

function depthwise(
  step: Extract<FoldedStep, { kind: 'depthwise' }>,
  x: Float32Array,
  from: GraphValue['shape'],
) {
  const { size, kernel, bias } = step;
  const { height, width, channels } = from;
  const border = (size - 1) >> 1;
  const wide = padded(x, from, border, 0, new Float32Array(paddedLength(from, border)));
  const line = (width + 2 * border) * channels;
  const y = new Float32Array(x.length);
  let at = 0;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let c = 0; c < channels; c++) {
        let sum = bias[c]!;
        for (let tap = 0; tap < size; tap++)
          for (let k = 0; k < size; k++)
            sum +=
              wide[(row + tap) * line + (column + k) * channels + c]! *
              kernel[(tap * size + k) * channels + c]!;
        y[at++] = sum;
      }
  return y;
}

function maxPool(x: Float32Array, { height, width, channels }: GraphValue['shape']): Float32Array {
  const [rows, columns] = [height >> 1, width >> 1];
  const y = new Float32Array(rows * columns * channels).fill(-Infinity);
  for (let row = 0; row < 2 * rows; row++)
    for (let column = 0; column < 2 * columns; column++)
      for (let c = 0; c < channels; c++) {
        const at = ((row >> 1) * columns + (column >> 1)) * channels + c;
        y[at] = Math.max(y[at]!, x[(row * width + column) * channels + c]!);
      }
  return y;
}

/** `parts` side by side along channels; all have `area` pixels. */
export function joined<T extends Float32Array | Int8Array>(parts: readonly T[], area: number, into: T): T {
  const channels = into.length / area;
  let offset = 0;
  for (const part of parts) {
    const own = part.length / area;
    for (let p = 0; p < area; p++)
      for (let c = 0; c < own; c++) into[p * channels + offset + c] = part[p * own + c]!;
    offset += own;
  }
  return into;
}

function run(step: FoldedStep, { values }: FoldedGraph, read: (index: number) => Float32Array): Float32Array {
  switch (step.kind) {
    case 'depthwise':
      return depthwise(step, read(step.input), values[step.input]!.shape);
    case 'conv':
      return convolve(step, read(step.input), values[step.input]!.shape);
    case 'maxPool':
      return maxPool(read(step.input), values[step.input]!.shape);
    case 'add': {
      const [first, second] = [read(step.inputs[0]), read(step.inputs[1])];
      return first.map((value, i) => step.share * value + (1 - step.share) * second[i]!);
    }
    case 'concat': {
      const { height, width, channels } = values[step.output]!.shape;
      return joined(step.inputs.map(read), height * width, new Float32Array(height * width * channels));
    }
    case 'mean': {
      const x = read(step.input);
      const { channels } = values[step.output]!.shape;
      const y = new Float32Array(channels);
      x.forEach((value, i) => (y[i % channels]! += (value * channels) / x.length));
      return y;
    }
    case 'dense': {
      const x = read(step.input);
      return Float32Array.from(step.bias, (value, k) =>
        x.reduce((sum, pooled, c) => sum + pooled * step.kernel[k * x.length + c]!, value),
      );
    }
  }
}

/** All values of a folded graph for one image, pixel values 0 to 255 [height, width, channels]; the logits are the last. */
export function floatPass(graph: FoldedGraph, pixels: ArrayLike<number>): readonly Float32Array[] {
  const outputs: Float32Array[] = [Float32Array.from(pixels)];
  for (const step of graph.steps) outputs[step.output] = run(step, graph, (index) => outputs[index]!);
  return outputs;
}
