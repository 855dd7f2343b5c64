import type { ObjectiveKey } from '../../core/search/objectives.ts';
import { objectiveKeys } from '../../core/search/objectives.ts';

export type StripTab = 'tree' | 'hypervolume' | 'table' | 'log';
export const stripTabs: readonly StripTab[] = ['tree', 'hypervolume', 'table', 'log'];

/** What the address keeps besides the recipe. */
export interface PageState {
  readonly selected: number | null;
  readonly compared: number | null;
  /** The generation looked at; null for live or the end. */
  readonly at: number | null;
  readonly tab: StripTab;
  readonly x: ObjectiveKey;
  readonly y: ObjectiveKey;
  readonly autoplay: boolean;
  readonly lesson: string | null;
}

export const defaultPage: PageState = {
  selected: null,
  compared: null,
  at: null,
  tab: 'tree',
  x: 'parameters',
  y: 'error',
  autoplay: false,
  lesson: null,
};

/** Keys of the address that are not the recipe's. */
export const pageKeys: ReadonlySet<string> = new Set([
  'select',
  'with',
  'at',
  'tab',
  'x',
  'y',
  'autoplay',
  'lesson',
  'step',
  'present',
  'hide',
  'bench',
  'beat',
  'compose',
  'sampling',
  'compare',
  'puzzle',
  'save',
  'lang',
]);

function wholeNumber(text: string | null): number | null {
  if (text === null || !/^\d{1,9}$/.test(text)) return null;
  return Number(text);
}

function oneOf<T extends string>(text: string | null, values: readonly T[], otherwise: T): T {
  return values.find((value) => value === text) ?? otherwise;
}

/** The page's own part of the address after '#'; never throws. */
export function parseHash(hash: string): { page: PageState; params: URLSearchParams; empty: boolean } {
  const all = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    page: {
      selected: wholeNumber(all.get('select')),
      compared: wholeNumber(all.get('with')),
      at: wholeNumber(all.get('at')),
      tab: oneOf(all.get('tab'), stripTabs, defaultPage.tab),
      x: oneOf(all.get('x'), objectiveKeys, defaultPage.x),
      y: oneOf(all.get('y'), objectiveKeys, defaultPage.y),
      autoplay: all.get('autoplay') === '1',
      lesson: all.get('lesson'),
    },
    params: all,
    empty: [...all.keys()].every((key) => key === 'lang'),
  };
}

/** The address text for `recipeText` (from the recipe's own formatter) and the page, without the '#'. */
export function formatHash(recipeText: string, page: PageState): string {
  const parts = recipeText === '' ? [] : [recipeText];
  if (page.selected !== null) parts.push(`select=${page.selected}`);
  if (page.compared !== null) parts.push(`with=${page.compared}`);
  if (page.at !== null) parts.push(`at=${page.at}`);
  if (page.tab !== defaultPage.tab) parts.push(`tab=${page.tab}`);
  if (page.x !== defaultPage.x) parts.push(`x=${page.x}`);
  if (page.y !== defaultPage.y) parts.push(`y=${page.y}`);
  return parts.join('&');
}
