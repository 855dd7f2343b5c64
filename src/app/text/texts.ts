import type * as Learn from './en/learn.ts';
import type * as Page from './en/page.ts';
import type * as Run from './en/run.ts';
import { language, type Language } from './language.ts';

/** Words that are fetched together: with the first page, with a run's screen, with the lessons. */
type Area = 'page' | 'run' | 'learn';
type Texts = typeof Page & typeof Run & typeof Learn;

/** The only list of languages' words: one loader an area, so that a browser fetches one language. */
const loaders: Readonly<Record<Language, Readonly<Record<Area, () => Promise<Partial<Texts>>>>>> = {
  en: {
    page: () => import('./en/page.ts'),
    run: () => import('./en/run.ts'),
    learn: () => import('./en/learn.ts'),
  },
};

const loaded: Record<string, unknown> = {};

/** The words of the page in its language. Read them where they are shown: when a module is evaluated there are none yet. */
export const texts: Texts = new Proxy(loaded, {
  get: (all, key: string) => {
    if (!(key in all)) throw new Error(`no words for ${key} yet: loadTexts() of its area comes first`);
    return all[key];
  },
}) as Texts;

/** A run's screen says words of the first page too, the lessons those of both. */
const needed: Readonly<Record<Area, readonly Area[]>> = {
  page: ['page'],
  run: ['page', 'run'],
  learn: ['page', 'run', 'learn'],
};

const fetched = new Map<Area, Promise<void>>();

function fetchOnce(area: Area): Promise<void> {
  const known = fetched.get(area);
  if (known) return known;
  const loading = loaders[language][area]().then((words) => void Object.assign(loaded, words));
  fetched.set(area, loading);
  loading.catch(() => fetched.delete(area));
  return loading;
}

/** Fetches the words of an area; each once, and again where that failed. */
export async function loadTexts(area: Area): Promise<void> {
  await Promise.all(needed[area].map(fetchOnce));
}

/** Fetches a part of the page together with the words it says. */
export async function withTexts<T>(area: Area, part: Promise<T>): Promise<T> {
  const [module] = await Promise.all([part, loadTexts(area)]);
  return module;
}
