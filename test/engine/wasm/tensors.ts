import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { seeded } from '../../../src/core/random.ts';
import { Heap } from '../../../src/engine/wasm/heap.ts';
import { loadKernels, type WasmKernels } from '../../../src/engine/wasm/kernels.ts';
import { relativeError, startEngine } from '../start.ts';

/** The memory of the kernels that are tested. */
export const heap = new Heap();

/** The kernels on `heap`, and tfjs ready to compute what they should. */
export async function kernelsBesideTfjs(): Promise<WasmKernels> {
  await startEngine('cpu');
  return (await loadKernels(heap.memory))!;
}

const tolerance = 2e-5;
const sentinel = 12_345;
const guards = 16;

/** Normal numbers that follow from `name`. */
export const random = (name: string, shape: readonly number[]): tf.Tensor => {
  const source = seeded(name);
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => source.normal()),
    [...shape],
  );
};

/** A tensor's numbers on the heap. */
export function put(tensor: tf.Tensor): number {
  const region = heap.take(tensor.size);
  heap.numbers(region).set(tensor.dataSync());
  return region.address;
}

/** Room on the heap between sentinels; `read` checks that they still stand. */
export function room(length: number) {
  const region = heap.take(length + 2 * guards);
  heap.numbers(region).fill(sentinel);
  const address = region.address + 4 * guards;
  return {
    address,
    read: (): Float32Array => {
      const all = heap.numbers(region, length + 2 * guards);
      for (const guard of [...all.subarray(0, guards), ...all.subarray(length + guards)])
        expect(guard).toBe(sentinel);
      return all.slice(guards, guards + length);
    },
  };
}

export const close = (found: Float32Array, expected: tf.Tensor, within = tolerance) =>
  expect(relativeError(found, expected.dataSync())).toBeLessThan(within);
