import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  convBackpropFilter,
  convBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
} from './conv-gradients.ts';
import { fusedKernels } from './fused.ts';
import { loadWasmKernels, type WasmKernels } from './module.ts';
import { unsortedSegmentSum } from './segment-sum.ts';
import { slice } from './slice.ts';

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
  [tf.UnsortedSegmentSum]: ({ x, segmentIds }, attributes) =>
    unsortedSegmentSum(x!, segmentIds as unknown as tf.Tensor1D, attributes),
};

interface Window {
  readonly strides: number | readonly number[];
  readonly pad: unknown;
  readonly filterShape: [number, number, number, number];
  readonly inputShape: [number, number, number, number];
  readonly filterSize: number | readonly number[];
}

const isAll = (value: number | readonly number[], wanted: number) =>
  [value].flat().every((number) => number === wanted);

/** Stride 1, same padding, odd square kernel: what kernels.as does. */
const isOurs = (
  { strides, pad }: Window,
  [height, width, , multiplier]: readonly number[],
  depthwise = false,
) =>
  isAll(strides, 1) &&
  pad === 'same' &&
  height === width &&
  height! % 2 === 1 &&
  (!depthwise || multiplier === 1);

/**
 * The standard gradients by kernels.as, which needs no padding and no transposes, and parts of tensors without a copy
 * of the whole; any other stride, padding or shape goes to what was registered before.
 */
function direct(
  backend: BackendWasm,
  wasm: WasmKernels,
): Readonly<Record<string, (inputs: Tensors, attributes: Window) => tf.TensorInfo | null>> {
  const at = (tensor: tf.TensorInfo | undefined) => backend.getMemoryOffset(tensor!.dataId as never);
  return {
    [tf.Conv2DBackpropFilter]: ({ x, dy }, attributes) => {
      const { filterShape } = attributes;
      if (!isOurs(attributes, filterShape)) return null;
      const dw = backend.makeOutput(filterShape, 'float32');
      const [size, , channels, filters] = filterShape;
      const [batch, height, width] = x!.shape;
      wasm.convBackFilter(at(x), at(dy), at(dw), batch, height, width, channels, filters, size);
      return dw;
    },
    [tf.Conv2DBackpropInput]: ({ dy, filter }, attributes) => {
      if (!isOurs(attributes, filter!.shape)) return null;
      const [size, , channels, filters] = filter!.shape;
      return tf.tidy(() => {
        const info = backend.makeOutput([size, size, filters, channels], 'float32');
        wasm.turnFilter(at(filter), at(info), size, channels, filters);
        const turned = tf.engine().makeTensorFromTensorInfo(info) as tf.Tensor4D;
        return tf.conv2d(dy!, turned, 1, 'same');
      });
    },
    [tf.DepthwiseConv2dNativeBackpropFilter]: ({ x, dy }, attributes) => {
      const { filterShape } = attributes;
      if (!isOurs(attributes, filterShape, true)) return null;
      const dw = backend.makeOutput(filterShape, 'float32');
      const [batch, height, width, channels] = x!.shape;
      wasm.depthwiseBackFilter(at(x), at(dy), at(dw), batch, height, width, channels, filterShape[0]);
      return dw;
    },
    [tf.MaxPoolGrad]: ({ dy, input, output }, { filterSize, strides, pad }) => {
      if (!isAll(filterSize, 2) || !isAll(strides, 2) || pad !== 'valid') return null;
      const dx = backend.makeOutput(input!.shape, 'float32');
      wasm.maxPoolBack(at(dy), at(input), at(output), at(dx), ...input!.shape);
      return dx;
    },
    [tf.Slice]: ({ x }, attributes) => slice(backend, x!, attributes as never),
  };
}

/** Teaches the wasm backend to train with what it has: registers gradients it lacks, replaces a scalar one. */
export function registerComposedKernels(): void {
  for (const [name, kernel] of Object.entries(composed)) register(name, kernel);
}

/** Adds the kernels of kernels.as, where this machine runs them. Once per backend; false where it cannot. */
export async function registerFastKernels(backend: BackendWasm): Promise<boolean> {
  const wasm = await loadWasmKernels(backend);
  if (!wasm) return false;
  for (const [name, kernel] of Object.entries(fusedKernels(backend, wasm))) register(name, kernel as Kernel);
  for (const [name, kernel] of Object.entries(direct(backend, wasm))) {
    const general = tf.getKernel(name, 'wasm');
    register(
      name,
      (inputs, attributes) =>
        kernel(inputs, attributes) ??
        general.kernelFunc({ inputs: inputs as never, attrs: attributes as never, backend }),
    );
  }
  return true;
}
