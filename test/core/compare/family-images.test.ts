import { strategyTitles } from '../../../src/app/text/en/settings.ts';
import type { RunView } from '../../../src/core/run-file/view.ts';
import { expect, it } from 'vitest';
import { memberImages } from '../../../src/core/compare/family-images.ts';
import { labelled } from '../../../src/core/compare/labels.ts';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import type { Recipe } from '../../../src/core/search/recipe.ts';
import { driveNetworks } from '../../support/network-search.ts';

const bare = (views: readonly RunView[]) => views.map((view) => ({ view }));

const viewWith = (recipe: Partial<Recipe>) => viewOf(driveNetworks({ generations: 3, ...recipe }).events)!;
const seen = (ownImages: number, inheritedImages: number) => ({ ownImages, inheritedImages });

it('takes the middle of what the members have seen, own and inherited', () => {
  expect(memberImages([seen(100, 0), seen(50, 950), seen(200, 100)])).toBe(300);
  expect(memberImages([seen(100, 0), seen(1, 200)])).toBe(151);
  expect(memberImages([])).toBe(0);
});

it('is one search over seeds', () => {
  const views = [1, 2].map((seed) => viewWith({ seed, strategy: 'vgg' }));
  expect(labelled(bare(views), strategyTitles).map(({ label }) => label)).toEqual(
    Array(2).fill('Plain VGG-like family'),
  );
});
