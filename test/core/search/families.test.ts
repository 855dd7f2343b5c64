import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkCost } from '../../../src/core/architecture/cost.ts';
import { familyWithin } from '../../../src/core/architecture/families/widths.ts';
import { mobilenetNetwork } from '../../../src/core/architecture/families/mobilenet.ts';
import { vggNetwork } from '../../../src/core/architecture/families/vgg.ts';
import { validate } from '../../../src/core/architecture/validate.ts';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import { networksCsv } from '../../../src/core/run-file/csv.ts';
import { verifyRun } from '../../../src/core/run-file/verify.ts';
import { totalImages } from '../../../src/core/search/budget.ts';
import { presetRecipe } from '../../../src/core/search/presets.ts';
import { parseRecipe } from '../../../src/core/search/recipe-parse.ts';
import { familyKeys, familySize } from '../../../src/core/search/recipe.ts';
import { startingNetworksOf } from '../../../src/core/search/spaces.ts';
import { driveSearch } from '../../support/drive-search.ts';
import { networkSetting } from '../../support/network-search.ts';

const networks = { vgg: vggNetwork, mobilenet: mobilenetNetwork };
const shapes = fc.record({
  height: fc.integer({ min: 1, max: 40 }),
  width: fc.integer({ min: 1, max: 40 }),
  channels: fc.constantFrom(1, 3),
});

describe.each(familyKeys)('the %s family', (key) => {
  const network = networks[key];
  const facts = { height: 28, width: 28, channels: 1, classes: 10 };
  const recipe = { ...presetRecipe('fashion'), strategy: key };

  it('is legal for every size of image, with one head or two', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 64 }), fc.boolean(), (shape, width, second) => {
        const built = network(shape, 10, width, second ? { secondClasses: 7 } : {});
        expect(validate(built).ok).toBe(true);
        expect(built.nodes.filter(({ kind }) => kind === 'head')).toHaveLength(second ? 2 : 1);
      }),
    );
  });

  it('costs more, in parameters and multiply-adds, the wider it is', () => {
    const costs = Array.from({ length: 24 }, (_, i) => networkCost(network(facts, 10, i + 1)));
    costs.slice(1).forEach((cost, i) => {
      expect(cost.parameters).toBeGreaterThan(costs[i]!.parameters);
      expect(cost.multiplyAdds).toBeGreaterThan(costs[i]!.multiplyAdds);
    });
  });

  it.each(['quick', 'long'] as const)(
    'covers the sizes within the caps of %s, the widest next to one',
    (preset) => {
      const caps = presetRecipe('fashion', preset);
      const family = startingNetworksOf({ ...caps, strategy: key }, facts);
      const costs = family.map(networkCost);
      expect(family).toHaveLength(familySize);
      for (const { parameters, multiplyAdds } of costs) {
        expect(parameters).toBeLessThanOrEqual(caps.maxParameters);
        expect(multiplyAdds).toBeLessThanOrEqual(caps.maxMultiplyAdds);
      }
      const firstFilters = (index: number) => {
        const block = family[index]!.nodes[1]!;
        return block.kind === 'conv' ? block.filters : 0;
      };
      const wider = networkCost(network(facts, 10, firstFilters(familySize - 1) + 1));
      expect(wider.parameters > caps.maxParameters || wider.multiplyAdds > caps.maxMultiplyAdds).toBe(true);
    },
  );

  it('begins with its narrowest network above the floor, and goes evenly in log size', () => {
    const floor = networkCost(network(facts, 10, 2)).parameters + 1;
    const caps = { ...presetRecipe('fashion'), minParameters: floor };
    const sizes = startingNetworksOf({ ...caps, strategy: key }, facts).map(
      (one) => networkCost(one).parameters,
    );
    expect(sizes[0]).toBe(networkCost(network(facts, 10, 3)).parameters);
    const steps = sizes.slice(1).map((size, i) => Math.log(size / sizes[i]!));
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(2);
  });

  it('is its narrowest network alone where none keeps the caps', () => {
    const caps = { minParameters: 1, maxParameters: 10, maxMultiplyAdds: 10 };
    expect(familyWithin((width) => network(facts, 10, width), caps, 5)).toEqual([network(facts, 10, 1)]);
  });

  it('is a run of its networks alone, all trained from scratch on an equal part of the whole budget', () => {
    const seeds = startingNetworksOf(recipe, facts).map((architecture) => ({
      architecture,
      origin: 'trivial' as const,
    }));
    const { events, state } = driveSearch({ ...networkSetting(recipe), seeds });
    expect(state.networks.map(({ architecture }) => architecture)).toEqual(
      seeds.map(({ architecture }) => architecture),
    );
    const each = Math.floor(totalImages(recipe) / seeds.length);
    for (const { ownImages, inheritedImages, parent } of state.networks)
      expect([ownImages, inheritedImages, parent]).toEqual([each, 0, null]);
    expect(state.generation).toBe(0);
    expect(state.front.length).toBeGreaterThan(0);
    expect(verifyRun(events).every(({ holds }) => holds)).toBe(true);
    const view = viewOf(events)!;
    expect(view.finished).toBe('budget');
    expect(networksCsv(view).trimEnd().split('\r\n')).toHaveLength(1 + seeds.length);
  });

  it('is a strategy in a recipe', () => {
    expect(parseRecipe(`strategy=${key}`)).toMatchObject({ recipe: { strategy: key }, problems: [] });
  });
});

it('the MobileNetV2-like network has inverted residuals: narrow, wide, narrow, with a skip between the narrow', () => {
  const { nodes } = mobilenetNetwork({ height: 8, width: 8, channels: 1 }, 10, 4);
  const adds = nodes.filter((node) => node.kind === 'add');
  expect(adds).toHaveLength(4);
  for (const { inputs } of adds) {
    const [main, skip] = inputs.map((id) => nodes.find((node) => node.id === id)!);
    const expand = nodes.find((node) => node.id === main!.inputs[0])!;
    expect(main).toMatchObject({ kind: 'sepConv', kernelSize: 3 });
    expect(expand).toMatchObject({ kind: 'conv', kernelSize: 1, inputs: [skip!.id] });
    if (main!.kind === 'sepConv' && expand.kind === 'conv') expect(expand.filters).toBe(6 * main!.filters);
  }
});
