import {
  tensorKey,
  type TensorName,
  type WeightLayout,
  type Weights,
} from '../../core/architecture/weights.ts';
import type { NodeId } from '../../core/architecture/types.ts';

/**
 * Where every tensor lies in the GPU's parameter buffer: the order of the weight layout, each tensor starting at a
 * multiple of four numbers, so that kernels can read four at a time.
 */
export interface ParameterPlacement {
  readonly layout: WeightLayout;
  readonly floats: number;
  readonly trainableFloats: number;
  /** Offset in the buffer. Throws where the tensor does not exist. */
  offset(node: NodeId, name: TensorName): number;
}

const padded = (length: number) => Math.ceil(length / 4) * 4;

export function placeParameters(layout: WeightLayout): ParameterPlacement {
  const offsets = new Map<string, number>();
  let floats = 0;
  let trainableFloats = 0;
  for (const slot of layout.slots) {
    offsets.set(tensorKey(slot), floats);
    floats += padded(slot.length);
    if (slot.trainable) trainableFloats = floats;
  }
  const offset = (node: NodeId, name: TensorName) => {
    const found = offsets.get(tensorKey({ node, name }));
    if (found === undefined) throw new Error(`no tensor ${tensorKey({ node, name })}`);
    return found;
  };
  return { layout, floats, trainableFloats, offset };
}

/** The buffer's content for `weights`. Throws RangeError on a wrong length. */
export function packWeights(placement: ParameterPlacement, weights: Weights): Weights {
  const { layout, floats, offset } = placement;
  if (weights.length !== layout.length) {
    throw new RangeError(`expected ${layout.length} weights, got ${weights.length}`);
  }
  const packed = new Float32Array(floats);
  for (const slot of layout.slots) {
    packed.set(weights.subarray(slot.offset, slot.offset + slot.length), offset(slot.node, slot.name));
  }
  return packed;
}

/** The weights in a copy of the buffer. */
export function unpackWeights({ layout, offset }: ParameterPlacement, packed: Float32Array): Weights {
  const weights = new Float32Array(layout.length);
  for (const slot of layout.slots) {
    const start = offset(slot.node, slot.name);
    weights.set(packed.subarray(start, start + slot.length), slot.offset);
  }
  return weights;
}
