import type { ValueIndex } from './folded.ts';
import type { Int8Conv, Int8Depthwise, Int8Network, Int8Step, Int8Value } from './types.ts';

/**
 * A step as a device runs it. A separable block keeps what lies between its convolutions for one pixel only; a block
 * that only max pooling reads is pooled as it is computed. Both give the same integers as the steps one by one.
 */
export type DeviceStep =
  | {
      readonly kind: 'block';
      readonly depthwise: Int8Depthwise | null;
      readonly conv: Int8Conv;
      /** Side of the pooling: 1 for none. */
      readonly pool: 1 | 2;
      readonly input: ValueIndex;
      readonly output: ValueIndex;
    }
  | Exclude<Int8Step, Int8Conv>;

export interface DevicePlan {
  readonly steps: readonly DeviceStep[];
  /** Where each value that is kept lies in the arena, in bytes. */
  readonly offsets: ReadonlyMap<ValueIndex, number>;
  /** Where a separable block keeps one pixel's channels, by the block's output. */
  readonly lineOffsets: ReadonlyMap<ValueIndex, number>;
  /** All that is kept between calls of kernels, the picture included. */
  readonly arenaBytes: number;
  /** Weights, biases and factors. */
  readonly tableBytes: number;
}

const reads = (step: DeviceStep): readonly ValueIndex[] => ('inputs' in step ? step.inputs : [step.input]);

function fused({ steps }: Int8Network): readonly DeviceStep[] {
  const readers = new Map<ValueIndex, Int8Step[]>();
  for (const step of steps)
    for (const index of 'inputs' in step ? step.inputs : [step.input])
      readers.set(index, [...(readers.get(index) ?? []), step]);
  const onlyReader = (index: ValueIndex) => {
    const [reader, another] = readers.get(index) ?? [];
    return another ? undefined : reader;
  };
  const done = new Set<Int8Step>();
  const result: DeviceStep[] = [];
  for (const step of steps) {
    if (done.has(step)) continue;
    const next = step.kind === 'depthwise' ? onlyReader(step.output) : step;
    if (next?.kind !== 'conv' || (next !== step && next.size !== 1)) {
      result.push(step as Exclude<Int8Step, Int8Conv>);
      continue;
    }
    const pooling = onlyReader(next.output);
    const isPooled = pooling?.kind === 'maxPool';
    done.add(next);
    if (isPooled) done.add(pooling);
    result.push({
      kind: 'block',
      depthwise: step.kind === 'depthwise' ? step : null,
      conv: next,
      pool: isPooled ? 2 : 1,
      input: step.kind === 'depthwise' ? step.input : next.input,
      output: isPooled ? pooling.output : next.output,
    });
  }
  return result;
}

interface Buffer {
  readonly values: ValueIndex[];
  readonly bytes: number;
  readonly first: number;
  last: number;
  offset: number;
}

/** Steps that write each number where they read it, when nothing reads it any more. */
const isElementwise = (step: DeviceStep): boolean =>
  step.kind === 'add' || step.kind === 'requantise' || (step.kind === 'depthwise' && step.size === 1);

const areaOf = ({ shape }: Int8Value) => shape.height * shape.width;

/** What must be kept, and for how long: values, and by its output what a separable block keeps meanwhile. */
function buffersOf({ values }: Int8Network, steps: readonly DeviceStep[]) {
  const bytesOf = (index: ValueIndex) => areaOf(values[index]!) * values[index]!.shape.channels;
  const lastRead = new Map<ValueIndex, number>();
  steps.forEach((step, at) => reads(step).forEach((index) => lastRead.set(index, at)));
  const lastOf = (index: ValueIndex) => lastRead.get(index) ?? -1;
  const input: Buffer = { values: [0], bytes: bytesOf(0), first: -1, last: lastOf(0), offset: 0 };
  const buffers = [input];
  const holds = new Map<ValueIndex, Buffer>([[0, input]]);
  steps.forEach((step, at) => {
    if (step.kind === 'dense') return;
    const bytes = bytesOf(step.output);
    const own = isElementwise(step)
      ? reads(step)
          .map((index) => holds.get(index)!)
          .find((buffer) => buffer.last === at && buffer.bytes === bytes)
      : undefined;
    const buffer = own ?? { values: [], bytes, first: at, last: at, offset: 0 };
    buffer.values.push(step.output);
    buffer.last = Math.max(buffer.last, lastOf(step.output));
    holds.set(step.output, buffer);
    if (!own) buffers.push(buffer);
  });
  const lines = new Map<ValueIndex, Buffer>();
  steps.forEach((step, at) => {
    if (step.kind !== 'block' || !step.depthwise) return;
    const { channels } = values[step.input]!.shape;
    lines.set(step.output, { values: [], bytes: channels, first: at, last: at, offset: 0 });
  });
  return { buffers, lines };
}

/** Largest first, each at the lowest place that is free while it lives; good, not optimal. */
function place(buffers: readonly Buffer[]): number {
  const placed: Buffer[] = [];
  let end = 0;
  for (const buffer of buffers.toSorted((a, b) => b.bytes - a.bytes)) {
    const alive = placed
      .filter(({ first, last }) => first <= buffer.last && buffer.first <= last)
      .sort((a, b) => a.offset - b.offset);
    buffer.offset = 0;
    for (const other of alive) {
      if (buffer.offset + buffer.bytes <= other.offset) break;
      buffer.offset = Math.max(buffer.offset, other.offset + other.bytes);
    }
    placed.push(buffer);
    end = Math.max(end, buffer.offset + buffer.bytes);
  }
  return end;
}

/** Weights, biases and factors; and on a 32-bit machine what describes a layer to its kernel. */
function tableBytesOf(steps: readonly Int8Step[]): number {
  let bytes = 0;
  for (const step of steps) {
    if (step.kind === 'add') bytes += 24;
    if (!('weights' in step)) continue;
    // The dense layer's accumulators are the answer: it needs no factors.
    bytes += step.weights.length + (step.kind === 'dense' ? 4 : 9) * step.bias.length;
    if (step.kind !== 'dense') bytes += 28;
  }
  return bytes;
}

/** How a network in integers runs without a heap: its fused steps, and where each value lies in one arena. */
export function devicePlan(network: Int8Network): DevicePlan {
  const steps = fused(network);
  const { buffers, lines } = buffersOf(network, steps);
  const arenaBytes = place([...buffers, ...lines.values()]);
  const offsets = new Map(
    buffers.flatMap(({ values, offset }) => values.map((index) => [index, offset] as const)),
  );
  const lineOffsets = new Map([...lines].map(([output, { offset }]) => [output, offset] as const));
  return { steps, offsets, lineOffsets, arenaBytes, tableBytes: tableBytesOf(network.steps) };
}
