import {
  clippedLambda,
  hasSecondHead,
  layoutOf,
  type TensorName,
  type Weights,
} from '../architecture/weights.ts';
import type { Architecture, NodeId } from '../architecture/types.ts';
import type { PicturePreparation } from './preparation.ts';

/** Batch-normalisation epsilon of every block; the engine's `batchNormEpsilon`. */
export const exportEpsilon = 1e-3;

/** What a head says of the data set it learned from. */
export interface HeadFacts {
  /** Names of its classes. */
  readonly classes: readonly string[];
  /** Per channel, of pixels scaled to [0, 1]: the network sees (pixel / 255 - mean) / deviation. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** How a picture becomes such pixels; absent where that is not known. */
  readonly preparation?: PicturePreparation;
}

/** A network as every writer here takes it: with one head (per-head.ts). */
export interface ExportedNetwork extends HeadFacts {
  /** For titles and comments, for example "LEMONADE network 58". */
  readonly name: string;
  readonly architecture: Architecture;
  /** Laid out by layoutOf(architecture). */
  readonly weights: Weights;
  /** Which of two heads this is, counted from 1; absent where the network has one. */
  readonly head?: { readonly number: number; readonly of: number };
}

/** Throws RangeError on a second head, which no writer can normalise: `exportedHeads` takes a network apart first. */
export function requireOneHead(architecture: Architecture): void {
  if (hasSecondHead(architecture)) throw new RangeError('two heads are exported one by one');
}

/** One tensor of a network: a view of its weights. */
export interface NamedTensor {
  readonly name: TensorName;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Words of Python and JavaScript, and what the writers here call their own. */
const reserved = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
    'import in is lambda nonlocal not or pass raise return try while with yield match case type self super print ' +
    'const let var function new delete typeof void switch this null true false enum export static ' +
    'images pixels probabilities normalise pixel_scale pixel_offset keras layers torch nn np tf math json os ' +
    'build load model network tensors tensor put name names path parts filters size main skip rate mean deviation scale ' +
    'offset classes lemonade conv_block sep_block blend clip x'
  ).split(' '),
);

/** What the writers put behind a node's name: no node may be called like a part of another. */
const parts =
  /_(conv|bn|depthwise|pointwise|weight|bias|kernel|gamma|beta|mean|variance|main|skip|share|pool|pooled|flat|logits|scaled|normal|lambda)$/;

/**
 * A name for every node that is an identifier in Python and JavaScript: block 1b is `block_1b`, pool1 `pool1`,
 * the cell occurrence c1/2 `block_c1_2`. Names are unique, are no words of either language, and are not what a writer
 * calls a part of another node.
 */
export function identifiersOf(architecture: Architecture): ReadonlyMap<NodeId, string> {
  const names = new Map<NodeId, string>();
  const taken = new Set<string>();
  for (const node of architecture.nodes) {
    const plain = node.id.replace(/[^A-Za-z0-9]+/g, '_');
    const block = node.kind === 'conv' || node.kind === 'sepConv';
    const own = !block && /^[A-Za-z]/.test(plain) && !reserved.has(plain);
    const whole = own ? plain : `${block ? 'block' : node.kind}_${plain}`;
    const stem = parts.test(whole) ? `${whole}_node` : whole;
    let name = node.kind === 'input' ? 'pixels' : stem;
    for (let i = 2; taken.has(name); i++) name = `${stem}_${i}`;
    taken.add(name);
    names.set(node.id, name);
  }
  return names;
}

/** The tensors of every node that has any, by tensor name. Throws RangeError on a second head or a wrong number of weights. */
export function tensorsByNode(
  network: Pick<ExportedNetwork, 'architecture' | 'weights'>,
): ReadonlyMap<NodeId, ReadonlyMap<TensorName, NamedTensor>> {
  requireOneHead(network.architecture);
  const layout = layoutOf(network.architecture);
  if (network.weights.length !== layout.length)
    throw new RangeError(`expected ${layout.length} weights, got ${network.weights.length}`);
  const nodes = new Map<NodeId, Map<TensorName, NamedTensor>>();
  for (const slot of layout.slots) {
    const tensors = nodes.get(slot.node) ?? new Map<TensorName, NamedTensor>();
    tensors.set(slot.name, {
      name: slot.name,
      shape: slot.shape,
      values: network.weights.subarray(slot.offset, slot.offset + slot.length),
    });
    nodes.set(slot.node, tensors);
  }
  return nodes;
}

/** A tensor with its axes in the order `axes` (axis i of the result is axis axes[i] of `tensor`). */
export function transpose(
  values: Float32Array,
  shape: readonly number[],
  axes: readonly number[],
): { readonly values: Float32Array; readonly shape: readonly number[] } {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const turned = axes.map((axis) => shape[axis]!);
  const steps = axes.map((axis) => strides[axis]!);
  const result = new Float32Array(values.length);
  const index = turned.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from]!;
    for (let axis = turned.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++index[axis]! < turned[axis]!) break;
      from -= steps[axis]! * turned[axis]!;
      index[axis] = 0;
    }
  }
  return { values: result, shape: turned };
}

/** Whether mean and deviation are known for each channel of its input: without them a network answers anything. */
export function isNormalised({
  architecture,
  mean,
  deviation,
}: Pick<ExportedNetwork, 'architecture' | 'mean' | 'deviation'>): boolean {
  const input = architecture.nodes.find((node) => node.kind === 'input');
  return (
    mean.length === input?.channels &&
    deviation.length === input.channels &&
    mean.every(Number.isFinite) &&
    deviation.every((value) => Number.isFinite(value) && value > 0)
  );
}

/** Throws RangeError where `isNormalised` does not hold: an export is refused, never written with empty numbers. */
export function requireNormalised(
  network: Pick<ExportedNetwork, 'architecture' | 'mean' | 'deviation'>,
): void {
  if (!isNormalised(network)) throw new RangeError('mean and deviation of its pictures are not known');
}

/** Pixel values 0 to 255 to what the network sees, as scale and offset per channel. Throws as requireNormalised. */
export function normalisation(network: Pick<ExportedNetwork, 'architecture' | 'mean' | 'deviation'>): {
  readonly scale: readonly number[];
  readonly offset: readonly number[];
} {
  requireNormalised(network);
  return {
    scale: network.deviation.map((deviation) => 1 / (255 * deviation)),
    offset: network.mean.map((mean, channel) => -mean / network.deviation[channel]!),
  };
}

/** Inference-mode batch normalisation of a block as a factor and an offset of each filter, in double precision. */
export function foldedNorm(tensors: ReadonlyMap<TensorName, NamedTensor>): {
  readonly scale: Float64Array<ArrayBuffer>;
  readonly bias: Float64Array<ArrayBuffer>;
} {
  const of = (name: TensorName) => tensors.get(name)!.values;
  const [gamma, beta, mean, variance] = [of('gamma'), of('beta'), of('mean'), of('variance')];
  const scale = Float64Array.from(
    gamma,
    (value, filter) => value / Math.sqrt(variance[filter]! + exportEpsilon),
  );
  const bias = Float64Array.from(beta, (value, filter) => value - mean[filter]! * scale[filter]!);
  return { scale, bias };
}

/**
 * What each node reads, for formats that only infer: an addition whose lambda lets one of its inputs through alone is
 * that input, and nodes that then lead nowhere are left out. `tensors` are those of `tensorsByNode`.
 */
export function liveInputs(
  { nodes }: Architecture,
  tensors: ReturnType<typeof tensorsByNode>,
): ReadonlyMap<NodeId, readonly NodeId[]> {
  const through = new Map<NodeId, NodeId>();
  const reads = new Map<NodeId, readonly NodeId[]>();
  for (const node of nodes) {
    const inputs = (node.inputs as readonly NodeId[]).map((id) => through.get(id) ?? id);
    const lambda = node.kind === 'add' ? clippedLambda(tensors.get(node.id)!.get('lambda')!.values[0]!) : 0.5;
    if (lambda === 0 || lambda === 1) through.set(node.id, inputs[lambda === 1 ? 0 : 1]!);
    else reads.set(node.id, inputs);
  }
  const live = new Set<NodeId>();
  for (const node of nodes.toReversed())
    if (node.kind === 'head' || live.has(node.id))
      for (const id of [node.id, ...(reads.get(node.id) ?? [])]) live.add(id);
  return new Map([...reads].filter(([id]) => live.has(id)));
}

/** UTF-8 bytes of a string. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(bytes);
}

/** Little-endian float32 bytes, whatever this machine's order. */
export function float32Bytes(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return bytes;
}

/** The parts, one behind the other. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
