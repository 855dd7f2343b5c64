import type { Cost } from '../architecture/cost.ts';
import type { OnnxModel, OnnxNode } from './onnx-model.ts';
import type { Values } from './onnx-run.ts';
import { sizeOf, type Tensor } from './onnx-tensor.ts';

/** Operators that change numbers where they lie, or only how they are laid out. */
const inPlace = new Set(
  (
    'BatchNormalization Relu LeakyRelu Elu Sigmoid Tanh HardSigmoid HardSwish PRelu Clip Softmax LogSoftmax Identity ' +
    'Dropout Cast Flatten Reshape Squeeze Unsqueeze Transpose Shape Gather Slice Pad Sub Mul Div'
  ).split(' '),
);

/** Inputs that say how, not what with: shapes, bounds, running statistics. */
const settings: Readonly<Record<string, readonly number[]>> = {
  BatchNormalization: [3, 4],
  Clip: [1, 2],
  Pad: [1, 2, 3],
  DequantizeLinear: [1, 2],
  QuantizeLinear: [1, 2],
  Resize: [1, 2, 3],
};

/** A number that is learned: floating-point, or an 8-bit matrix. */
const isWeight = ({ bits, shape }: Tensor) => bits === 0 || (bits === 8 && shape.length > 1);

interface Graph {
  readonly model: OnnxModel;
  /** Values that are the images, at most scaled channel by channel: preparation, which is no part of a network here. */
  readonly pixels: ReadonlySet<string>;
  readonly readers: ReadonlyMap<string, readonly OnnxNode[]>;
}

/** Scales each channel by itself: a depthwise 1 x 1 convolution, or arithmetic with a constant. */
function onlyScales({ type, inputs, attributes }: OnnxNode, { constants }: OnnxModel): boolean {
  const constant = constants.get(inputs[1] ?? '');
  if (type === 'Conv') {
    const [filters, depth, ...size] = constant?.shape ?? [];
    const group = attributes.get('group')?.integer ?? 1;
    return depth === 1 && group === filters && size.every((each) => each === 1);
  }
  if (['Sub', 'Add', 'Mul', 'Div'].includes(type))
    return constants.has(inputs[0] ?? '') || constant !== undefined;
  return ['Cast', 'Identity', 'Transpose', 'Reshape', 'Unsqueeze'].includes(type);
}

function graphOf(model: OnnxModel): Graph {
  const pixels = new Set(model.inputs.map(({ name }) => name));
  const readers = new Map<string, OnnxNode[]>();
  // A second such convolution is a block of one filter.
  let convolved = false;
  for (const node of model.nodes) {
    for (const name of node.inputs) readers.set(name, [...(readers.get(name) ?? []), node]);
    const isConvolution = node.type === 'Conv';
    if (!node.inputs.some((name) => pixels.has(name)) || (isConvolution && convolved)) continue;
    if (!onlyScales(node, model)) continue;
    pixels.add(node.outputs[0]!);
    convolved ||= isConvolution;
  }
  return { model, pixels, readers };
}

/** The factors of an addition of two shares that add up to one: a learned rate, which this page counts once. */
function sharesOf({ model, readers }: Graph): ReadonlySet<string> {
  const shares = new Set<string>();
  const factor = new Map<string, readonly [name: string, value: number]>();
  for (const { type, inputs, outputs } of model.nodes) {
    const name = inputs.find((each) => model.constants.get(each)?.values.length === 1);
    if (type === 'Mul' && name) factor.set(outputs[0]!, [name, model.constants.get(name)!.values[0]!]);
    const [a, b] = inputs.map((each) => factor.get(each));
    if (type === 'Add' && a && b && Math.abs(a[1] + b[1] - 1) < 1e-6)
      if (a[0] !== b[0] && readers.get(b[0])?.length === 1) shares.add(b[0]);
  }
  return shares;
}

/**
 * Numbers that are learned: kernels, biases, scale and offset of batch normalisation, a rate of an addition. Running
 * statistics, shapes and the scaling of pixels are not, as everywhere on this page; see core/architecture/cost.ts.
 */
export function onnxParameters(model: OnnxModel): number {
  const graph = graphOf(model);
  const shares = sharesOf(graph);
  const counted = new Set<string>();
  for (const { type, inputs, outputs } of model.nodes) {
    if (graph.pixels.has(outputs[0]!)) continue;
    inputs.forEach((name, place) => {
      const constant = model.constants.get(name);
      if (constant && isWeight(constant) && !settings[type]?.includes(place) && !shares.has(name))
        counted.add(name);
    });
  }
  return [...counted].reduce((sum, name) => sum + model.constants.get(name)!.values.length, 0);
}

/** Multiply-adds of one node for the values it gave, for one image; taps on the padding are counted. */
function multiplyAdds({ type, inputs, outputs }: OnnxNode, values: Values): number {
  const output = sizeOf(values.get(outputs[0]!)!.shape.slice(1));
  const second = values.get(inputs[1] ?? '');
  if (!second) return 0;
  if (type === 'Conv') return output * sizeOf(second.shape.slice(1));
  if (type === 'Gemm' || type === 'MatMul') {
    const inner = values.get(inputs[0]!)!.shape.at(-1)!;
    return output * inner;
  }
  return 0;
}

/** A depthwise convolution whose only reader is a 1 x 1 convolution: the two are one separable block here. */
function isInnerOfSeparable(node: OnnxNode, { model, readers }: Graph): boolean {
  const kernel = model.constants.get(node.inputs[1] ?? '');
  const [filters, depth] = kernel?.shape ?? [];
  if (node.type !== 'Conv' || depth !== 1 || node.attributes.get('group')?.integer !== filters) return false;
  const [reader, ...others] = readers.get(node.outputs[0]!) ?? [];
  const shape = model.constants.get(reader?.inputs[1] ?? '')?.shape;
  return others.length === 0 && reader?.type === 'Conv' && shape?.[2] === 1 && shape[3] === 1;
}

/**
 * What a network costs for one image, counted as this page counts its own: `values` are those of one run. Memory is that
 * of the image and of what convolutions, poolings over windows, additions, concatenations and dense layers give.
 */
export function onnxCost(model: OnnxModel, values: Values, imageValues: number): Cost {
  const graph = graphOf(model);
  let multiplied = 0;
  let held = imageValues;
  for (const node of model.nodes) {
    const name = node.outputs[0]!;
    if (graph.pixels.has(name)) continue;
    const value = values.get(name)!;
    multiplied += multiplyAdds(node, values);
    const isBias = node.type === 'Add' && node.inputs.some((each) => model.constants.has(each));
    const isHeld =
      !inPlace.has(node.type) &&
      !isBias &&
      value.bits === 0 &&
      !/^Global|^Reduce/.test(node.type) &&
      !isInnerOfSeparable(node, graph);
    if (isHeld) held += sizeOf(value.shape.slice(1));
  }
  return { parameters: onnxParameters(model), multiplyAdds: multiplied, activationBytes: 4 * held };
}
