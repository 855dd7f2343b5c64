import { attributeOf, axesOf, axisOf, inputAt, type Operation } from './onnx-operation.ts';
import { integers, sizeOf, type Tensor } from './onnx-tensor.ts';

const withShape = (x: Tensor, shape: readonly number[]): Tensor => {
  if (sizeOf(shape) !== x.values.length) throw new RangeError('a shape does not fit');
  return { ...x, shape };
};

/** A copy of `count` numbers of `x`, each taken from the place that `from` says. */
function gathered(x: Tensor, shape: readonly number[], from: (i: number) => number): Tensor {
  const count = sizeOf(shape);
  const values = x.bits === 0 ? new Float32Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = x.values[from(i)]!;
  return { shape, values, bits: x.bits };
}

/** 0 keeps a size, -1 is what is left. */
export function reshape(operation: Operation): Tensor {
  const x = inputAt(operation, 0);
  const wanted = operation.inputs[1]?.values ?? operation.attributes.get('shape')?.integers ?? [];
  const zero = attributeOf(operation.attributes, 'allowzero', 0) === 1;
  const shape = [...wanted].map((size, axis) => (size === 0 && !zero ? (x.shape[axis] ?? 1) : size));
  const open = shape.indexOf(-1);
  if (open >= 0) shape[open] = x.values.length / sizeOf(shape.filter((_, axis) => axis !== open));
  return withShape(x, shape);
}

export function flatten(operation: Operation): Tensor {
  const x = inputAt(operation, 0);
  const axis = attributeOf(operation.attributes, 'axis', 1);
  const at = axis < 0 ? axis + x.shape.length : axis;
  return withShape(x, [sizeOf(x.shape.slice(0, at)), sizeOf(x.shape.slice(at))]);
}

export function squeeze(operation: Operation): Tensor {
  const x = inputAt(operation, 0);
  const axes = axesOf(operation)?.map((axis) => axisOf(axis, x.shape.length));
  const gone = (size: number, axis: number) => (axes ? axes.includes(axis) : size === 1);
  return withShape(
    x,
    x.shape.filter((size, axis) => !gone(size, axis)),
  );
}

export function unsqueeze(operation: Operation): Tensor {
  const x = inputAt(operation, 0);
  const axes = axesOf(operation) ?? [];
  const rank = x.shape.length + axes.length;
  const added = new Set(axes.map((axis) => axisOf(axis, rank)));
  const rest = [...x.shape];
  return withShape(
    x,
    Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : rest.shift()!)),
  );
}

export function transpose(operation: Operation): Tensor {
  const x = inputAt(operation, 0);
  const rank = x.shape.length;
  const given = operation.attributes.get('perm')?.integers ?? [];
  const order = given.length > 0 ? given : x.shape.map((_, axis) => rank - 1 - axis);
  const shape = order.map((axis) => x.shape[axisOf(axis, rank)]!);
  const steps = order.map((axis) => sizeOf(x.shape.slice(axis + 1)));
  return gathered(x, shape, (i) => {
    let [rest, from] = [i, 0];
    for (let axis = rank - 1; axis >= 0; axis--) {
      from += (rest % shape[axis]!) * steps[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return from;
  });
}

export function concat(operation: Operation): Tensor {
  const parts = operation.inputs.map((_, place) => inputAt(operation, place));
  const first = parts[0]!;
  const axis = axisOf(attributeOf(operation.attributes, 'axis', 1), first.shape.length);
  const isLike = ({ shape }: Tensor) =>
    shape.length === first.shape.length && shape.every((size, i) => i === axis || size === first.shape[i]);
  if (!parts.every(isLike)) throw new RangeError('parts do not fit');
  const shape = first.shape.map((size, i) =>
    i === axis ? parts.reduce((sum, part) => sum + part.shape[axis]!, 0) : size,
  );
  const count = sizeOf(shape);
  const values = first.bits === 0 ? new Float32Array(count) : new Float64Array(count);
  const rows = sizeOf(shape.slice(0, axis));
  let to = 0;
  for (let row = 0; row < rows; row++)
    for (const part of parts) {
      const each = part.values.length / rows;
      values.set(part.values.subarray(row * each, (row + 1) * each), to);
      to += each;
    }
  return { shape, values, bits: first.bits };
}

export const shapeOf = (operation: Operation): Tensor => {
  const { shape } = inputAt(operation, 0);
  const [start, end] = [
    attributeOf(operation.attributes, 'start', 0),
    attributeOf(operation.attributes, 'end', shape.length),
  ];
  return integers(shape.slice(start, end));
};

/** Entries of an axis, by their numbers. */
export function gather(operation: Operation): Tensor {
  const [x, places] = [inputAt(operation, 0), inputAt(operation, 1)];
  const axis = axisOf(attributeOf(operation.attributes, 'axis', 0), x.shape.length);
  const [count, inner] = [x.shape[axis]!, sizeOf(x.shape.slice(axis + 1))];
  const taken = places.values.length;
  const shape = [...x.shape.slice(0, axis), ...places.shape, ...x.shape.slice(axis + 1)];
  return gathered(x, shape, (i) => {
    const place = places.values[Math.floor(i / inner) % taken]!;
    const outer = Math.floor(i / (inner * taken));
    return (outer * count + axisOf(place, count)) * inner + (i % inner);
  });
}

/** Slice with steps of 1 along any axes, as exporters write it on shapes and images. */
export function slice(operation: Operation): Tensor {
  const x = inputAt(operation, 0);
  const { attributes, inputs } = operation;
  const list = (name: string, place: number) => [
    ...(inputs[place]?.values ?? attributes.get(name)?.integers ?? []),
  ];
  const [starts, ends, steps] = [list('starts', 1), list('ends', 2), list('steps', 4)];
  if (steps.some((step) => step !== 1)) throw new RangeError('only steps of 1');
  const axes = axesOf(operation, 3) ?? starts.map((_, axis) => axis);
  const from = x.shape.map(() => 0);
  const shape = [...x.shape];
  axes.forEach((given, i) => {
    const axis = axisOf(given, x.shape.length);
    const size = x.shape[axis]!;
    const place = (at: number) => Math.min(size, Math.max(0, at < 0 ? at + size : at));
    from[axis] = place(starts[i]!);
    shape[axis] = Math.max(0, place(ends[i]!) - from[axis]!);
  });
  const strides = x.shape.map((_, axis) => sizeOf(x.shape.slice(axis + 1)));
  return gathered(x, shape, (i) => {
    let [rest, at] = [i, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (from[axis]! + (rest % shape[axis]!)) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return at;
  });
}

/** Pad by a constant. */
export function pad(operation: Operation): Tensor {
  const x = inputAt(operation, 0);
  const { attributes, inputs } = operation;
  if ((attributes.get('mode')?.text || 'constant') !== 'constant')
    throw new RangeError('only constant padding');
  const pads = [...(inputs[1]?.values ?? attributes.get('pads')?.integers ?? [])];
  const rank = x.shape.length;
  if (inputs[3] || pads.length !== 2 * rank || pads.some((size) => size < 0))
    throw new RangeError('only padding of all axes');
  const value = inputs[2]?.values[0] ?? attributes.get('value')?.float ?? 0;
  const shape = x.shape.map((size, axis) => size + pads[axis]! + pads[rank + axis]!);
  const y = { ...gathered(x, shape, () => 0) };
  y.values.fill(value);
  const steps = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  for (let i = 0; i < x.values.length; i++) {
    let [rest, at] = [i, 0];
    for (let axis = rank - 1; axis >= 0; axis--) {
      at += ((rest % x.shape[axis]!) + pads[axis]!) * steps[axis]!;
      rest = Math.floor(rest / x.shape[axis]!);
    }
    y.values[at] = x.values[i]!;
  }
  return y;
}
