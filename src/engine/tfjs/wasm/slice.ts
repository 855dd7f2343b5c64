import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

interface Part {
  readonly begin: number | number[];
  readonly size: number | number[];
}

/**
 * A part of `x`, copied from the heap run by run. tfjs' own kernel copies the whole of `x` first: with a tensor per
 * slot of one flat vector, that is the vector once a slot in every step. Null for strings, which are not on the heap.
 */
export function slice(backend: BackendWasm, x: tf.Tensor, { begin, size }: Part): tf.TensorInfo | null {
  if (x.dtype === 'string') return null;
  const [from, shape] = tf.slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
  const out = backend.makeOutput(shape, x.dtype);
  // Only now: what was made may have moved the heap.
  const [source, target] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(out)];
  // Dimensions taken whole and the first before them that is not lie in one run.
  let inner = shape.length - 1;
  while (inner > 0 && shape[inner] === x.shape[inner]) inner--;
  const run = tf.util.sizeFromShape(shape.slice(Math.max(inner, 0)));
  const strides = [...tf.util.computeStrides(x.shape), 1];
  const start = from.reduce((sum, at, axis) => sum + at * strides[axis]!, 0);
  for (let written = 0; written < target.length; written += run) {
    let read = start;
    for (let axis = inner - 1, rest = written / run; axis >= 0; axis--) {
      read += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    target.set(source.subarray(read, read + run), written);
  }
  return out;
}
