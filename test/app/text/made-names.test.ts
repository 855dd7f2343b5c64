import { expect, test } from 'vitest';
import { isMadeName } from '../../../src/app/text/made-names.ts';
import { presetRecipe } from '../../../src/core/search/presets.ts';

const recipe = { ...presetRecipe('mnist'), seed: 1 };

test('a name that the page made is known in every language', async () => {
  for (const name of ['MNIST digits, seed 1', 'MNIST 手写数字，种子 1', 'New run', '新的搜索'])
    expect([name, await isMadeName(name, recipe)]).toEqual([name, true]);
});

test('a name given by hand stays one', async () => {
  for (const name of ['MNIST digits, seed 2', 'Ada’s digits', 'Fashion-MNIST, seed 1'])
    expect([name, await isMadeName(name, recipe)]).toEqual([name, false]);
});
