import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { batchNormEpsilon } from '../../engine.ts';
import { fusedNames } from '../fused-names.ts';
import type { WasmKernels } from './module.ts';

type Inputs = Readonly<Record<string, tf.TensorInfo>>;
type Attributes = Readonly<Record<string, number>>;
type Kernel = (inputs: Inputs, attributes: Attributes) => tf.TensorInfo | tf.TensorInfo[];

const sizeOf = (tensor: tf.TensorInfo) => tf.util.sizeFromShape(tensor.shape);

/** Rows and columns of a tensor whose last axis is the channels. */
const matrixOf = (tensor: tf.TensorInfo): [rows: number, channels: number] => {
  const channels = tensor.shape[tensor.shape.length - 1]!;
  return [sizeOf(tensor) / channels, channels];
};

/** The fused kernels of a training step, one pass over memory each instead of several tfjs operations. */
export function fusedKernels(backend: BackendWasm, wasm: WasmKernels): Readonly<Record<string, Kernel>> {
  const at = (tensor: tf.TensorInfo | undefined) => backend.getMemoryOffset(tensor!.dataId as never);
  const make = (shape: number[]) => backend.makeOutput(shape, 'float32');
  const withScratch = (numbers: number, use: (scratch: number) => void) => {
    const scratch = make([numbers]);
    use(at(scratch));
    backend.disposeData(scratch.dataId as never);
  };

  return {
    [fusedNames.moments]: ({ z }) => {
      const [rows, channels] = matrixOf(z!);
      const [mean, variance] = [make([channels]), make([channels])];
      wasm.moments(at(z), at(mean), at(variance), rows, channels);
      return [mean, variance];
    },
    [fusedNames.normaliseRelu]: ({ z, gamma, beta }) => {
      const [rows, channels] = matrixOf(z!);
      const [y, mean, inverse] = [make(z!.shape), make([channels]), make([channels])];
      withScratch(2 * channels, (scratch) => {
        const statistics = [at(mean), at(inverse), scratch] as const;
        wasm.normaliseRelu(
          at(z),
          at(gamma),
          at(beta),
          at(y),
          ...statistics,
          rows,
          channels,
          batchNormEpsilon,
        );
      });
      return [y, mean, inverse];
    },
    [fusedNames.normaliseReluBack]: ({ dy, z, y, gamma, mean, inverse }) => {
      const [rows, channels] = matrixOf(z!);
      const [dz, dgamma, dbeta] = [make(z!.shape), make([channels]), make([channels])];
      withScratch(3 * channels, (scratch) => {
        const statistics = [at(gamma), at(mean), at(inverse)] as const;
        const outputs = [at(dz), at(dgamma), at(dbeta), scratch] as const;
        wasm.normaliseReluBack(at(dy), at(z), at(y), ...statistics, ...outputs, rows, channels);
      });
      return [dz, dgamma, dbeta];
    },
    [fusedNames.scaleRelu]: ({ z, scale, shift }) => {
      const y = make(z!.shape);
      wasm.scaleRelu(at(z), at(scale), at(shift), at(y), ...matrixOf(z!));
      return y;
    },
    [fusedNames.scaleReluBack]: ({ dy, y, scale }) => {
      const dz = make(dy!.shape);
      wasm.scaleReluBack(at(dy), at(y), at(scale), at(dz), ...matrixOf(dy!));
      return dz;
    },
    [fusedNames.globalAverage]: ({ x }) => {
      const [batch = 1, height = 1, width = 1, channels = 1] = x!.shape;
      const out = make([batch, channels]);
      wasm.globalAverage(at(x), at(out), batch, height * width, channels);
      return out;
    },
    [fusedNames.globalAverageBack]: ({ gradient }, { height = 1, width = 1 }) => {
      const [batch = 1, channels = 1] = gradient!.shape;
      const dx = make([batch, height, width, channels]);
      wasm.globalAverageBack(at(gradient), at(dx), batch, height * width, channels);
      return dx;
    },
    [fusedNames.mix]: ({ lambda, main, skip }) => {
      const out = make(main!.shape);
      wasm.mix(at(lambda), at(main), at(skip), at(out), sizeOf(main!));
      return out;
    },
    [fusedNames.mixBackLambda]: ({ dy, main, skip }) => {
      const dlambda = make([]);
      wasm.mixBackLambda(at(dy), at(main), at(skip), at(dlambda), sizeOf(dy!));
      return dlambda;
    },
    [fusedNames.momentumStep]: (inputs, { rate = 0, momentum = 0, share = 0 }) => {
      const { w, g, v, decay, low, high, average } = inputs;
      const out = make(w!.shape);
      const vectors = [at(w), at(g), at(v), at(decay), at(low), at(high), at(average), at(out)] as const;
      wasm.momentumStep(...vectors, sizeOf(w!), rate, momentum, share);
      return out;
    },
  };
}
