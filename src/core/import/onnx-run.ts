import type { OnnxModel, OnnxNode } from './onnx-model.ts';
import { batchNormalisation, convolution, globalPooling, pooling } from './onnx-convolution.ts';
import { clipped, combined, gemm, mapped, matMul, reduceMean, softmax } from './onnx-elementwise.ts';
import { attributeOf, axesOf, inputAt, type Operation } from './onnx-operation.ts';
import {
  concat,
  flatten,
  gather,
  pad,
  reshape,
  shapeOf,
  slice,
  squeeze,
  transpose,
  unsqueeze,
} from './onnx-shapes.ts';
import type { Tensor } from './onnx-tensor.ts';

type Operator = (operation: Operation) => Tensor;

const one =
  (f: (value: number, attributes: OnnxNode['attributes']) => number): Operator =>
  (operation) =>
    mapped(inputAt(operation, 0), (value) => f(value, operation.attributes));
const two =
  (f: (a: number, b: number) => number): Operator =>
  (operation) =>
    combined(inputAt(operation, 0), inputAt(operation, 1), f);
const same: Operator = (operation) => inputAt(operation, 0);

const floatTypes = [1, 10, 11];

/** To one of the float types, or to whole numbers. */
const cast: Operator = (operation) => {
  const x = inputAt(operation, 0);
  return floatTypes.includes(attributeOf(operation.attributes, 'to', 1))
    ? { ...x, values: Float32Array.from(x.values), bits: 0 }
    : { ...x, values: Float64Array.from(x.values, Math.trunc), bits: 64 };
};

const float = (attributes: OnnxNode['attributes'], name: string, otherwise: number) =>
  attributes.get(name)?.float ?? otherwise;

/** ONNX's operators that run here. Each throws RangeError on what it does not know. */
const operators: Readonly<Record<string, Operator>> = {
  Conv: convolution,
  BatchNormalization: batchNormalisation,
  MaxPool: (operation) => pooling(operation, 'max'),
  AveragePool: (operation) => pooling(operation, 'average'),
  GlobalAveragePool: (operation) => globalPooling(operation, 'average'),
  GlobalMaxPool: (operation) => globalPooling(operation, 'max'),
  ReduceMean: (operation) =>
    reduceMean(
      inputAt(operation, 0),
      axesOf(operation),
      attributeOf(operation.attributes, 'keepdims', 1) === 1,
    ),
  Gemm: gemm,
  MatMul: matMul,
  Add: two((a, b) => a + b),
  Sub: two((a, b) => a - b),
  Mul: two((a, b) => a * b),
  Div: two((a, b) => a / b),
  Relu: one((value) => Math.max(0, value)),
  LeakyRelu: one((value, attributes) => (value < 0 ? float(attributes, 'alpha', 0.01) * value : value)),
  Elu: one((value, attributes) =>
    value < 0 ? float(attributes, 'alpha', 1) * (Math.exp(value) - 1) : value,
  ),
  Sigmoid: one((value) => 1 / (1 + Math.exp(-value))),
  Tanh: one((value) => Math.tanh(value)),
  HardSigmoid: one((value, attributes) =>
    Math.min(1, Math.max(0, float(attributes, 'alpha', 0.2) * value + float(attributes, 'beta', 0.5))),
  ),
  HardSwish: one((value) => value * Math.min(1, Math.max(0, value / 6 + 0.5))),
  PRelu: two((value, slope) => (value < 0 ? slope * value : value)),
  Clip: clipped,
  Softmax: (operation) => softmax(operation, false),
  LogSoftmax: (operation) => softmax(operation, true),
  Concat: concat,
  Flatten: flatten,
  Reshape: reshape,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Shape: shapeOf,
  Gather: gather,
  Slice: slice,
  Pad: pad,
  Cast: cast,
  Identity: same,
  Dropout: same,
};

/** Below 7 broadcasting is another; what comes after the last known here may mean something else. */
const knownSets = { from: 7, to: 25 };

/** The operators of a file that do not run here; all of them where its operator set is not known. */
export function unknownOperators({ nodes, operatorSet }: OnnxModel): readonly string[] {
  const isKnown = operatorSet >= knownSets.from && operatorSet <= knownSets.to;
  const unknown = nodes.filter(
    ({ type, domain, outputs }) =>
      !isKnown ||
      domain !== '' ||
      !Object.hasOwn(operators, type) ||
      outputs.slice(1).some((name) => name !== ''),
  );
  return [...new Set(unknown.map(({ type }) => type))];
}

/** What every node gives, by the name of its output. */
export type Values = ReadonlyMap<string, Tensor>;

/**
 * Runs a file's operators on one input, in their order (which ONNX requires to be topological). Throws RangeError where
 * one of them does not run here.
 */
export function runOnnx({ nodes, constants, operatorSet }: OnnxModel, inputs: Values): Values {
  const values = new Map<string, Tensor>([...constants, ...inputs]);
  for (const { type, domain, inputs: reads, outputs, attributes } of nodes) {
    const operator = domain === '' ? operators[type] : undefined;
    if (!operator) throw new RangeError(`no operator ${type}`);
    const read = reads.map((name) => (name === '' ? undefined : values.get(name)));
    values.set(outputs[0]!, operator({ inputs: read, attributes, operatorSet }));
  }
  return values;
}
