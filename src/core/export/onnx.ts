import type { ArchitectureNode, NodeId } from '../architecture/types.ts';
import { clippedLambda, type TensorName } from '../architecture/weights.ts';
import { shapesOf } from '../architecture/shapes.ts';
import {
  exportEpsilon,
  type ExportedNetwork,
  float32Bytes,
  identifiersOf,
  joinBytes,
  liveInputs,
  type NamedTensor,
  normalisation,
  tensorsByNode,
  transpose,
} from './portable.ts';
import { describeNetwork, describedLines } from './description.ts';
import { bytesField, floatField, integerField, textField } from './protobuf.ts';

/** Field numbers are those of onnx.proto. The oldest version that has all that is written: most readers know it. */
const [irVersion, operatorSet] = [7, 13];
const attributeTypes = { float: 1, integer: 2, integers: 7 } as const;
const floatType = 1;

const integer = (name: string, value: number) =>
  bytesField(5, textField(1, name), integerField(3, value), integerField(20, attributeTypes.integer));
const integers = (name: string, values: readonly number[]) =>
  bytesField(
    5,
    textField(1, name),
    ...values.map((value) => integerField(8, value)),
    integerField(20, attributeTypes.integers),
  );
const float = (name: string, value: number) =>
  bytesField(5, textField(1, name), floatField(2, value), integerField(20, attributeTypes.float));

function operation(
  type: string,
  inputs: readonly string[],
  output: string,
  ...attributes: readonly Uint8Array[]
): Uint8Array {
  return bytesField(
    1,
    ...inputs.map((input) => textField(1, input)),
    textField(2, output),
    textField(3, output),
    textField(4, type),
    ...attributes,
  );
}

const initializer = (name: string, shape: readonly number[], values: Float32Array) =>
  bytesField(
    5,
    ...shape.map((size) => integerField(1, size)),
    integerField(2, floatType),
    textField(8, name),
    bytesField(9, float32Bytes(values)),
  );

/** What the axes of an image are called (onnx/docs/DimensionDenotation.md). */
const imageAxes = ['DATA_BATCH', 'DATA_CHANNEL', 'DATA_FEATURE', 'DATA_FEATURE'];

function valueInfo(
  field: 11 | 12,
  name: string,
  shape: readonly number[],
  says: string,
  axes: readonly string[] = [],
): Uint8Array {
  const sizes = [textField(2, 'batch'), ...shape.map((size) => integerField(1, size))];
  const dimensions = sizes.map((size, axis) =>
    bytesField(1, size, ...(axes[axis] ? [textField(3, axes[axis])] : [])),
  );
  const tensor = bytesField(1, integerField(1, floatType), bytesField(2, ...dimensions));
  const denotation = axes.length > 0 ? [textField(6, 'IMAGE')] : [];
  return bytesField(field, textField(1, name), bytesField(2, tensor, ...denotation), textField(3, says));
}

/**
 * What readers look for: the image keys of onnx/docs/MetadataProps.md, which Windows ML reads, the classes, and the
 * whole description as JSON.
 */
function metadataOf(network: ExportedNetwork): readonly (readonly [key: string, value: string])[] {
  const description = describeNetwork(network);
  return [
    ['Image.BitmapPixelFormat', description.input.channels === 1 ? 'Gray8' : 'Rgb8'],
    ['Image.ColorSpaceGamma', 'SRGB'],
    ['Image.NominalPixelRange', 'NominalRange_0_255'],
    ['classes', JSON.stringify(network.classes)],
    ['lemonade.description', JSON.stringify(description)],
  ];
}

/** Attributes of a convolution with stride 1 and same padding. */
function square(size: number): readonly Uint8Array[] {
  const pad = (size - 1) / 2;
  return [
    integers('kernel_shape', [size, size]),
    integers('pads', [pad, pad, pad, pad]),
    integers('strides', [1, 1]),
  ];
}

/** Collects the operations and constants of one graph. */
class GraphWriter {
  readonly operations: Uint8Array[] = [];
  readonly initializers: Uint8Array[] = [];

  constant(name: string, shape: readonly number[], values: Float32Array): string {
    this.initializers.push(initializer(name, shape, values));
    return name;
  }

  run(type: string, inputs: readonly string[], output: string, ...attributes: readonly Uint8Array[]): string {
    this.operations.push(operation(type, inputs, output, ...attributes));
    return output;
  }

  /** Convolution, stride 1, same padding; `kernel` is [k, k, in / group, out] and becomes [out, in / group, k, k]. */
  convolve(input: string, name: string, kernel: NamedTensor, group: number): string {
    const depthwise = group > 1 || kernel.name === 'depthwise';
    const turned = transpose(kernel.values, kernel.shape, depthwise ? [2, 3, 0, 1] : [3, 2, 0, 1]);
    return this.run(
      'Conv',
      [input, this.constant(`${name}_weight`, turned.shape, turned.values)],
      name,
      ...square(kernel.shape[0]!),
      integer('group', group),
    );
  }
}

type Tensors = ReadonlyMap<TensorName, NamedTensor>;

function writeBlock(
  graph: GraphWriter,
  node: Extract<ArchitectureNode, { kind: 'conv' | 'sepConv' }>,
  name: string,
  input: string,
  channels: number,
  tensors: Tensors,
): string {
  const convolved =
    node.kind === 'conv'
      ? graph.convolve(input, `${name}_conv`, tensors.get('kernel')!, 1)
      : graph.convolve(
          graph.convolve(input, `${name}_depthwise`, tensors.get('depthwise')!, channels),
          `${name}_pointwise`,
          tensors.get('pointwise')!,
          1,
        );
  const statistics = (['gamma', 'beta', 'mean', 'variance'] as const).map((part) =>
    graph.constant(`${name}_${part}`, [node.filters], tensors.get(part)!.values),
  );
  const normal = graph.run(
    'BatchNormalization',
    [convolved, ...statistics],
    `${name}_bn`,
    float('epsilon', exportEpsilon),
  );
  return graph.run('Relu', [normal], name);
}

function writeNode(
  graph: GraphWriter,
  network: ExportedNetwork,
  node: ArchitectureNode,
  name: string,
  inputs: readonly string[],
  channels: number,
  tensors: Tensors,
): string {
  switch (node.kind) {
    case 'input': {
      // One filter a channel: OpenCV 4.6 adds no constant with several channels to a batch.
      const { scale, offset } = normalisation(network);
      return graph.run(
        'Conv',
        [
          'images',
          graph.constant('pixel_scale', [node.channels, 1, 1, 1], Float32Array.from(scale)),
          graph.constant('pixel_offset', [node.channels], Float32Array.from(offset)),
        ],
        `${name}_normal`,
        ...square(1),
        integer('group', node.channels),
      );
    }
    case 'conv':
    case 'sepConv':
      return writeBlock(graph, node, name, inputs[0]!, channels, tensors);
    case 'maxPool':
      return graph.run(
        'MaxPool',
        inputs,
        name,
        integers('kernel_shape', [2, 2]),
        integers('strides', [2, 2]),
      );
    case 'add': {
      const lambda = clippedLambda(tensors.get('lambda')!.values[0]!);
      const share = (part: string, value: number, input: string) =>
        graph.run(
          'Mul',
          [input, graph.constant(`${name}_${part}_share`, [], Float32Array.of(value))],
          `${name}_${part}`,
        );
      return graph.run(
        'Add',
        [share('main', lambda, inputs[0]!), share('skip', 1 - lambda, inputs[1]!)],
        name,
      );
    }
    case 'concat':
      return graph.run('Concat', inputs, name, integer('axis', 1));
    case 'head': {
      // As [classes, channels] with transB: OpenCV reads no other Gemm.
      const kernel = tensors.get('kernel')!;
      const turned = transpose(kernel.values, kernel.shape, [1, 0]);
      const pooled = graph.run('GlobalAveragePool', inputs, `${name}_pooled`);
      const flat = graph.run('Flatten', [pooled], `${name}_flat`, integer('axis', 1));
      const logits = graph.run(
        'Gemm',
        [
          flat,
          graph.constant(`${name}_weight`, turned.shape, turned.values),
          graph.constant(`${name}_bias`, [node.classes], tensors.get('bias')!.values),
        ],
        `${name}_logits`,
        integer('transB', 1),
      );
      return graph.run('Softmax', [logits], 'probabilities', integer('axis', 1));
    }
  }
}

/**
 * The network as an ONNX model (operator set 13). Input `images`: float32 [batch, channels, height, width], pixel
 * values 0 to 255; output `probabilities` [batch, classes]. Normalisation is part of the graph; lambda is fixed.
 */
export function writeOnnx(network: ExportedNetwork): Uint8Array<ArrayBuffer> {
  const { architecture } = network;
  const names = identifiersOf(architecture);
  const shapes = shapesOf(architecture);
  const tensors = tensorsByNode(network);
  const live = liveInputs(architecture, tensors);
  const graph = new GraphWriter();
  const outputs = new Map<NodeId, string>();
  const ends: Uint8Array[] = [];
  for (const node of architecture.nodes) {
    const reads = live.get(node.id);
    if (!reads) continue;
    const inputs = reads.map((id) => outputs.get(id)!);
    const channels = node.inputs[0] === undefined ? 0 : shapes.get(node.inputs[0])!.channels;
    const own = tensors.get(node.id) ?? new Map<TensorName, NamedTensor>();
    const name = names.get(node.id)!;
    outputs.set(node.id, writeNode(graph, network, node, name, inputs, channels, own));
    if (node.kind === 'input')
      ends.unshift(
        valueInfo(11, 'images', [node.channels, node.height, node.width], 'pixel values 0 to 255', imageAxes),
      );
    if (node.kind === 'head')
      ends.push(valueInfo(12, 'probabilities', [node.classes], 'of each class, in the order of classes'));
  }
  return joinBytes([
    integerField(1, irVersion),
    textField(2, 'LEMONADE Playground'),
    textField(6, [`${network.name}.`, ...describedLines(network)].join('\n')),
    bytesField(7, ...graph.operations, textField(2, network.name), ...graph.initializers, ...ends),
    bytesField(8, textField(1, ''), integerField(2, operatorSet)),
    ...metadataOf(network).map(([key, value]) => bytesField(14, textField(1, key), textField(2, value))),
  ]);
}
