import type { ObjectiveKey } from '../../core/search/objectives.ts';
import { objectiveKeys } from '../../core/search/objectives.ts';

/*
 * The one module that knows the address: its keys, links to the places of the page, and the only reader and writer of the
 * browser's address bar. What its own keys mean a place reads itself (learn/workbench/address.ts, learn/link.ts). What lies behind '#' is text as in "dataset=mnist&seed=7&select=12".
 */

/** What fills the page: the run (or the first visit), or one of the places for learning. */
export type Place = 'run' | 'bench' | 'compose' | 'sampling' | 'weights' | 'lessons' | 'compare' | 'join';

const learning = ['bench', 'compose', 'sampling', 'weights', 'compare', 'join'] as const;

/** Links to the places. `home`, the first page, has no address; a run that has begun goes on behind it. */
export const links = {
  home: '#',
  lessons: '#lesson=1',
  lesson: (id: string) => `#lesson=${id}`,
  bench: (operator: string) => `#bench=${operator}`,
  sampling: '#sampling=1',
  weights: '#weights=1',
  compose: '#compose=1',
  compare: '#compare=1',
  join: (secret: string) => `#join=${secret}`,
  pair: (code: string) => `#pair=${code}`,
} as const;

/** `lesson=1` (or no name, or `lessons`) opens the list; a name is a lesson that runs over the place named beside it. */
export function lessonOf(params: URLSearchParams): string | null {
  const lesson = params.get('lesson');
  return lesson === null || lesson === '' || lesson === '1' ? null : lesson;
}

export function placeOf(params: URLSearchParams): Place {
  if (params.has('lessons')) return 'lessons';
  if (params.has('lesson') && lessonOf(params) === null) return 'lessons';
  if (params.has('pair')) return 'join';
  return learning.find((place) => params.has(place)) ?? 'run';
}

/** What stands behind '#' now, '#' included; '' for nothing. */
export const hashNow = (): string => location.hash;

/** The same, read. */
export const hashParams = (): URLSearchParams => paramsOf(hashNow());

/** Loads the page again, with the address as it is. */
export const reload = (): void => location.reload();

export const paramsOf = (hash: string): URLSearchParams => new URLSearchParams(hash.replace(/^#/, ''));

/** Goes to another place; Back returns here. */
export function goTo(hash: string): void {
  location.hash = hash;
}

/** Writes what is shown into the address; Back leaves the page as before. `hash` with its '#'. */
export function rewrite(hash: string): void {
  history.replaceState(null, '', hash);
}

/** The page's address without what stands behind '#'. */
export const siteAddress = (): string => location.href.split('#')[0]!;

export type StripTab = 'tree' | 'hypervolume' | 'measures' | 'table' | 'log';
export const stripTabs: readonly StripTab[] = ['tree', 'hypervolume', 'measures', 'table', 'log'];

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
  'lessons',
  'step',
  'present',
  'hide',
  'result',
  'front',
  'bench',
  'beat',
  'variant',
  'network',
  'compose',
  'sampling',
  'weights',
  'compare',
  'join',
  'pair',
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
  const all = paramsOf(hash);
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
