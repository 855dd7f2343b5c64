import { attributeOf, axisOf, inputAt, type Operation } from './onnx-operation.ts';
import { sizeOf, tensor, type Tensor } from './onnx-tensor.ts';

/** A value as the kind of number that `like` holds. */
const asKind = (shape: readonly number[], values: Float32Array | Float64Array, bits: number): Tensor => ({
  ...{ shape, values, bits },
});

/** One number at a time. */
export function mapped(x: Tensor, f: (value: number) => number): Tensor {
  const values = x.bits === 0 ? new Float32Array(x.values.length) : new Float64Array(x.values.length);
  for (let i = 0; i < values.length; i++) values[i] = f(x.values[i]!);
  return asKind(x.shape, values, x.bits);
}

/** Row-major steps of `shape` along the axes of a shape of `rank`; 0 along those that it repeats. */
function stepsOf(shape: readonly number[], rank: number): readonly number[] {
  const padded = [...new Array<number>(rank - shape.length).fill(1), ...shape];
  return padded.map((size, axis) => (size === 1 ? 0 : sizeOf(padded.slice(axis + 1))));
}

/** Two values number by number; one repeats along axes of size 1 (ONNX's multidirectional broadcasting). */
export function combined(a: Tensor, b: Tensor, f: (a: number, b: number) => number): Tensor {
  const rank = Math.max(a.shape.length, b.shape.length);
  const sizeAt = ({ shape }: Tensor, axis: number) => shape[axis - (rank - shape.length)] ?? 1;
  const shape = Array.from({ length: rank }, (_, axis) => {
    const [p, q] = [sizeAt(a, axis), sizeAt(b, axis)];
    if (p !== q && p !== 1 && q !== 1) throw new RangeError('shapes do not fit');
    return p === 1 ? q : p;
  });
  const bits = a.bits === 0 || b.bits === 0 ? 0 : Math.max(a.bits, b.bits);
  const count = sizeOf(shape);
  const values = bits === 0 ? new Float32Array(count) : new Float64Array(count);
  const [stepsA, stepsB] = [stepsOf(a.shape, rank), stepsOf(b.shape, rank)];
  const index = new Array<number>(rank).fill(0);
  let [atA, atB] = [0, 0];
  for (let i = 0; i < count; i++) {
    values[i] = f(a.values[atA]!, b.values[atB]!);
    for (let axis = rank - 1; axis >= 0; axis--) {
      atA += stepsA[axis]!;
      atB += stepsB[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      atA -= stepsA[axis]! * shape[axis]!;
      atB -= stepsB[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return asKind(shape, values, bits);
}

/** Clip, whose bounds are attributes until operator set 10 and inputs from 11 on. */
export function clipped(operation: Operation): Tensor {
  const { inputs, attributes } = operation;
  const low = inputs[1]?.values[0] ?? attributes.get('min')?.float ?? -Infinity;
  const high = inputs[2]?.values[0] ?? attributes.get('max')?.float ?? Infinity;
  return mapped(inputAt(operation, 0), (value) => Math.min(high, Math.max(low, value)));
}

/** Softmax or its logarithm; until operator set 12 over all axes from `axis` on together. */
export function softmax(operation: Operation, logarithm: boolean): Tensor {
  const x = inputAt(operation, 0);
  const older = operation.operatorSet < 13;
  const axis = axisOf(attributeOf(operation.attributes, 'axis', older ? 1 : -1), x.shape.length);
  const count = older ? sizeOf(x.shape.slice(axis)) : x.shape[axis]!;
  const step = older ? 1 : sizeOf(x.shape.slice(axis + 1));
  const y = new Float32Array(x.values.length);
  for (let row = 0; row < y.length / count; row++) {
    const from = Math.floor(row / step) * step * count + (row % step);
    let top = -Infinity;
    for (let i = 0; i < count; i++) top = Math.max(top, x.values[from + i * step]!);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += Math.exp(x.values[from + i * step]! - top);
    for (let i = 0; i < count; i++) {
      const value = x.values[from + i * step]! - top;
      y[from + i * step] = logarithm ? value - Math.log(sum) : Math.exp(value) / sum;
    }
  }
  return tensor(x.shape, y);
}

/** Products of matrices [rows, depth] and [depth, columns], either of them lying on its side. */
function product(
  a: Tensor,
  b: Tensor,
  { aTurned, bTurned }: { readonly aTurned: boolean; readonly bTurned: boolean },
): Tensor {
  if (a.shape.length !== 2 || b.shape.length !== 2) throw new RangeError('only matrices are multiplied');
  const [rows, depth] = aTurned ? [a.shape[1]!, a.shape[0]!] : [a.shape[0]!, a.shape[1]!];
  const [inner, columns] = bTurned ? [b.shape[1]!, b.shape[0]!] : [b.shape[0]!, b.shape[1]!];
  if (inner !== depth) throw new RangeError('matrices do not fit');
  const y = new Float32Array(rows * columns);
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let i = 0; i < depth; i++) {
      const value = a.values[aTurned ? i * rows + row : row * depth + i]!;
      if (value === 0) continue;
      for (let column = 0; column < columns; column++)
        sums[column]! += value * b.values[bTurned ? column * depth + i : i * columns + column]!;
    }
    y.set(sums, row * columns);
  }
  return tensor([rows, columns], y);
}

/** alpha * A * B + beta * C. */
export function gemm(operation: Operation): Tensor {
  const { inputs, attributes } = operation;
  const alpha = attributes.get('alpha')?.float ?? 1;
  const beta = attributes.get('beta')?.float ?? 1;
  const turned = (name: string) => attributeOf(attributes, name, 0) === 1;
  const ways = { aTurned: turned('transA'), bTurned: turned('transB') };
  const y = product(inputAt(operation, 0), inputAt(operation, 1), ways);
  const scaled = alpha === 1 ? y : mapped(y, (value) => alpha * value);
  return inputs[2] ? combined(scaled, inputs[2], (a, b) => a + beta * b) : scaled;
}

/** A product of matrices; the first may have more axes in front, which are rows then. */
export function matMul(operation: Operation): Tensor {
  const [a, b] = [inputAt(operation, 0), inputAt(operation, 1)];
  const depth = a.shape.at(-1) ?? 1;
  const rows = { ...a, shape: [a.values.length / Math.max(1, depth), depth] };
  const y = product(rows, b, { aTurned: false, bTurned: false });
  return { ...y, shape: [...a.shape.slice(0, -1), b.shape[1]!] };
}

/** ReduceMean over `axes`, all where they are not given. */
export function reduceMean(x: Tensor, axes: readonly number[] | null, keep: boolean): Tensor {
  const rank = x.shape.length;
  const reduced = new Set((axes ?? x.shape.map((_, axis) => axis)).map((axis) => axisOf(axis, rank)));
  const kept = x.shape.map((size, axis) => (reduced.has(axis) ? 1 : size));
  const steps = stepsOf(kept, rank);
  const sums = new Float64Array(sizeOf(kept));
  for (let i = 0, index = x.shape.map(() => 0); i < x.values.length; i++) {
    sums[index.reduce((at, place, axis) => at + place * steps[axis]!, 0)]! += x.values[i]!;
    for (let axis = rank - 1; axis >= 0; axis--) {
      if (++index[axis]! < x.shape[axis]!) break;
      index[axis] = 0;
    }
  }
  const each = x.values.length / Math.max(1, sums.length);
  const shape = keep ? kept : x.shape.filter((_, axis) => !reduced.has(axis));
  return tensor(
    shape,
    Float32Array.from(sums, (sum) => sum / each),
  );
}
