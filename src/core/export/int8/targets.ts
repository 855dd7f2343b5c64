import type { Recipe } from '../../search/recipe.ts';
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

/** What a network may take of a microcontroller; a program has more in it than a network. */
export interface DeviceTarget {
  readonly key: 'small' | 'middle' | 'large';
  readonly flashBytes: number;
  readonly ramBytes: number;
  /**
   * Limits of a search for it, besides its RAM. On 28 x 28 grey pixels all of 228 networks of simulated searches under
   * them took no more flash (docs/small-devices.md). [ours]
   */
  readonly limits: Pick<Recipe, 'maxParameters' | 'maxMultiplyAdds'>;
}

/** [ours] About half the RAM of a SAMD21 (Arduino Zero), of an nRF52832, of an nRF52833 (micro:bit v2). */
export const deviceTargets: readonly DeviceTarget[] = [
  {
    key: 'small',
    ...{ flashBytes: 32_000, ramBytes: 16_000 },
    limits: { maxParameters: 24_000, maxMultiplyAdds: 1_000_000 },
  },
  {
    key: 'middle',
    ...{ flashBytes: 128_000, ramBytes: 32_000 },
    limits: { maxParameters: 100_000, maxMultiplyAdds: 6_000_000 },
  },
  {
    key: 'large',
    ...{ flashBytes: 256_000, ramBytes: 64_000 },
    limits: { maxParameters: 200_000, maxMultiplyAdds: 20_000_000 },
  },
];

export const fits = (
  { flashBytes, ramBytes }: Pick<DeviceSize, 'flashBytes' | 'ramBytes'>,
  target: DeviceTarget,
): boolean => flashBytes <= target.flashBytes && ramBytes <= target.ramBytes;

/** `recipe` with the limits of a target; its least size gives way where it would be above. */
export const withTarget = (recipe: Recipe, { limits, ramBytes }: DeviceTarget): Recipe => ({
  ...recipe,
  ...limits,
  maxDeviceBytes: ramBytes,
  minParameters: Math.min(recipe.minParameters, limits.maxParameters / 10),
});

/** Whether a search is limited as for this target. */
export const isFor = (recipe: Recipe, { limits, ramBytes }: DeviceTarget): boolean =>
  recipe.maxParameters === limits.maxParameters &&
  recipe.maxMultiplyAdds === limits.maxMultiplyAdds &&
  recipe.maxDeviceBytes === ramBytes;
