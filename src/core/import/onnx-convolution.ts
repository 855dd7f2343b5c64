import { attributeOf, type Operation } from './onnx-operation.ts';
import { sizeOf, tensor, type Tensor } from './onnx-tensor.ts';

/** A window that moves over height and width, as ONNX describes it for Conv and the poolings. */
interface Window {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** At the top and at the left. */
  readonly pads: readonly [number, number];
  readonly output: readonly [number, number];
}

/** Throws RangeError where images have not two dimensions. */
function windowOf({ attributes }: Operation, x: Tensor, kernel: readonly number[]): Window {
  if (x.shape.length !== 4 || kernel.length !== 2) throw new RangeError('only images of two dimensions');
  const list = (name: string, otherwise: readonly number[]) => {
    const given = attributes.get(name)?.integers ?? [];
    return given.length > 0 ? given : otherwise;
  };
  const strides = list('strides', [1, 1]);
  const dilations = list('dilations', [1, 1]);
  const pads = list('pads', [0, 0, 0, 0]);
  const auto = attributes.get('auto_pad')?.text ?? 'NOTSET';
  const ceil = attributeOf(attributes, 'ceil_mode', 0) === 1;
  const axes = [0, 1].map((axis) => {
    const [length, stride] = [x.shape[2 + axis]!, strides[axis]!];
    const reach = (kernel[axis]! - 1) * dilations[axis]! + 1;
    if (auto.startsWith('SAME')) {
      const output = Math.ceil(length / stride);
      const pad = Math.max(0, (output - 1) * stride + reach - length);
      return { output, pad: auto === 'SAME_LOWER' ? Math.ceil(pad / 2) : Math.floor(pad / 2) };
    }
    const [before, after] = auto === 'VALID' ? [0, 0] : [pads[axis]!, pads[2 + axis]!];
    const steps = (length + before + after - reach) / stride;
    let output = (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
    // No window begins behind the image.
    if (ceil && (output - 1) * stride >= length + before) output--;
    return { output, pad: before };
  });
  const pair = (values: readonly number[]) => [values[0]!, values[1]!] as const;
  if (axes.some(({ output }) => output < 1)) throw new RangeError('the image is smaller than the window');
  return {
    size: pair(kernel),
    strides: pair(strides),
    dilations: pair(dilations),
    pads: pair(axes.map(({ pad }) => pad)),
    output: pair(axes.map(({ output }) => output)),
  };
}

/** First and last + 1 output place at which the tap that lies `offset` before the place falls into `length`. */
function within(offset: number, stride: number, length: number, outputs: number): readonly [number, number] {
  const from = Math.max(0, Math.ceil(-offset / stride));
  const to = Math.min(outputs, Math.floor((length - 1 - offset) / stride) + 1);
  return [from, to];
}

/** Conv in two dimensions: any stride, padding, dilation and number of groups. Sums are of float64. */
export function convolution(operation: Operation): Tensor {
  const [x, kernel, bias] = operation.inputs;
  if (!x || !kernel) throw new RangeError('Conv needs images and a kernel');
  const group = attributeOf(operation.attributes, 'group', 1);
  const [filters, depth, ...kernelSize] = kernel.shape as readonly [number, number, ...number[]];
  const { size, strides, dilations, pads, output } = windowOf(operation, x, kernelSize);
  const [batch, channels, height, width] = x.shape as readonly [number, number, number, number];
  if (channels !== depth * group || filters % group !== 0) throw new RangeError('Conv: channels do not fit');
  const [rows, columns] = output;
  const y = new Float32Array(batch * filters * rows * columns);
  const sums = new Float64Array(rows * columns);
  const perGroup = filters / group;
  const [pixels, weights] = [x.values, kernel.values];
  const across = strides[1];
  for (let image = 0; image < batch; image++)
    for (let filter = 0; filter < filters; filter++) {
      sums.fill(bias?.values[filter] ?? 0);
      const first = Math.floor(filter / perGroup) * depth;
      for (let c = 0; c < depth; c++) {
        const plane = (image * channels + first + c) * height * width;
        for (let i = 0; i < size[0]; i++) {
          const down = i * dilations[0] - pads[0];
          const [fromRow, toRow] = within(down, strides[0], height, rows);
          for (let j = 0; j < size[1]; j++) {
            const weight = weights[((filter * depth + c) * size[0] + i) * size[1] + j]!;
            if (weight === 0) continue;
            const right = j * dilations[1] - pads[1];
            const [fromColumn, toColumn] = within(right, strides[1], width, columns);
            for (let row = fromRow; row < toRow; row++) {
              const from = plane + (row * strides[0] + down) * width + right;
              const to = row * columns;
              for (let column = fromColumn; column < toColumn; column++)
                sums[to + column]! += weight * pixels[from + column * across]!;
            }
          }
        }
      }
      y.set(sums, (image * filters + filter) * rows * columns);
    }
  return tensor([batch, filters, rows, columns], y);
}

/** MaxPool, and AveragePool with or without the padding counted. */
export function pooling(operation: Operation, kind: 'max' | 'average'): Tensor {
  const { inputs, attributes } = operation;
  const x = inputs[0];
  if (!x) throw new RangeError('pooling needs images');
  const window = windowOf(operation, x, attributes.get('kernel_shape')?.integers ?? []);
  const { size, strides, dilations, pads, output } = window;
  const [batch, channels, height, width] = x.shape as readonly [number, number, number, number];
  const [rows, columns] = output;
  const counted = attributeOf(attributes, 'count_include_pad', 0) === 1;
  const ends = attributes.get('pads')?.integers ?? [0, 0, 0, 0];
  const y = new Float32Array(batch * channels * rows * columns);
  for (let plane = 0; plane < batch * channels; plane++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        let [most, sum, count] = [-Infinity, 0, 0];
        for (let i = 0; i < size[0]; i++) {
          const r = row * strides[0] + i * dilations[0] - pads[0];
          for (let j = 0; j < size[1]; j++) {
            const c = column * strides[1] + j * dilations[1] - pads[1];
            if (r < 0 || c < 0 || r >= height || c >= width) {
              // What ceil_mode adds beyond the padding is never counted.
              if (counted && r < height + (ends[2] ?? 0) && c < width + (ends[3] ?? 0)) count++;
              continue;
            }
            const value = x.values[(plane * height + r) * width + c]!;
            most = value > most ? value : most;
            sum += value;
            count++;
          }
        }
        y[(plane * rows + row) * columns + column] = kind === 'max' ? most : sum / count;
      }
  return tensor([batch, channels, rows, columns], y);
}

/** GlobalAveragePool and GlobalMaxPool: one value a channel. */
export function globalPooling({ inputs }: Operation, kind: 'max' | 'average'): Tensor {
  const x = inputs[0];
  if (!x || x.shape.length < 3) throw new RangeError('pooling needs images');
  const [batch, channels, ...area] = x.shape as readonly [number, number, ...number[]];
  const places = sizeOf(area);
  const y = new Float32Array(batch * channels);
  for (let plane = 0; plane < y.length; plane++) {
    let [most, sum] = [-Infinity, 0];
    for (let i = plane * places; i < (plane + 1) * places; i++) {
      most = Math.max(most, x.values[i]!);
      sum += x.values[i]!;
    }
    y[plane] = kind === 'max' ? most : sum / places;
  }
  return tensor([batch, channels, ...area.map(() => 1)], y);
}

/** BatchNormalization in inference mode; inputs are images, scale, bias, mean and variance. */
export function batchNormalisation({ inputs, attributes }: Operation): Tensor {
  const [x, scale, bias, mean, variance] = inputs;
  if (!x || !scale || !bias || !mean || !variance) throw new RangeError('BatchNormalization lacks an input');
  if (attributeOf(attributes, 'training_mode', 0) !== 0)
    throw new RangeError('BatchNormalization in training');
  const epsilon = attributes.get('epsilon')?.float ?? 1e-5;
  const [, channels = 1, ...area] = x.shape;
  const places = sizeOf(area);
  const y = new Float32Array(x.values.length);
  for (let i = 0; i < y.length; i++) {
    const c = Math.floor(i / places) % channels;
    const factor = scale.values[c]! / Math.sqrt(variance.values[c]! + epsilon);
    y[i] = (x.values[i]! - mean.values[c]!) * factor + bias.values[c]!;
  }
  return tensor(x.shape, y);
}
