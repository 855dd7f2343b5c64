import { devicePlan } from './device-plan.ts';
import type { Int8Network } from './types.ts';

/** Machine code, at most: kernels and one call a step, by gcc 12 -Os for Cortex-M0; a test compiles it. */
const codeBytesOf = (steps: number): number => 1792 + 80 * steps;

/** What a network in integers takes on a microcontroller: flash for tables and code, RAM for arena, pixels and scores. */
export interface DeviceSize {
  readonly flashBytes: number;
  readonly codeBytes: number;
  readonly ramBytes: number;
  readonly tableBytes: number;
  readonly arenaBytes: number;
  readonly pixelBytes: number;
}

export function deviceSize(network: Int8Network): DeviceSize {
  const { steps, tableBytes, arenaBytes } = devicePlan(network);
  const codeBytes = codeBytesOf(steps.length);
  const { height, width, channels } = network.values[0]!.shape;
  const pixelBytes = height * width * channels;
  return {
    flashBytes: tableBytes + codeBytes,
    ramBytes: arenaBytes + pixelBytes + 4 * network.classes.length,
    ...{ codeBytes, tableBytes, arenaBytes, pixelBytes },
  };
}

/** A kind of microcontroller. A program has more in it than a network: half of what the chip has is offered to it. */
export interface DeviceTarget {
  readonly key: 'small' | 'middle' | 'large';
  /** What a network may take. */
  readonly flashBytes: number;
  readonly ramBytes: number;
}

/** [ours] 16 kB are half the RAM of a SAMD21 (Arduino Zero); 64 kB half that of an nRF52833 (micro:bit v2). */
export const deviceTargets: readonly DeviceTarget[] = [
  { key: 'small', flashBytes: 32 * 1024, ramBytes: 16 * 1024 },
  { key: 'middle', flashBytes: 128 * 1024, ramBytes: 32 * 1024 },
  { key: 'large', flashBytes: 256 * 1024, ramBytes: 64 * 1024 },
];

export const fits = (
  { flashBytes, ramBytes }: Pick<DeviceSize, 'flashBytes' | 'ramBytes'>,
  target: DeviceTarget,
): boolean => flashBytes <= target.flashBytes && ramBytes <= target.ramBytes;
