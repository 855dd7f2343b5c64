import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatLessonLink } from '../../../src/app/learn/link.ts';
import { addressOf as benchAddress } from '../../../src/app/learn/workbench/address.ts';
import {
  defaultPage,
  formatHash,
  links,
  pageKeys,
  parseHash,
  stripTabs,
  type PageState,
} from '../../../src/app/model/address.ts';
import { objectiveKeys } from '../../../src/core/search/objectives.ts';
import { presetRecipe } from '../../../src/core/search/presets.ts';
import { formatRecipe, parseRecipe } from '../../../src/core/search/recipe-parse.ts';

const id = fc.option(fc.integer({ min: 0, max: 99_999 }));
const pages: fc.Arbitrary<PageState> = fc.record({
  selected: id,
  compared: id,
  at: id,
  tab: fc.constantFrom(...stripTabs),
  x: fc.constantFrom(...objectiveKeys),
  y: fc.constantFrom(...objectiveKeys),
  autoplay: fc.constant(false),
  lesson: fc.constant(null),
});

test('the address says the same after a round trip, beside any recipe', () => {
  const recipe = { ...presetRecipe('mnist', 'class'), seed: 42 };
  fc.assert(
    fc.property(pages, (page) => {
      const hash = `#${formatHash(formatRecipe(recipe), page)}`;
      expect(parseHash(hash).page).toEqual(page);
      const parsed = parseRecipe(hash, pageKeys);
      expect(parsed.problems).toEqual([]);
      expect(parsed.recipe).toEqual(recipe);
    }),
  );
});

test('nonsense in the address is the default, and never throws', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { page } = parseHash(text);
      expect(stripTabs).toContain(page.tab);
      expect(page.selected === null || page.selected >= 0).toBe(true);
    }),
  );
  expect(parseHash('#select=-1&at=1e9&tab=none&x=size').page).toEqual(defaultPage);
});

test('an empty address is known as empty', () => {
  expect(parseHash('').empty).toBe(true);
  expect(parseHash('#').empty).toBe(true);
  expect(parseHash('#seed=1').empty).toBe(false);
});

test('no address that the page writes itself is reported as not understood', () => {
  const bench = (operator: string) =>
    benchAddress('', { ...{ operator, beat: 4, network: null }, variant: 'copy' } as never);
  const written = [
    ...[
      links.lessons,
      links.lesson('front'),
      links.bench('widen'),
      links.sampling,
      links.compose,
      links.compare,
    ],
    ...[bench('widen'), `${bench('skip')}&network=yours`],
    `#${formatLessonLink({ lesson: 'front', present: true, hide: ['loop'], seed: 7 })}&step=2`,
    ...['#compose=1&puzzle=four', '#autoplay=1&save=front', '#lang=zh'],
  ];
  for (const hash of written) expect(parseRecipe(hash.slice(1), pageKeys).problems, hash).toEqual([]);
});

test('the language alone is no address of a run', () => {
  expect(parseHash('#lang=zh').empty).toBe(true);
});
