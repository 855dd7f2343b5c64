import {
  layoutOf,
  tensorKey,
  type TensorName,
  type TensorRef,
  type TensorSlot,
  type WeightLayout,
  type Weights,
} from '../architecture/weights.ts';
import type { Architecture } from '../architecture/types.ts';
import type { ChannelRun, Fill, Selection, TensorSource, WeightMap } from './weight-map.ts';

/** Which channels each selection keeps, ascending, by the selection's id. */
export type Selections = ReadonlyMap<string, readonly number[]>;

/** How a number without one parent number behind it begins. */
type Beginning = Fill | { readonly kind: 'factor'; readonly part: 'depthwise' | 'pointwise' };

/** Where one number of a child comes from. */
export type ElementOrigin =
  | { readonly kind: 'parent'; readonly from: TensorRef; readonly index: number; readonly factor: number }
  | Beginning;

/** Where every number of one child tensor comes from, packed; `originAt` reads one. */
export interface TensorProvenance {
  readonly to: TensorSlot;
  readonly from: TensorRef | null;
  /** Per element: the index in the parent's tensor, or -1. */
  readonly index: Int32Array;
  /** Per element: what the parent's number is multiplied by. */
  readonly factor: Float32Array;
  /** Per element with index -1: position in `beginnings`. */
  readonly beginning: Uint8Array;
  readonly beginnings: readonly Beginning[];
  /** Per element: 1 where relative noise of `noise` is put on the copy. */
  readonly noisy: Uint8Array;
  readonly noise: number;
}

/** The origin of element `element` (flat index) of a child tensor. */
export function originAt(provenance: TensorProvenance, element: number): ElementOrigin {
  const index = provenance.index[element]!;
  if (index < 0) return provenance.beginnings[provenance.beginning[element]!]!;
  return { kind: 'parent', from: provenance.from!, index, factor: provenance.factor[element]! };
}

/** Positions of the input- and output-channel axes in a tensor's shape; null where it has none. */
function axesOf(name: TensorName, rank: number): { inputs: number | null; outputs: number | null } {
  switch (name) {
    case 'kernel':
    case 'pointwise':
      return { inputs: rank - 2, outputs: rank - 1 };
    case 'depthwise':
      return { inputs: 2, outputs: null };
    case 'gamma':
    case 'beta':
    case 'mean':
    case 'variance':
    case 'mean1':
    case 'variance1':
    case 'bias':
      return { inputs: null, outputs: 0 };
    case 'lambda':
      return { inputs: null, outputs: null };
  }
}

interface Channel {
  /** The parent's channel; -1 for a new one. */
  readonly from: number;
  readonly factor: number;
  readonly repeated: boolean;
}

function expand(runs: readonly ChannelRun[], selections: Selections): Channel[] {
  const range = (start: number, length: number): Channel[] =>
    Array.from({ length }, (_, i) => ({ from: start + i, factor: 1, repeated: false }));
  return runs.flatMap((run) => {
    switch (run.kind) {
      case 'copy':
        return range(run.start, run.length);
      case 'repeat':
        return [{ from: run.channel, factor: run.factor, repeated: true }];
      case 'new':
        return Array.from({ length: run.length }, () => ({ from: -1, factor: 0, repeated: false }));
      case 'kept': {
        const kept = selections.get(run.selection);
        if (!kept) throw new Error(`unknown selection ${run.selection}`);
        return kept.map((channel) => ({ from: run.start + channel, factor: 1, repeated: false }));
      }
    }
  });
}

const emptyProvenance = (to: TensorSlot): TensorProvenance => ({
  to,
  from: null,
  index: new Int32Array(to.length).fill(-1),
  factor: new Float32Array(to.length),
  beginning: new Uint8Array(to.length),
  beginnings: [],
  noisy: new Uint8Array(to.length),
  noise: 0,
});

function filled(to: TensorSlot, fill: Beginning): TensorProvenance {
  const provenance = { ...emptyProvenance(to), beginnings: [fill] };
  if (fill.kind !== 'identity') return provenance;
  const [size, , inputs, outputs] = to.shape as [number, number, number, number];
  const zero: Fill = { kind: 'constant', value: 0 };
  const centre = (size * size - 1) / 2;
  const beginning = new Uint8Array(to.length).fill(1);
  for (let c = 0; c < Math.min(inputs, outputs); c++) beginning[(centre * inputs + c) * outputs + c] = 0;
  return { ...provenance, beginning, beginnings: [fill, zero] };
}

function gathered(
  to: TensorSlot,
  parent: TensorSlot,
  source: Extract<TensorSource, { kind: 'gather' }>,
  selections: Selections,
): TensorProvenance {
  const axes = axesOf(to.name, to.shape.length);
  const channels = (runs: readonly ChannelRun[] | null, axis: number | null): Channel[] => {
    const list = expand(
      runs ?? [{ kind: 'copy', start: 0, length: axis === null ? 1 : parent.shape[axis]! }],
      selections,
    );
    const size = axis === null ? 1 : to.shape[axis]!;
    if (list.length !== size)
      throw new Error(`${tensorKey(to)}: ${list.length} channels mapped, but the tensor has ${size}`);
    return list;
  };
  const inputs = channels(source.inputs, axes.inputs);
  const outputs = channels(source.outputs, axes.outputs);
  const parentInputs = axes.inputs === null ? 1 : parent.shape[axes.inputs]!;
  const parentOutputs = axes.outputs === null ? 1 : parent.shape[axes.outputs]!;
  const result = {
    ...emptyProvenance(to),
    from: source.from,
    beginnings: [source.newInputs, source.newOutputs],
    noise: source.noise,
  };
  // Channel axes come last in every tensor, inputs before outputs; taps of the kernel come first.
  const taps = to.length / (inputs.length * outputs.length);
  let element = 0;
  for (let tap = 0; tap < taps; tap++) {
    for (const input of inputs) {
      for (const output of outputs) {
        if (output.from >= 0 && input.from >= 0) {
          result.index[element] = (tap * parentInputs + input.from) * parentOutputs + output.from;
          result.factor[element] = input.factor * output.factor;
          if (output.repeated && source.noise > 0) result.noisy[element] = 1;
        } else result.beginning[element] = output.from < 0 ? 1 : 0;
        element++;
      }
    }
  }
  return result;
}

const slotsByKey = (layout: WeightLayout): ReadonlyMap<string, TensorSlot> =>
  new Map(layout.slots.map((slot) => [tensorKey(slot), slot]));

/** L1 norm of each channel of a selection over all its tied filters; `weights` are the parent's, laid out by `layout`. */
export function filterNorms(
  { channels, filters }: Selection,
  layout: WeightLayout,
  weights: Weights,
): Float64Array {
  const slots = slotsByKey(layout);
  const norms = new Float64Array(channels);
  for (const ref of filters) {
    const { offset, length } = slots.get(tensorKey(ref))!;
    for (let i = 0; i < length; i++) norms[i % channels]! += Math.abs(weights[offset + i]!);
  }
  return norms;
}

/**
 * The channels that each selection of `map` keeps: those with the largest L1 norm over all tied filters (the lower
 * index where equal), ascending. `parentWeights` are laid out by `parentLayout`.
 */
export function resolveSelections(
  map: WeightMap,
  parentLayout: WeightLayout,
  parentWeights: Weights,
): Selections {
  return new Map(
    map.selections.map((selection) => {
      const norms = filterNorms(selection, parentLayout, parentWeights);
      const order = [...norms.keys()].sort((a, b) => norms[b]! - norms[a]! || a - b);
      return [selection.id, order.slice(0, selection.keep).sort((a, b) => a - b)];
    }),
  );
}

/**
 * Where every number of every child tensor comes from, in the order of `map`. Throws Error where the map and the
 * architectures do not fit together.
 */
export function provenance(
  parent: Architecture,
  child: Architecture,
  map: WeightMap,
  selections: Selections,
): readonly TensorProvenance[] {
  const parentSlots = slotsByKey(layoutOf(parent));
  const childSlots = slotsByKey(layoutOf(child));
  return map.tensors.map(({ to, source }) => {
    const slot = childSlots.get(tensorKey(to));
    if (!slot) throw new Error(`the child has no tensor ${tensorKey(to)}`);
    if (source.kind === 'fill') return filled(slot, source.fill);
    const from = parentSlots.get(tensorKey(source.from));
    if (!from) throw new Error(`the parent has no tensor ${tensorKey(source.from)}`);
    if (source.kind === 'factor')
      return { ...filled(slot, { kind: 'factor', part: source.part }), from: source.from };
    return gathered(slot, from, source, selections);
  });
}
