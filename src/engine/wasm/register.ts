import * as tf from '@tensorflow/tfjs-core';
import {
  convBackpropFilter,
  convBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
} from './conv-gradients.ts';
import { unsortedSegmentSum } from './segment-sum.ts';

type Tensors = Record<string, tf.Tensor4D>;
type Composed = (inputs: Tensors, attributes: never) => tf.Tensor;

/** The gradient kernels by tfjs' names, composed from kernels that the wasm backend has. */
const composed: Readonly<Record<string, Composed>> = {
  [tf.Conv2DBackpropFilter]: ({ x, dy }, attributes) => convBackpropFilter(x!, dy!, attributes),
  [tf.Conv2DBackpropInput]: ({ dy, filter }, attributes) => convBackpropInput(dy!, filter!, attributes),
  [tf.DepthwiseConv2dNativeBackpropInput]: ({ dy, filter }, attributes) =>
    depthwiseBackpropInput(dy!, filter!, attributes),
  [tf.DepthwiseConv2dNativeBackpropFilter]: ({ x, dy }, attributes) =>
    depthwiseBackpropFilter(x!, dy!, attributes),
  [tf.UnsortedSegmentSum]: ({ x, segmentIds }, attributes) =>
    unsortedSegmentSum(x!, segmentIds as unknown as tf.Tensor1D, attributes),
};

/** Teaches the wasm backend to train: registers what it lacks, replaces its scalar Conv2DBackpropInput. Idempotent. */
export function registerWasmKernels(): void {
  for (const [kernelName, compose] of Object.entries(composed)) {
    if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: ({ inputs, attrs }) => compose(inputs as unknown as Tensors, attrs as never),
    });
  }
}
