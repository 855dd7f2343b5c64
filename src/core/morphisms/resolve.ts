import {
  layoutOf,
  tensorKey,
  type TensorRef,
  type TensorSlot,
  type WeightLayout,
  type Weights,
} from '../architecture/weights.ts';
import type { Architecture, NodeId } from '../architecture/types.ts';
import type { Random } from '../random.ts';
import { provenance, resolveSelections, type Selections, type TensorProvenance } from './provenance.ts';
import { rankOne, type RankOne } from './rank-one.ts';
import type { WeightMap } from './weight-map.ts';

/** Numbers that only a forward pass can give: this statistic of the block's convolution output, at these channels. */
export interface MeasuredTensor {
  readonly ref: TensorRef;
  readonly statistic: 'mean' | 'variance' | 'deviation';
  readonly channels: readonly number[];
}

export interface Inheritance {
  /** The child's weights; what is to be measured holds 0 (mean) or 1 (variance, deviation) until then. */
  readonly weights: Weights;
  /** In node order. Measure block by block: a later block's output may depend on an earlier one's statistics. */
  readonly measured: readonly MeasuredTensor[];
  readonly selections: Selections;
}

/** The rank-1 factorisation of every input channel's slice of a conv kernel [k, k, in, out]. */
function factorise(kernel: Float32Array, [size, , inputs, outputs]: readonly number[]): readonly RankOne[] {
  const taps = size! * size!;
  return Array.from({ length: inputs! }, (_, input) => {
    const slice = new Float64Array(taps * outputs!);
    for (let tap = 0; tap < taps; tap++) {
      const start = (tap * inputs! + input) * outputs!;
      slice.set(kernel.subarray(start, start + outputs!), tap * outputs!);
    }
    return rankOne(slice, taps, outputs!);
  });
}

function writeFactor(
  target: Float32Array,
  part: 'depthwise' | 'pointwise',
  factors: readonly RankOne[],
): void {
  const inputs = factors.length;
  factors.forEach(({ rows, columns }, input) => {
    if (part === 'depthwise') rows.forEach((value, tap) => (target[tap * inputs + input] = value));
    else target.set(columns, input * columns.length);
  });
}

const placeholder = { mean: 0, variance: 1, deviation: 1 } as const;

/** Writes one child tensor; gives the channels of each statistic that is left to be measured. */
function writeTensor(
  target: Float32Array,
  origin: TensorProvenance,
  parent: Float32Array | null,
  parentShape: readonly number[] | null,
  random: Random,
): readonly MeasuredTensor[] {
  const measured = new Map<MeasuredTensor['statistic'], number[]>();
  for (let i = 0; i < target.length; i++) {
    const index = origin.index[i]!;
    if (index >= 0) {
      const noise = origin.noisy[i] === 1 ? 1 + origin.noise * random.normal() : 1;
      target[i] = parent![index]! * origin.factor[i]! * noise;
      continue;
    }
    const beginning = origin.beginnings[origin.beginning[i]!]!;
    switch (beginning.kind) {
      case 'constant':
        target[i] = beginning.value;
        break;
      case 'he':
        target[i] = random.normal() * Math.sqrt(2 / beginning.fanIn);
        break;
      case 'identity':
        target[i] = 1;
        break;
      case 'measured': {
        const { statistic } = beginning;
        target[i] = placeholder[statistic];
        measured.set(statistic, [...(measured.get(statistic) ?? []), i]);
        break;
      }
      case 'factor':
        writeFactor(target, beginning.part, factorise(parent!, parentShape!));
        return [];
    }
  }
  const ref = { node: origin.to.node, name: origin.to.name };
  return [...measured].map(([statistic, channels]) => ({ ref, statistic, channels }));
}

/**
 * Carries a weight map out on plain numbers: everything but the measured BN statistics, which it reports. Never
 * shares memory with `parentWeights`. He's normals and noise come from splits of `random` named by tensor, so the
 * order of tensors does not matter. Throws Error where map, architectures and weights do not fit together.
 */
export function inheritWeights(
  parent: Architecture,
  parentWeights: Weights,
  child: Architecture,
  map: WeightMap,
  random: Random,
): Inheritance {
  const parentLayout = layoutOf(parent);
  if (parentWeights.length !== parentLayout.length)
    throw new Error(`the parent has ${parentLayout.length} weights, not ${parentWeights.length}`);
  const parentSlots = new Map(parentLayout.slots.map((slot) => [tensorKey(slot), slot]));
  const selections = resolveSelections(map, parentLayout, parentWeights);
  const weights: Weights = new Float32Array(layoutOf(child).length);
  const measured = provenance(parent, child, map, selections).flatMap((origin) => {
    const { to, from } = origin;
    const slot: TensorSlot | undefined = from ? parentSlots.get(tensorKey(from)) : undefined;
    return writeTensor(
      weights.subarray(to.offset, to.offset + to.length),
      origin,
      slot ? parentWeights.subarray(slot.offset, slot.offset + slot.length) : null,
      slot?.shape ?? null,
      random.split(tensorKey(to)),
    );
  });
  return { weights, measured, selections };
}

/**
 * Puts measured statistics of one block's convolution output into the weights (in place).
 * @param statistics mean and biased variance per channel, over batch, height and width
 */
export function setMeasured(
  layout: WeightLayout,
  weights: Weights,
  node: NodeId,
  measured: readonly MeasuredTensor[],
  statistics: { readonly mean: ArrayLike<number>; readonly variance: ArrayLike<number> },
  epsilon: number,
): void {
  for (const { ref, statistic, channels } of measured) {
    if (ref.node !== node) continue;
    const { offset } = layout.slots.find((slot) => slot.node === node && slot.name === ref.name)!;
    for (const channel of channels) {
      const variance = statistics.variance[channel]!;
      weights[offset + channel] =
        statistic === 'mean'
          ? statistics.mean[channel]!
          : statistic === 'variance'
            ? variance
            : Math.sqrt(variance + epsilon);
    }
  }
}
