import { kernelsBinary } from './kernels-binary.ts';

/** A byte address in the kernels' memory. */
export type Address = number;

type Sizes4 = [batch: number, height: number, width: number, channels: number];

/** The functions of kernels/*.as; see there for shapes. */
export interface WasmKernels {
  packedLength(taps: number, inputs: number, outputs: number): number;
  packFilter(filter: Address, packed: Address, taps: number, inputs: number, outputs: number): void;
  packTurnedFilter(filter: Address, packed: Address, taps: number, channels: number, filters: number): void;
  convolve(
    ...args: [
      ...[x: Address, packed: Address, y: Address, padded: Address],
      ...Sizes4,
      ...[filters: number, size: number],
    ]
  ): void;
  convBackFilter(
    ...args: [
      ...[x: Address, dy: Address, dw: Address, padded: Address],
      ...Sizes4,
      ...[filters: number, size: number],
    ]
  ): void;
  winogradLength(inputs: number, outputs: number): number;
  winogradRoom(width: number, inputs: number, outputs: number, size: number): number;
  winogradBackRoom(width: number, channels: number, filters: number, size: number): number;
  winogradFilter(
    ...args: [
      ...[filter: Address, transformed: Address, work: Address],
      ...[inputs: number, outputs: number, size: number],
    ]
  ): void;
  winogradTurnedFilter(
    ...args: [
      ...[filter: Address, transformed: Address, work: Address],
      ...[channels: number, filters: number, size: number],
    ]
  ): void;
  winogradConvolve(
    ...args: [
      ...[x: Address, transformed: Address, y: Address, room: Address],
      ...Sizes4,
      ...[filters: number, size: number],
    ]
  ): void;
  winogradBackFilter(
    ...args: [
      ...[x: Address, dy: Address, dw: Address, room: Address],
      ...Sizes4,
      ...[filters: number, size: number],
    ]
  ): void;
  depthwise(
    ...args: [x: Address, filter: Address, y: Address, padded: Address, ...Sizes4, size: number]
  ): void;
  turnFilter(filter: Address, turned: Address, size: number, channels: number): void;
  depthwiseBackFilter(...args: [x: Address, dy: Address, dw: Address, ...Sizes4, size: number]): void;
  moments(z: Address, mean: Address, variance: Address, rows: number, channels: number): void;
  runningScale(
    ...args: [
      ...[gamma: Address, beta: Address, mean: Address, variance: Address],
      ...[scale: Address, shift: Address, channels: number, epsilon: number],
    ]
  ): void;
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
  maxPool(x: Address, y: Address, ...sizes: Sizes4): void;
  maxPoolBack(dy: Address, x: Address, y: Address, dx: Address, ...sizes: Sizes4): void;
  mix(lambda: Address, main: Address, skip: Address, out: Address, count: number): void;
  mixBackLambda(dy: Address, main: Address, skip: Address, dlambda: Address, count: number): void;
  scaleByLambda(lambda: Address, dy: Address, out: Address, count: number, isRest: boolean): void;
  addTo(target: Address, source: Address, count: number): void;
  copyColumns(
    ...args: [
      ...[source: Address, step: number, target: Address, toStep: number],
      ...[rows: number, columns: number],
    ]
  ): void;
  globalAverage(x: Address, out: Address, batch: number, area: number, channels: number): void;
  globalAverageBack(gradient: Address, dx: Address, batch: number, area: number, channels: number): void;
  dense(
    ...args: [
      ...[pooled: Address, kernel: Address, bias: Address, logits: Address],
      ...[batch: number, channels: number, classes: number],
    ]
  ): void;
  /** Returns the mean loss; logits become their gradient. */
  softmaxLoss(logits: Address, targets: Address, batch: number, classes: number): number;
  denseBack(
    ...args: [
      ...[pooled: Address, kernel: Address, dlogits: Address, dpooled: Address, dkernel: Address],
      ...[dbias: Address, batch: number, channels: number, classes: number],
    ]
  ): void;
  momentumStep(
    ...args: [
      ...[w: Address, g: Address, v: Address, decay: Address, low: Address, high: Address],
      ...[average: Address, out: Address, count: number, rate: number, momentum: number, share: number],
    ]
  ): void;
}

let compiled: Promise<WebAssembly.Module> | null = null;

/** The kernels on `memory`; null where this machine has no SIMD in WebAssembly. */
export async function loadKernels(memory: WebAssembly.Memory): Promise<WasmKernels | null> {
  const bytes = Uint8Array.from(atob(kernelsBinary), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return null;
  compiled ??= WebAssembly.compile(bytes);
  const instance = await WebAssembly.instantiate(await compiled, { env: { memory } });
  return instance.exports as unknown as WasmKernels;
}
