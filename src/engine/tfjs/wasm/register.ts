import * as tf from '@tensorflow/tfjs-core';
import {
  convBackpropFilter,
  convBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  maxPoolBackprop,
} from './conv-gradients.ts';
import { unsortedSegmentSum } from './segment-sum.ts';

type Tensors = Readonly<Record<string, tf.Tensor4D>>;
type Kernel = (inputs: Tensors, attributes: never) => tf.TensorInfo | tf.TensorInfo[];

function register(kernelName: string, kernel: Kernel): void {
  if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => kernel(inputs as unknown as Tensors, attrs as never),
  });
}

/** The gradient kernels by tfjs' names, composed from kernels that the wasm backend has. */
const composed: Readonly<Record<string, Kernel>> = {
  [tf.Conv2DBackpropFilter]: ({ x, dy }, attributes) => convBackpropFilter(x!, dy!, attributes),
  [tf.Conv2DBackpropInput]: ({ dy, filter }, attributes) => convBackpropInput(dy!, filter!, attributes),
  [tf.DepthwiseConv2dNativeBackpropInput]: ({ dy, filter }, attributes) =>
    depthwiseBackpropInput(dy!, filter!, attributes),
  [tf.DepthwiseConv2dNativeBackpropFilter]: ({ x, dy }, attributes) =>
    depthwiseBackpropFilter(x!, dy!, attributes),
  [tf.MaxPoolGrad]: ({ dy, input, output }) => maxPoolBackprop(dy!, input!, output!),
  [tf.UnsortedSegmentSum]: ({ x, segmentIds }, attributes) =>
    unsortedSegmentSum(x!, segmentIds as unknown as tf.Tensor1D, attributes),
};

/**
 * Teaches tfjs' wasm backend to train with what it has: registers gradients it lacks. For browsers whose WebAssembly has
 * no SIMD, and to hold our own kernels against.
 */
export function registerComposedKernels(): void {
  for (const [name, kernel] of Object.entries(composed)) register(name, kernel);
}
