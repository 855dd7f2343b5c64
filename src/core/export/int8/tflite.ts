import type { Shape } from '../../architecture/types.ts';
import { describeNetwork } from '../description.ts';
import { type ExportedNetwork, float32Bytes } from '../portable.ts';
import { type FoldedGraph, type FoldedStep, foldedGraph } from './folded.ts';
import { type OperatorName, tfliteFile, type TfliteOperator, type TfliteTensor } from './tflite-file.ts';
import type { Int8Add, Int8Network, Int8Step, Int8Value, Quantisation } from './types.ts';

/** Members of the schema's union BuiltinOptions. */
const optionTypes = {
  conv: 1,
  depthwise: 2,
  pool: 5,
  dense: 8,
  softmax: 9,
  concat: 10,
  add: 11,
  mul: 21,
  reduce: 27,
} as const;
const [same, valid] = [0, 1] as const;
const [noActivation, relu] = [0, 1] as const;

const int8 = (value: number) => ['int8', value] as const;
const int32 = (value: number) => ['int32', value] as const;

const options = {
  conv: {
    type: optionTypes.conv,
    fields: [int8(same), int32(1), int32(1), int8(relu), int32(1), int32(1)],
  },
  depthwise: {
    type: optionTypes.depthwise,
    fields: [int8(same), int32(1), int32(1), int32(1), int8(noActivation), int32(1), int32(1)],
  },
  pool: {
    type: optionTypes.pool,
    fields: [int8(valid), int32(2), int32(2), int32(2), int32(2), int8(noActivation)],
  },
  dense: { type: optionTypes.dense, fields: [int8(noActivation)] },
  softmax: { type: optionTypes.softmax, fields: [['float32', 1] as const] },
  // Axis 3 is the channels'.
  concat: { type: optionTypes.concat, fields: [int32(3), int8(noActivation)] },
  add: { type: optionTypes.add, fields: [int8(noActivation)] },
  mul: { type: optionTypes.mul, fields: [int8(noActivation)] },
  // The mean keeps its axes: kernels for microcontrollers know that case best.
  mean: { type: optionTypes.reduce, fields: [int8(1)] },
  none: null,
};

const shapeOf = ({ height, width, channels }: Shape) => [1, height, width, channels];
const int32Bytes = (values: ArrayLike<number>): Uint8Array => {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  Array.from(values).forEach((value, i) => view.setInt32(4 * i, value, true));
  return bytes;
};
const quantised = ({ scale, zeroPoint }: Quantisation) => ({
  quantisation: { scales: [scale], zeroPoints: [zeroPoint], axis: 0 },
});

/** Collects tensors and operators. */
class Model {
  readonly tensors: TfliteTensor[] = [];
  readonly operators: TfliteOperator[] = [];
  readonly #versions: Partial<Readonly<Record<OperatorName, number>>>;

  constructor(versions: Partial<Readonly<Record<OperatorName, number>>>) {
    this.#versions = versions;
  }

  tensor(tensor: TfliteTensor): number {
    return this.tensors.push(tensor) - 1;
  }

  run(
    name: OperatorName,
    inputs: readonly number[],
    output: number,
    chosen: TfliteOperator['options'],
  ): void {
    const version = this.#versions[name] ?? 1;
    this.operators.push({ name, version, inputs, outputs: [output], options: chosen });
  }

  /** The axes of height and width, for a mean. */
  axes(): number {
    return this.tensor({ name: 'axes', shape: [2], type: 'int32', data: int32Bytes([1, 2]) });
  }

  floats(name: string, shape: readonly number[], values: Float64Array | Float32Array): number {
    const data = float32Bytes(Float32Array.from(values));
    return this.tensor({ name, shape, type: 'float32', data });
  }

  /** Probabilities of float logits: what every export ends with. */
  probabilities(logits: number, classes: number): number {
    const output = this.tensor({ name: 'probabilities', shape: [1, classes], type: 'float32' });
    this.run('SOFTMAX', [logits], output, options.softmax);
    return output;
  }

  file(network: ExportedNetwork, kind: string, input: number, output: number): Uint8Array<ArrayBuffer> {
    return tfliteFile({
      description: `${network.name}, ${kind}; LEMONADE Playground`,
      tensors: this.tensors,
      operators: this.operators,
      input: ['images', input],
      output: ['probabilities', output],
      metadata: ['lemonade-description', JSON.stringify(describeNetwork(network))],
    });
  }
}

/** Kernels of one step; `at` says which tensor a value is. */
function writeFloat(model: Model, graph: FoldedGraph, step: FoldedStep, at: readonly number[]): void {
  const { name, shape } = graph.values[step.output]!;
  const output = at[step.output]!;
  switch (step.kind) {
    case 'conv':
    case 'depthwise': {
      const isConv = step.kind === 'conv';
      const from = graph.values[step.input]!.shape.channels;
      const size = isConv
        ? [shape.channels, step.size, step.size, from]
        : [1, step.size, step.size, shape.channels];
      const kernel = model.floats(`${name}_weights`, size, step.kernel);
      const bias = model.floats(`${name}_bias`, [shape.channels], step.bias);
      const operator = isConv ? 'CONV_2D' : 'DEPTHWISE_CONV_2D';
      return model.run(operator, [at[step.input]!, kernel, bias], output, options[step.kind]);
    }
    case 'maxPool':
      return model.run('MAX_POOL_2D', [at[step.input]!], output, options.pool);
    case 'add': {
      const parts = ([step.share, 1 - step.share] as const).map((share, side) => {
        const part = model.tensor({ name: `${name}_part_${side}`, shape: shapeOf(shape), type: 'float32' });
        const factor = model.floats(`${name}_share_${side}`, [1], Float32Array.of(share));
        model.run('MUL', [at[step.inputs[side]!]!, factor], part, options.mul);
        return part;
      });
      return model.run('ADD', parts, output, options.add);
    }
    case 'concat':
      return model.run(
        'CONCATENATION',
        step.inputs.map((index) => at[index]!),
        output,
        options.concat,
      );
    case 'mean':
      return model.run('MEAN', [at[step.input]!, model.axes()], output, options.mean);
    case 'dense': {
      const inputs = graph.values[step.input]!.shape.channels;
      const kernel = model.floats(`${name}_weights`, [step.bias.length, inputs], step.kernel);
      const bias = model.floats(`${name}_bias`, [step.bias.length], step.bias);
      return model.run('FULLY_CONNECTED', [at[step.input]!, kernel, bias], output, options.dense);
    }
  }
}

/** Of the last value only its classes are left: a dense layer gives [1, classes]. */
const tensorShape = (shape: Shape, isLast: boolean) => (isLast ? [1, shape.channels] : shapeOf(shape));

/**
 * The network as a float32 TensorFlow Lite model. Input `images`: float32 [1, height, width, channels], pixel values 0
 * to 255; output `probabilities` [1, classes]. Normalisation is the first operator; batch normalisation is folded.
 */
export function floatTflite(network: ExportedNetwork): Uint8Array<ArrayBuffer> {
  const graph = foldedGraph(network);
  const model = new Model({});
  const last = graph.values.length - 1;
  const at = graph.values.map(({ name, shape }, index) =>
    model.tensor({ name, shape: tensorShape(shape, index === last), type: 'float32' }),
  );
  for (const step of graph.steps) writeFloat(model, graph, step, at);
  const { channels } = graph.values[last]!.shape;
  return model.file(network, 'float32', at[0]!, model.probabilities(at[last]!, channels));
}

/** First versions of the operators that take int8. */
const int8Versions = {
  ADD: 2,
  CONCATENATION: 2,
  CONV_2D: 3,
  DEPTHWISE_CONV_2D: 3,
  DEQUANTIZE: 2,
  FULLY_CONNECTED: 4,
  MAX_POOL_2D: 2,
  MEAN: 2,
  MUL: 2,
} as const;

function writeFilters(
  model: Model,
  values: readonly Int8Value[],
  step: Extract<Int8Step, { readonly weights: Int8Array }>,
  at: readonly number[],
): void {
  const { name, shape } = values[step.output]!;
  const from = values[step.input]!;
  const scales = step.kind === 'dense' ? step.weightScales.slice(0, 1) : step.weightScales;
  const sizes = {
    conv: () => [
      shape.channels,
      'size' in step ? step.size : 1,
      'size' in step ? step.size : 1,
      from.shape.channels,
    ],
    depthwise: () => [1, 'size' in step ? step.size : 1, 'size' in step ? step.size : 1, shape.channels],
    dense: () => [shape.channels, from.shape.channels],
  };
  const kernel = model.tensor({
    name: `${name}_weights`,
    shape: sizes[step.kind](),
    type: 'int8',
    data: new Uint8Array(step.weights.buffer, step.weights.byteOffset, step.weights.length),
    quantisation: { scales, zeroPoints: scales.map(() => 0), axis: step.kind === 'depthwise' ? 3 : 0 },
  });
  const bias = model.tensor({
    name: `${name}_bias`,
    shape: [shape.channels],
    type: 'int32',
    data: int32Bytes(step.bias),
    quantisation: {
      scales: scales.map((scale) => Math.fround(from.scale * scale)),
      zeroPoints: scales.map(() => 0),
      axis: 0,
    },
  });
  const operator = { conv: 'CONV_2D', depthwise: 'DEPTHWISE_CONV_2D', dense: 'FULLY_CONNECTED' } as const;
  model.run(operator[step.kind], [at[step.input]!, kernel, bias], at[step.output]!, options[step.kind]);
}

/** A share as the int8 127 of a scale: the product is the same integer, its output's scale the share of the input's. */
function writeAdd(model: Model, values: readonly Int8Value[], step: Int8Add, at: readonly number[]): void {
  const { name, shape } = values[step.output]!;
  const parts = ([0, 1] as const).map((side) => {
    const input = values[step.inputs[side]]!;
    const part = model.tensor({
      name: `${name}_part_${side}`,
      shape: shapeOf(shape),
      type: 'int8',
      ...quantised({ scale: step.partScales[side], zeroPoint: input.zeroPoint }),
    });
    const factor = model.tensor({
      name: `${name}_share_${side}`,
      shape: [1],
      type: 'int8',
      data: Uint8Array.of(127),
      ...quantised({ scale: Math.fround(step.shares[side] / 127), zeroPoint: 0 }),
    });
    model.run('MUL', [at[step.inputs[side]]!, factor], part, options.mul);
    return part;
  });
  model.run('ADD', parts, at[step.output]!, options.add);
}

function writeInt8(model: Model, values: readonly Int8Value[], step: Int8Step, at: readonly number[]): void {
  const output = at[step.output]!;
  switch (step.kind) {
    case 'conv':
    case 'depthwise':
    case 'dense':
      return writeFilters(model, values, step, at);
    case 'maxPool':
      return model.run('MAX_POOL_2D', [at[step.input]!], output, options.pool);
    case 'add':
      return writeAdd(model, values, step, at);
    case 'requantise':
      return model.run('QUANTIZE', [at[step.input]!], output, options.none);
    case 'concat':
      return model.run(
        'CONCATENATION',
        step.inputs.map((index) => at[index]!),
        output,
        options.concat,
      );
    case 'mean':
      return model.run('MEAN', [at[step.input]!, model.axes()], output, options.mean);
  }
}

/**
 * A network in integers as a TensorFlow Lite model. Input `images`: uint8 [1, height, width, channels], the pixels as
 * they are; output `probabilities`: float32 [1, classes]. Between the first operator and the last two all is int8.
 */
export function int8Tflite(
  network: ExportedNetwork,
  { values, steps }: Int8Network,
): Uint8Array<ArrayBuffer> {
  const model = new Model(int8Versions);
  const last = values.length - 1;
  const at = values.map((value, index) =>
    model.tensor({
      name: value.name,
      shape: tensorShape(value.shape, index === last),
      type: 'int8',
      ...quantised(value),
    }),
  );
  const { shape, scale, zeroPoint } = values[0]!;
  const pixels = model.tensor({
    name: 'pixels',
    shape: shapeOf(shape),
    type: 'uint8',
    ...quantised({ scale, zeroPoint: zeroPoint + 128 }),
  });
  model.run('QUANTIZE', [pixels], at[0]!, options.none);
  for (const step of steps) writeInt8(model, values, step, at);
  const { channels } = values[last]!.shape;
  const logits = model.tensor({ name: 'logits', shape: [1, channels], type: 'float32' });
  model.run('DEQUANTIZE', [at[last]!], logits, options.none);
  return model.file(network, 'int8', pixels, model.probabilities(logits, channels));
}
