import type * as Learn from './en/learn.ts';
import type * as Page from './en/page.ts';
import type * as Run from './en/run.ts';
import { language, type Language } from './language.ts';
import type { Reworded } from './reworded.ts';

/** Words that are fetched together: with the first page, with a run's screen, with the lessons. */
type Area = 'page' | 'run' | 'learn';
type Texts = Reworded<typeof Page & typeof Run & typeof Learn>;

/** The only list of languages' words: one loader an area, so that a browser fetches one language. */
const loaders: Readonly<Record<Language, Readonly<Record<Area, () => Promise<Partial<Texts>>>>>> = {
  en: {
    page: () => import('./en/page.ts'),
    run: () => import('./en/run.ts'),
    learn: () => import('./en/learn.ts'),
  },
  zh: {
    page: () => import('./zh/page.ts'),
    run: () => import('./zh/run.ts'),
    learn: () => import('./zh/learn.ts'),
  },
};

const loaded: Partial<Record<Language, Record<string, unknown>>> = {};

/** The words of the page in its language. Read them where they are shown: when a module is evaluated there are none yet. */
export const texts: Texts = new Proxy<object>(loaded, {
  get: (_, key: string) => {
    const all = loaded[language()];
    if (!all || !(key in all))
      throw new Error(`no words for ${key} yet: loadTexts() of its area comes first`);
    return all[key];
  },
}) as Texts;

/** A run's screen says words of the first page too, the lessons those of both. */
const needed: Readonly<Record<Area, readonly Area[]>> = {
  page: ['page'],
  run: ['page', 'run'],
  learn: ['page', 'run', 'learn'],
};

const fetched = new Map<string, Promise<void>>();
/** What was asked for, in whatever language. */
const asked = new Set<Area>();

function fetchOnce(area: Area, of: Language): Promise<void> {
  const key = `${of}/${area}`;
  const known = fetched.get(key);
  if (known) return known;
  const loading = loaders[of][area]().then((words) => void Object.assign((loaded[of] ??= {}), words));
  fetched.set(key, loading);
  loading.catch(() => fetched.delete(key));
  return loading;
}

/** Fetches the words of an area; each once, and again where that failed. */
export async function loadTexts(area: Area): Promise<void> {
  for (const each of needed[area]) asked.add(each);
  await Promise.all(needed[area].map((each) => fetchOnce(each, language())));
}

/** Fetches in another language all that was fetched so far. */
export async function fetchTexts(next: Language): Promise<void> {
  await Promise.all([...asked].map((area) => fetchOnce(area, next)));
}

/** Words of the first page in another language than the page's. */
export async function pageWords(of: Language): Promise<Reworded<typeof Page>> {
  await fetchOnce('page', of);
  return loaded[of] as Reworded<typeof Page>;
}

/** Fetches a part of the page together with the words it says. */
export async function withTexts<T>(area: Area, part: Promise<T>): Promise<T> {
  const [module] = await Promise.all([part, loadTexts(area)]);
  return module;
}
