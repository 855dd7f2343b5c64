import { shapesOf } from '../../architecture/shapes.ts';
import type { ArchitectureNode, NodeId, Shape } from '../../architecture/types.ts';
import { clippedLambda, type TensorName } from '../../architecture/weights.ts';
import {
  type ExportedNetwork,
  foldedNorm,
  identifiersOf,
  liveInputs,
  type NamedTensor,
  normalisation,
  tensorsByNode,
} from '../portable.ts';

/** Index into the values of a graph. */
export type ValueIndex = number;

/** What a step reads or writes: [height, width, channels], channels last. */
export interface GraphValue {
  readonly name: string;
  readonly shape: Shape;
}

interface Reads {
  readonly input: ValueIndex;
  readonly output: ValueIndex;
}

/** Stride 1, same padding; each channel with its own filter. `kernel` is [k, k, channels]. */
export interface DepthwiseStep extends Reads {
  readonly kind: 'depthwise';
  readonly size: number;
  readonly kernel: Float64Array;
  readonly bias: Float64Array;
}

/** Stride 1, same padding, then ReLU. `kernel` is [out, k, k, in]. */
export interface ConvStep extends Reads {
  readonly kind: 'conv';
  readonly size: number;
  readonly kernel: Float64Array;
  readonly bias: Float64Array;
}

/** 2 x 2, stride 2, valid. */
export interface MaxPoolStep extends Reads {
  readonly kind: 'maxPool';
}

/** share * first + (1 - share) * second, 0 < share < 1. */
export interface AddStep {
  readonly kind: 'add';
  readonly inputs: readonly [ValueIndex, ValueIndex];
  readonly output: ValueIndex;
  readonly share: number;
}

export interface ConcatStep {
  readonly kind: 'concat';
  readonly inputs: readonly ValueIndex[];
  readonly output: ValueIndex;
}

/** Mean over height and width. */
export interface MeanStep extends Reads {
  readonly kind: 'mean';
}

/** `kernel` is [classes, channels]. */
export interface DenseStep extends Reads {
  readonly kind: 'dense';
  readonly kernel: Float64Array;
  readonly bias: Float64Array;
}

export type FoldedStep = DepthwiseStep | ConvStep | MaxPoolStep | AddStep | ConcatStep | MeanStep | DenseStep;

/**
 * A network as devices run it: batch normalisation is part of the convolutions, a separable block is two of them,
 * additions that let one input through are gone. Value 0 is the picture, pixel values 0 to 255; the first step
 * normalises it; the last value holds the logits.
 */
export interface FoldedGraph {
  readonly values: readonly GraphValue[];
  readonly steps: readonly FoldedStep[];
}

export const inputsOf = (step: FoldedStep): readonly ValueIndex[] =>
  'inputs' in step ? step.inputs : [step.input];

/** [k, k, in, out] with its outputs first and scaled. */
function outputsFirst({ values, shape }: NamedTensor, scale: Float64Array): Float64Array {
  const outputs = shape[3]!;
  const inner = values.length / outputs;
  const turned = new Float64Array(values.length);
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inner; i++) turned[o * inner + i] = values[i * outputs + o]! * scale[o]!;
  return turned;
}

class GraphBuilder {
  readonly values: GraphValue[] = [];
  readonly steps: FoldedStep[] = [];

  value(name: string, shape: Shape): ValueIndex {
    return this.values.push({ name, shape }) - 1;
  }

  block(
    node: Extract<ArchitectureNode, { kind: 'conv' | 'sepConv' }>,
    name: string,
    input: ValueIndex,
    tensors: ReadonlyMap<TensorName, NamedTensor>,
  ): ValueIndex {
    const { scale, bias } = foldedNorm(tensors);
    const from = this.values[input]!.shape;
    let read = input;
    if (node.kind === 'sepConv') {
      read = this.value(`${name}_depthwise`, from);
      const kernel = Float64Array.from(tensors.get('depthwise')!.values);
      const zeros = new Float64Array(from.channels);
      this.steps.push({ kind: 'depthwise', input, output: read, size: node.kernelSize, kernel, bias: zeros });
    }
    const output = this.value(name, { ...from, channels: node.filters });
    const kernel = outputsFirst(tensors.get(node.kind === 'conv' ? 'kernel' : 'pointwise')!, scale);
    const size = node.kind === 'conv' ? node.kernelSize : 1;
    this.steps.push({ kind: 'conv', input: read, output, size, kernel, bias });
    return output;
  }

  head(name: string, input: ValueIndex, tensors: ReadonlyMap<TensorName, NamedTensor>): ValueIndex {
    const { channels } = this.values[input]!.shape;
    const bias = Float64Array.from(tensors.get('bias')!.values);
    const { values } = tensors.get('kernel')!;
    const kernel = Float64Array.from(values, (_, at) => {
      const [k, c] = [Math.floor(at / channels), at % channels];
      return values[c * bias.length + k]!;
    });
    const pooled = this.value(`${name}_pooled`, { height: 1, width: 1, channels });
    this.steps.push({ kind: 'mean', input, output: pooled });
    const output = this.value(`${name}_logits`, { height: 1, width: 1, channels: bias.length });
    this.steps.push({ kind: 'dense', input: pooled, output, kernel, bias });
    return output;
  }
}

/** A network of one head, folded. Throws RangeError as `tensorsByNode` and `normalisation` do. */
export function foldedGraph(network: ExportedNetwork): FoldedGraph {
  const { architecture } = network;
  const names = identifiersOf(architecture);
  const shapes = shapesOf(architecture);
  const tensors = tensorsByNode(network);
  const live = liveInputs(architecture, tensors);
  const graph = new GraphBuilder();
  const outputs = new Map<NodeId, ValueIndex>();
  for (const node of architecture.nodes) {
    const inputs = live.get(node.id)?.map((id) => outputs.get(id)!);
    if (!inputs) continue;
    const name = names.get(node.id)!;
    const own = tensors.get(node.id) ?? new Map<TensorName, NamedTensor>();
    const shape = shapes.get(node.id)!;
    switch (node.kind) {
      case 'input': {
        const { scale, offset } = normalisation(network);
        const input = graph.value('images', shape);
        const output = graph.value(`${name}_normal`, shape);
        const [kernel, bias] = [Float64Array.from(scale), Float64Array.from(offset)];
        graph.steps.push({ kind: 'depthwise', input, output, size: 1, kernel, bias });
        outputs.set(node.id, output);
        break;
      }
      case 'conv':
      case 'sepConv':
        outputs.set(node.id, graph.block(node, name, inputs[0]!, own));
        break;
      case 'maxPool': {
        const output = graph.value(name, shape);
        graph.steps.push({ kind: 'maxPool', input: inputs[0]!, output });
        outputs.set(node.id, output);
        break;
      }
      case 'add': {
        const output = graph.value(name, shape);
        const share = clippedLambda(own.get('lambda')!.values[0]!);
        graph.steps.push({ kind: 'add', inputs: [inputs[0]!, inputs[1]!], output, share });
        outputs.set(node.id, output);
        break;
      }
      case 'concat': {
        const output = graph.value(name, shape);
        graph.steps.push({ kind: 'concat', inputs, output });
        outputs.set(node.id, output);
        break;
      }
      case 'head':
        outputs.set(node.id, graph.head(name, inputs[0]!, own));
        break;
    }
  }
  return graph;
}
