import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { kernelsBinary } from './kernels-binary.ts';

type Address = number;

/** The functions of kernels.as. Addresses are bytes in tfjs' wasm memory; see there for shapes. */
export interface WasmKernels {
  moments(z: Address, mean: Address, variance: Address, rows: number, channels: number): void;
  scaleRelu(z: Address, scale: Address, shift: Address, y: Address, rows: number, channels: number): void;
  scaleReluBack(dy: Address, y: Address, scale: Address, dz: Address, rows: number, channels: number): void;
  normaliseRelu(
    ...args: [
      ...[z: Address, gamma: Address, beta: Address, y: Address, mean: Address, inverse: Address],
      ...[scratch: Address, rows: number, channels: number, epsilon: number],
    ]
  ): void;
  normaliseReluBack(
    ...args: [
      ...[dy: Address, z: Address, y: Address, gamma: Address, mean: Address, inverse: Address],
      ...[dz: Address, dgamma: Address, dbeta: Address, scratch: Address, rows: number, channels: number],
    ]
  ): void;
  convBackFilter(
    ...args: [
      ...[x: Address, dy: Address, dw: Address, batch: number, height: number, width: number],
      ...[channels: number, filters: number, size: number],
    ]
  ): void;
  turnFilter(filter: Address, turned: Address, size: number, channels: number, filters: number): void;
  depthwiseBackFilter(
    ...args: [
      ...[x: Address, dy: Address, dw: Address, batch: number, height: number, width: number],
      ...[channels: number, size: number],
    ]
  ): void;
  maxPoolBack(
    ...args: [
      ...[dy: Address, x: Address, y: Address, dx: Address],
      ...[batch: number, height: number, width: number, channels: number],
    ]
  ): void;
  globalAverage(x: Address, out: Address, batch: number, area: number, channels: number): void;
  globalAverageBack(gradient: Address, dx: Address, batch: number, area: number, channels: number): void;
  mix(lambda: Address, main: Address, skip: Address, out: Address, count: number): void;
  mixBackLambda(dy: Address, main: Address, skip: Address, dlambda: Address, count: number): void;
  momentumStep(
    ...args: [
      ...[w: Address, g: Address, v: Address, decay: Address, low: Address, high: Address],
      ...[average: Address, out: Address, count: number, rate: number, momentum: number, share: number],
    ]
  ): void;
}

/** kernels.as on the memory of `backend`; null where that memory cannot be reached or SIMD is missing. */
export async function loadWasmKernels(backend: BackendWasm): Promise<WasmKernels | null> {
  const { memory } = (backend.wasm as unknown as { asm?: { memory?: unknown } }).asm ?? {};
  if (!(memory instanceof WebAssembly.Memory)) return null;
  const bytes = Uint8Array.from(atob(kernelsBinary), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return null;
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return instance.exports as unknown as WasmKernels;
}
