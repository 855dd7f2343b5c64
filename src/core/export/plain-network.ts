import { shapesOf } from '../architecture/shapes.ts';
import type { NodeId } from '../architecture/types.ts';
import { clippedLambda, type TensorName } from '../architecture/weights.ts';
import { encodeFloats } from '../run-file/base64.ts';
import type { PlainNetwork, PlainNode } from './plain-answer.ts';
import {
  foldedNorm,
  liveInputs,
  normalisation,
  tensorsByNode,
  type ExportedNetwork,
  type NamedTensor,
} from './portable.ts';

/** `kernel` [..., filters] times a factor for each filter, and behind it what is added to each. */
function folded(kernel: Float32Array, tensors: ReadonlyMap<TensorName, NamedTensor>): number[] {
  const { scale, bias } = foldedNorm(tensors);
  return [...Array.from(kernel, (value, i) => value * scale[i % scale.length]!), ...bias];
}

/**
 * A network as the programs that exports carry run it (plain-answer.ts): batch normalisation folded into the kernel
 * before it, additions that let one input through alone left out. Throws RangeError on a second head, on a wrong number
 * of weights, where mean and deviation are not known, and where the preparation of pictures is not.
 */
export function plainNetwork(network: ExportedNetwork): PlainNetwork {
  const { architecture, name, classes, preparation } = network;
  if (!preparation) throw new RangeError('the preparation of its pictures is not known');
  const tensors = tensorsByNode(network);
  const shapes = shapesOf(architecture);
  const reads = liveInputs(architecture, tensors);
  const places = new Map([...reads.keys()].map((id, place) => [id, place]));
  const nodes: PlainNode[] = [];
  const weights: number[] = [];
  const put = (values: ArrayLike<number>) => {
    for (let i = 0; i < values.length; i++) weights.push(values[i]!);
  };
  for (const node of architecture.nodes) {
    const inputs = reads.get(node.id);
    if (!inputs) continue;
    const from = inputs.map((id: NodeId) => places.get(id)!);
    const own = tensors.get(node.id)!;
    const { height, width, channels } = shapes.get(node.id)!;
    switch (node.kind) {
      case 'input':
        nodes.push({ kind: 'input', from, height, width, channels });
        break;
      case 'conv':
        nodes.push({ kind: 'conv', from, size: node.kernelSize, filters: node.filters });
        put(folded(own.get('kernel')!.values, own));
        break;
      case 'sepConv':
        nodes.push({ kind: 'sepConv', from, size: node.kernelSize, filters: node.filters });
        put(own.get('depthwise')!.values);
        put(folded(own.get('pointwise')!.values, own));
        break;
      case 'maxPool':
        nodes.push({ kind: 'maxPool', from });
        break;
      case 'add':
        nodes.push({ kind: 'add', from, rate: clippedLambda(own.get('lambda')!.values[0]!) });
        break;
      case 'concat':
        nodes.push({ kind: 'concat', from });
        break;
      case 'head':
        nodes.push({ kind: 'head', from, classes: node.classes });
        put(own.get('kernel')!.values);
        put(own.get('bias')!.values);
        break;
    }
  }
  return {
    name,
    classes,
    ...normalisation(network),
    preparation,
    nodes,
    weights: encodeFloats(Float32Array.from(weights)),
  };
}
