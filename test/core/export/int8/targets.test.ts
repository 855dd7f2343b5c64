import { describe, expect, it } from 'vitest';
import { devicePlan } from '../../../../src/core/export/int8/device-plan.ts';
import {
  deviceSize,
  deviceTargets,
  fits,
  isFor,
  withTarget,
} from '../../../../src/core/export/int8/targets.ts';
import { presetRecipe } from '../../../../src/core/search/presets.ts';
import { formatRecipe, parseRecipe } from '../../../../src/core/search/recipe-parse.ts';
import { quantised, sampleNetworks } from './sample.ts';

describe('targets', () => {
  it('limit a search, and give recipes that an address can hold', () => {
    for (const target of deviceTargets) {
      const recipe = withTarget({ ...presetRecipe('mnist', 'long'), minParameters: 400_000 }, target);
      expect(isFor(recipe, target)).toBe(true);
      expect(deviceTargets.filter((other) => isFor(recipe, other))).toEqual([target]);
      expect(recipe.minParameters).toBeLessThan(recipe.maxParameters);
      const read = parseRecipe(formatRecipe(recipe));
      expect(read.problems).toEqual([]);
      expect(read.recipe).toEqual(recipe);
    }
  });
  it('grow, so that what fits one fits the next', () => {
    const size = { flashBytes: 30_000, ramBytes: 15_000 };
    expect(deviceTargets.map((target) => fits(size, target))).toEqual([true, true, true]);
    expect(deviceTargets.map((target) => fits({ ...size, ramBytes: 17_000 }, target))).toEqual([
      ...[false, true, true],
    ]);
    expect(deviceTargets.some((target) => fits({ flashBytes: 300_000, ramBytes: 1 }, target))).toBe(false);
  });
  it('count all that a network takes', () => {
    for (const { int8 } of sampleNetworks(4).map(quantised)) {
      const size = deviceSize(int8);
      const { arenaBytes, tableBytes } = devicePlan(int8);
      expect(size.ramBytes).toBe(arenaBytes + size.pixelBytes + 4 * int8.classes.length);
      expect(size.flashBytes).toBe(tableBytes + size.codeBytes);
      // Every weight is one byte.
      const weights = int8.steps.reduce(
        (sum, step) => sum + ('weights' in step ? step.weights.length : 0),
        0,
      );
      expect(tableBytes).toBeGreaterThan(weights);
    }
  });
});
