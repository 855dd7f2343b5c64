import { devicePlan } from './device-plan.ts';
import type { Int8Network } from './types.ts';

/** Machine code, at most: kernels and one call a step, by gcc 12 -Os for Cortex-M0; a test compiles it. */
const codeBytesOf = (steps: number): number => 1792 + 80 * steps;

/** What a network in integers takes on a microcontroller: flash for tables and code, RAM for arena, pixels and scores. */
export interface DeviceSize {
  readonly flashBytes: number;
  readonly codeBytes: number;
  /** Arena, pixels and scores. */
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
