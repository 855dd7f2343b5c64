import { scaled, toInt8 } from './fixed-point.ts';
import { joined, padded, paddedLength } from './float-pass.ts';
import { addShift, type Int8Network, type Int8Step, type Int8Value } from './types.ts';

function convolve(step: Extract<Int8Step, { kind: 'conv' }>, x: Int8Array, from: Int8Value, to: Int8Value) {
  const { size, weights, bias, factors, low } = step;
  const { height, width, channels } = from.shape;
  const border = (size - 1) >> 1;
  const wide = padded(
    x,
    from.shape,
    border,
    from.zeroPoint,
    new Int16Array(paddedLength(from.shape, border)),
  );
  const [line, length] = [(width + 2 * border) * channels, size * channels];
  const y = new Int8Array(height * width * bias.length);
  let at = 0;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let o = 0; o < bias.length; o++) {
        let sum = bias[o]!;
        for (let tap = 0; tap < size; tap++) {
          const first = (row + tap) * line + column * channels;
          const own = (o * size + tap) * length;
          for (let i = 0; i < length; i++) sum = (sum + wide[first + i]! * weights[own + i]!) | 0;
        }
        y[at++] = toInt8(scaled(sum, factors[o]!) + to.zeroPoint, low);
      }
  return y;
}

function depthwise(
  step: Extract<Int8Step, { kind: 'depthwise' }>,
  x: Int8Array,
  from: Int8Value,
  to: Int8Value,
): Int8Array {
  const { size, weights, bias, factors } = step;
  const { height, width, channels } = from.shape;
  const border = (size - 1) >> 1;
  const wide = padded(
    x,
    from.shape,
    border,
    from.zeroPoint,
    new Int16Array(paddedLength(from.shape, border)),
  );
  const line = (width + 2 * border) * channels;
  const y = new Int8Array(x.length);
  let at = 0;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let c = 0; c < channels; c++) {
        let sum = bias[c]!;
        for (let tap = 0; tap < size; tap++)
          for (let k = 0; k < size; k++)
            sum =
              (sum +
                wide[(row + tap) * line + (column + k) * channels + c]! *
                  weights[(tap * size + k) * channels + c]!) |
              0;
        y[at++] = toInt8(scaled(sum, factors[c]!) + to.zeroPoint);
      }
  return y;
}

function maxPool(x: Int8Array, { height, width, channels }: Int8Value['shape']): Int8Array {
  const [rows, columns] = [height >> 1, width >> 1];
  const y = new Int8Array(rows * columns * channels).fill(-128);
  for (let row = 0; row < 2 * rows; row++)
    for (let column = 0; column < 2 * columns; column++)
      for (let c = 0; c < channels; c++) {
        const at = ((row >> 1) * columns + (column >> 1)) * channels + c;
        y[at] = Math.max(y[at]!, x[(row * width + column) * channels + c]!);
      }
  return y;
}

function add(
  { inputs, partFactors, factor, output }: Extract<Int8Step, { kind: 'add' }>,
  values: readonly Int8Value[],
  read: (index: number) => Int8Array,
): Int8Array {
  const [first, second] = [read(inputs[0]), read(inputs[1])];
  const part = (side: 0 | 1, value: number) =>
    scaled((value - values[inputs[side]]!.zeroPoint) * 2 ** addShift, partFactors[side]);
  const { zeroPoint } = values[output]!;
  return first.map((value, i) => toInt8(scaled(part(0, value) + part(1, second[i]!), factor) + zeroPoint));
}

/** What a network in integers gives for one image. */
export interface Int8Answer {
  /** Accumulators of the dense layer [classes]: logits in units of the product of its two scales. */
  readonly scores: Int32Array;
  /** The same at the int8 scale of the last value, as TensorFlow Lite passes them on. */
  readonly logits: Int8Array;
}

/**
 * One image, pixel values 0 to 255 [height, width, channels], through a network in integers: the slow, obvious reference
 * for what is written as C and TFLite.
 */
export function int8Pass({ values, steps }: Int8Network, pixels: ArrayLike<number>): Int8Answer {
  const outputs: Int8Array[] = [Int8Array.from(pixels, (value) => value - 128)];
  const read = (index: number) => outputs[index]!;
  let scores = new Int32Array();
  for (const step of steps) {
    const to = values[step.output]!;
    switch (step.kind) {
      case 'conv':
        outputs[step.output] = convolve(step, read(step.input), values[step.input]!, to);
        break;
      case 'depthwise':
        outputs[step.output] = depthwise(step, read(step.input), values[step.input]!, to);
        break;
      case 'maxPool':
        outputs[step.output] = maxPool(read(step.input), values[step.input]!.shape);
        break;
      case 'add':
        outputs[step.output] = add(step, values, read);
        break;
      case 'requantise': {
        const { zeroPoint } = values[step.input]!;
        outputs[step.output] = read(step.input).map((value) =>
          toInt8(scaled(value - zeroPoint, step.factor) + to.zeroPoint),
        );
        break;
      }
      case 'concat': {
        const { height, width, channels } = to.shape;
        const into = new Int8Array(height * width * channels);
        outputs[step.output] = joined(step.inputs.map(read), height * width, into);
        break;
      }
      case 'mean': {
        const { zeroPoint } = values[step.input]!;
        const sums = new Int32Array(to.shape.channels);
        read(step.input).forEach((value, i) => (sums[i % sums.length]! += value - zeroPoint));
        outputs[step.output] = Int8Array.from(sums, (sum) => toInt8(scaled(sum, step.factor) + to.zeroPoint));
        break;
      }
      case 'dense': {
        const x = read(step.input);
        const { zeroPoint } = values[step.input]!;
        scores = step.bias.map((bias, k) =>
          x.reduce((sum, value, c) => sum + (value - zeroPoint) * step.weights[k * x.length + c]!, bias),
        );
        outputs[step.output] = Int8Array.from(scores, (score, k) =>
          toInt8(scaled(score, step.factors[k]!) + to.zeroPoint),
        );
        break;
      }
    }
  }
  return { scores, logits: outputs.at(-1)! };
}

/** The class of the highest number; the first where several are. */
export function highest(numbers: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < numbers.length; i++) if (numbers[i]! > numbers[best]!) best = i;
  return best;
}
