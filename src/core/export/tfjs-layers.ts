import { clippedLambda } from '../architecture/weights.ts';
import type { ArchitectureNode, NodeId } from '../architecture/types.ts';
import { describeNetwork } from './description.ts';
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
} from './portable.ts';

/** A stock TensorFlow.js LayersModel: `tf.loadLayersModel('model.json')` reads it without any custom code. */
export interface TfjsLayersModel {
  /** The text of model.json. */
  readonly json: string;
  /** weights.bin, which model.json names. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

interface StoredWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Collects Keras layer configurations and their weights. */
class LayerWriter {
  readonly layers: unknown[] = [];
  readonly weights: StoredWeight[] = [];

  layer(
    className: string,
    name: string,
    inputs: readonly string[],
    config: object,
    ...weights: readonly (readonly [name: string, shape: readonly number[], values: Float32Array])[]
  ): string {
    this.layers.push({
      class_name: className,
      name,
      // Keras refuses the key for an input.
      config: { name, ...(className === 'InputLayer' ? {} : { trainable: true }), ...config },
      inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
    });
    for (const [part, shape, values] of weights)
      this.weights.push({ name: `${name}/${part}`, shape, values });
    return name;
  }
}

type Tensors = ReadonlyMap<string, NamedTensor>;

const square = (size: number) => ({
  kernel_size: [size, size],
  strides: [1, 1],
  padding: 'same',
  data_format: 'channels_last',
  dilation_rate: [1, 1],
});

function writeInput(
  writer: LayerWriter,
  network: ExportedNetwork,
  node: Extract<ArchitectureNode, { kind: 'input' }>,
): string {
  const { channels } = node;
  const { scale, offset } = normalisation(network);
  const images = writer.layer('InputLayer', 'images', [], {
    batch_input_shape: [null, node.height, node.width, channels],
    dtype: 'float32',
    sparse: false,
  });
  return writer.layer(
    'DepthwiseConv2D',
    'normalise',
    [images],
    { ...square(1), depth_multiplier: 1, use_bias: true, activation: 'linear', trainable: false },
    ['depthwise_kernel', [1, 1, channels, 1], Float32Array.from(scale)],
    ['bias', [channels], Float32Array.from(offset)],
  );
}

function writeBlock(
  writer: LayerWriter,
  node: Extract<ArchitectureNode, { kind: 'conv' | 'sepConv' }>,
  name: string,
  inputs: readonly string[],
  tensors: Tensors,
): string {
  const stored = (part: string, from: string) => {
    const tensor = tensors.get(from)!;
    return [part, tensor.shape, tensor.values] as const;
  };
  const common = { ...square(node.kernelSize), filters: node.filters, use_bias: false, activation: 'linear' };
  const convolved =
    node.kind === 'conv'
      ? writer.layer('Conv2D', `${name}_conv`, inputs, common, stored('kernel', 'kernel'))
      : writer.layer(
          'SeparableConv2D',
          `${name}_conv`,
          inputs,
          { ...common, depth_multiplier: 1 },
          stored('depthwise_kernel', 'depthwise'),
          stored('pointwise_kernel', 'pointwise'),
        );
  const normal = writer.layer(
    'BatchNormalization',
    `${name}_bn`,
    [convolved],
    { axis: -1, momentum: 0.9, epsilon: exportEpsilon, center: true, scale: true },
    stored('gamma', 'gamma'),
    stored('beta', 'beta'),
    stored('moving_mean', 'mean'),
    stored('moving_variance', 'variance'),
  );
  return writer.layer('Activation', name, [normal], { activation: 'relu' });
}

function writeNode(
  writer: LayerWriter,
  network: ExportedNetwork,
  node: ArchitectureNode,
  name: string,
  inputs: readonly string[],
  tensors: Tensors,
): string {
  switch (node.kind) {
    case 'input':
      return writeInput(writer, network, node);
    case 'conv':
    case 'sepConv':
      return writeBlock(writer, node, name, inputs, tensors);
    case 'maxPool':
      return writer.layer('MaxPooling2D', name, inputs, {
        pool_size: [2, 2],
        strides: [2, 2],
        padding: 'valid',
        data_format: 'channels_last',
      });
    case 'add': {
      const lambda = clippedLambda(tensors.get('lambda')!.values[0]!);
      const share = (part: string, scale: number, input: string) =>
        writer.layer('Rescaling', `${name}_${part}`, [input], { scale, offset: 0 });
      return writer.layer(
        'Add',
        name,
        [share('main', lambda, inputs[0]!), share('skip', 1 - lambda, inputs[1]!)],
        {},
      );
    }
    case 'concat':
      return writer.layer('Concatenate', name, inputs, { axis: -1 });
    case 'head': {
      const { shape, values } = tensors.get('kernel')!;
      const pooled = writer.layer('GlobalAveragePooling2D', `${name}_pool`, inputs, {
        data_format: 'channels_last',
      });
      return writer.layer(
        'Dense',
        name,
        [pooled],
        { units: node.classes, activation: 'softmax', use_bias: true },
        ['kernel', shape, values],
        ['bias', [node.classes], tensors.get('bias')!.values],
      );
    }
  }
}

/**
 * model.json and weights.bin. Input: float32 [batch, height, width, channels], pixel values 0 to 255; output:
 * probabilities [batch, classes]. Lambda is written as two fixed Rescaling layers before an Add.
 */
export function writeTfjsLayers(network: ExportedNetwork): TfjsLayersModel {
  const names = identifiersOf(network.architecture);
  const tensors = tensorsByNode(network);
  const live = liveInputs(network.architecture, tensors);
  const writer = new LayerWriter();
  const outputs = new Map<NodeId, string>();
  let last = '';
  for (const node of network.architecture.nodes) {
    const reads = live.get(node.id);
    if (!reads) continue;
    const inputs = reads.map((id) => outputs.get(id)!);
    const own: Tensors = tensors.get(node.id) ?? new Map();
    const output = writeNode(writer, network, node, names.get(node.id)!, inputs, own);
    outputs.set(node.id, output);
    last = output;
  }
  const model = {
    format: 'layers-model',
    generatedBy: 'LEMONADE Playground',
    convertedBy: null,
    userDefinedMetadata: {
      name: network.name,
      classes: network.classes,
      description: describeNetwork(network),
    },
    modelTopology: {
      class_name: 'Model',
      config: {
        name: 'lemonade',
        layers: writer.layers,
        input_layers: [['images', 0, 0]],
        output_layers: [[last, 0, 0]],
      },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: writer.weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
  };
  return {
    json: JSON.stringify(model),
    weights: joinBytes(writer.weights.map(({ values }) => float32Bytes(values))),
  };
}
