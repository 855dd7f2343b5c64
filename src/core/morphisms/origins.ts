import type { Architecture, NodeId } from '../architecture/types.ts';
import { type TensorName, tensorKey, tensorsOf } from '../architecture/weights.ts';
import type { ChannelRun, Fill, TensorMap, WeightMap } from './weight-map.ts';

/** Where a weight comes from, as one tells it. `kept`: the parent's, of the filters that pruning left. */
export type Origin =
  | 'copied'
  | 'kept'
  | 'repeated'
  | 'zero'
  | 'one'
  | 'constant'
  | 'he'
  | 'identity'
  | 'measured'
  | 'factorised';

export interface TensorOrigins {
  readonly node: NodeId;
  readonly name: TensorName;
  readonly shape: readonly number[];
  /** How many of its numbers have which origin; they add up to its size. */
  readonly counts: Readonly<Partial<Record<Origin, number>>>;
}

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Axis of the input channels and of the output channels in each tensor, or -1. */
const axes: Readonly<Record<TensorName, readonly [inputs: number, outputs: number]>> = {
  kernel: [-2, -1],
  depthwise: [-2, -3],
  pointwise: [-2, -1],
  gamma: [-3, -1],
  beta: [-3, -1],
  mean: [-3, -1],
  variance: [-3, -1],
  mean1: [-3, -1],
  variance1: [-3, -1],
  lambda: [-3, -3],
  bias: [-3, -1],
};

/** Size of a tensor along its input or output channels; 1 where it has no such axis. */
function sizeAlong(name: TensorName, shape: readonly number[], side: 0 | 1): number {
  const axis = axes[name][side];
  return axis === -3 ? 1 : (shape.at(axis) ?? 1);
}

function fillOrigin(fill: Fill): Origin {
  if (fill.kind !== 'constant') return fill.kind;
  return fill.value === 0 ? 'zero' : fill.value === 1 ? 'one' : 'constant';
}

/** Channels of one axis by how they come about; the selection of pruning is resolved to its number kept. */
function channelCounts(runs: readonly ChannelRun[] | null, size: number, map: WeightMap) {
  if (!runs) return { copied: size, repeated: 0, kept: 0, new: 0 };
  const counts = { copied: 0, repeated: 0, kept: 0, new: 0 };
  for (const run of runs) {
    if (run.kind === 'copy') counts.copied += run.length;
    else if (run.kind === 'repeat') counts.repeated += 1;
    else if (run.kind === 'new') counts.new += run.length;
    else counts.kept += map.selections.find(({ id }) => id === run.selection)?.keep ?? 0;
  }
  return counts;
}

function gatherCounts(
  source: Extract<TensorMap['source'], { kind: 'gather' }>,
  name: TensorName,
  shape: readonly number[],
  map: WeightMap,
): Partial<Record<Origin, number>> {
  const [inputSize, outputSize] = [sizeAlong(name, shape, 0), sizeAlong(name, shape, 1)];
  const inputs = channelCounts(source.inputs, inputSize, map);
  const outputs = channelCounts(source.outputs, outputSize, map);
  const each = product(shape) / (inputSize * outputSize);
  const counts: Partial<Record<Origin, number>> = {};
  const put = (origin: Origin, channels: number) => {
    if (channels > 0) counts[origin] = (counts[origin] ?? 0) + channels * each;
  };
  const oldOutputs = outputSize - outputs.new;
  put(fillOrigin(source.newOutputs), outputs.new * inputSize);
  put(fillOrigin(source.newInputs), oldOutputs * inputs.new);
  const copied = outputs.copied * inputs.copied;
  const repeated = (outputs.repeated + outputs.copied) * inputs.repeated + outputs.repeated * inputs.copied;
  put('copied', copied);
  put('repeated', repeated);
  put('kept', oldOutputs * (inputSize - inputs.new) - copied - repeated);
  return counts;
}

/** Where every tensor of `child` comes from in one step, counted from the step's weight map. */
export function originsOf(child: Architecture, map: WeightMap): readonly TensorOrigins[] {
  const sources = new Map(map.tensors.map((tensor) => [tensorKey(tensor.to), tensor.source]));
  return tensorsOf(child).map(({ node, name, shape }) => {
    const source = sources.get(tensorKey({ node, name }));
    if (!source) throw new Error(`the weight map has no source for ${tensorKey({ node, name })}`);
    const total = product(shape);
    switch (source.kind) {
      case 'fill':
        return { node, name, shape, counts: { [fillOrigin(source.fill)]: total } };
      case 'factor':
        return { node, name, shape, counts: { factorised: total } };
      case 'gather':
        return { node, name, shape, counts: gatherCounts(source, name, shape, map) };
    }
  });
}

/** The counts of several tensors together, for example of one node or of a whole network. */
export function totalOrigins(tensors: readonly TensorOrigins[]): Readonly<Partial<Record<Origin, number>>> {
  const total: Partial<Record<Origin, number>> = {};
  for (const { counts } of tensors)
    for (const [origin, count] of Object.entries(counts) as [Origin, number][])
      total[origin] = (total[origin] ?? 0) + count;
  return total;
}
