import { describeRecipeProblem } from '../../../src/app/text/en/recipe-problems.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectiveKeys } from '../../../src/core/search/objectives.ts';
import { presetKeys, presetRecipe } from '../../../src/core/search/presets.ts';
import { formatRecipe, parseRecipe, presetOf } from '../../../src/core/search/recipe-parse.ts';
import { recipeKeys, shippedIds, type Recipe } from '../../../src/core/search/recipe.ts';

describe('parseRecipe', () => {
  it('gives the quick preset for nothing', () => {
    expect(parseRecipe('')).toEqual({ recipe: presetRecipe('fashion'), preset: 'quick', problems: [] });
  });

  it('reads the headless example', () => {
    const { recipe, problems } = parseRecipe(
      'dataset=fashion&seed=1&generations=5&proposals=24&accepted=4&imagesPerChild=4000&backend=wasm&workers=2',
    );
    expect(problems).toEqual([]);
    expect(recipe).toEqual({
      ...presetRecipe('fashion'),
      generations: 5,
      proposals: 24,
      accepted: 4,
      imagesPerChild: 4000,
      backend: 'wasm',
      workers: 2,
    });
  });

  it.each([
    ['dataset=cifar', 'dataset'],
    ['seed=-1', 'seed'],
    ['seed=1.5', 'seed'],
    ['generations=', 'generations'],
    ['rate=0', 'rate'],
    ['rate=0x10', 'rate'],
    ['objectives=error', 'objectives'],
    ['objectives=parameters,multiplyAdds', 'objectives'],
    ['objectives=error,error', 'objectives'],
    ['objectives=error,secondError', 'objectives'],
    ['secondDataset=fashion', 'secondDataset'],
    ['accepted=50&proposals=10', 'accepted'],
    ['minParameters=5000&maxParameters=4000', 'minParameters'],
    ['colour=red', 'colour'],
    ['preset=huge', 'preset'],
    ['seed=%E0%A4%A', 'seed'],
    ['__proto__=1', '__proto__'],
  ])('reports %s in one sentence and goes on', (text, key) => {
    const { recipe, problems } = parseRecipe(text);
    expect(problems.map((problem) => problem.key)).toEqual([key]);
    expect(describeRecipeProblem(problems[0]!)).toMatch(new RegExp(`${key}.*\\.$`));
    expect(recipe.seed).toBe(1);
    expect(Object.keys(recipe).sort()).toEqual([...recipeKeys].sort());
  });

  it('says nothing of keys that belong to the page', () => {
    expect(parseRecipe('#seed=3&autoplay=1', new Set(['autoplay']))).toMatchObject({
      recipe: { seed: 3 },
      problems: [],
    });
  });

  it('never throws, and always gives a usable recipe', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...recipeKeys), (value, key) => {
        for (const text of [value, `${key}=${value}`, `${key}=${encodeURIComponent(value)}`]) {
          const { recipe } = parseRecipe(text);
          expect(parseRecipe(formatRecipe(recipe))).toMatchObject({ recipe, problems: [] });
        }
      }),
    );
  });
});

describe('formatRecipe', () => {
  const recipes: fc.Arbitrary<Recipe> = fc
    .record({
      dataset: fc.constantFrom(...shippedIds, 'own-0123abcd' as const),
      preset: fc.constantFrom(...presetKeys),
      seed: fc.nat(999_999_999),
      generations: fc.nat(100),
      rate: fc.constantFrom(1e-5, 0.05, 0.3),
      objectives: fc.subarray(
        objectiveKeys.filter((key) => key !== 'secondError' && key !== 'error'),
        { minLength: 1 },
      ),
      workers: fc.nat(8),
    })
    .map(({ dataset, preset, objectives, ...rest }) => ({
      ...presetRecipe(dataset, preset),
      ...rest,
      objectives: ['error', ...objectives],
    }));

  it('is read back as the same recipe', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        expect(parseRecipe(formatRecipe(recipe))).toMatchObject({ recipe, problems: [] });
      }),
    );
  });

  it('is short, readable, and names a preset', () => {
    const recipe: Recipe = { ...presetRecipe('mnist', 'long'), seed: 42, strategy: 'nsga2' };
    expect(formatRecipe(recipe)).toBe('dataset=mnist&preset=long&seed=42&strategy=nsga2');
    expect(presetOf(recipe)).toBe('long');
    expect(presetOf({ ...recipe, generations: 49 })).toBeNull();
  });
});
