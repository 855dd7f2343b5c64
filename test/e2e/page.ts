import AxeBuilder from '@axe-core/playwright';
import { expect, type Browser, type Locator, type Page } from '@playwright/test';

/** A search of seconds on wasm; enough generations to watch, few enough for a test. */
export const tinyRecipe =
  'dataset=digits&seed=3&generations=3&proposals=10&accepted=3&imagesPerChild=320&imagesPerSeed=320&imagesFinal=960&imagesDistilled=64&backend=wasm&workers=2';

/** A search that is still running when a test wants to interrupt it. */
export const longRecipe =
  'dataset=digits&seed=3&generations=120&proposals=10&accepted=3&imagesPerChild=2000&imagesPerSeed=640&imagesFinal=3000&backend=wasm&workers=2';

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** A page as a small phone has it, in a browser of its own. */
export async function phonePage(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    serviceWorkers: 'block',
    ...(baseURL ? { baseURL } : {}),
  });
  return context.newPage();
}

export async function open(page: Page, hash: string): Promise<void> {
  await page.goto(`./#${hash}`);
  await expect(button(page, 'Play').or(button(page, 'Pause')).first()).toBeVisible();
}

/** Waits until the search on the page has ended. */
export async function untilFinished(page: Page, timeout = 90_000): Promise<void> {
  await page.waitForFunction(() => (globalThis as { ended?: boolean }).ended === true, null, { timeout });
}

/** Counts of the signals that the page gives to whoever drives it. */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const world = globalThis as { ended?: boolean; generations?: number };
    world.generations = 0;
    addEventListener('lemonade', (event) => {
      const { kind } = (event as CustomEvent<{ kind: string }>).detail;
      if (kind === 'generation') world.generations! += 1;
      if (kind === 'finished') world.ended = true;
    });
  });
}

export const generations = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as { generations?: number }).generations ?? 0);

export async function untilGeneration(page: Page, count: number, timeout = 90_000): Promise<void> {
  await page.waitForFunction(
    (wanted) => ((globalThis as { generations?: number }).generations ?? 0) >= wanted,
    count,
    { timeout },
  );
}

export interface SavedRun {
  readonly testErrors?: readonly { readonly network: number; readonly error: number }[];
  readonly format: string;
  readonly networks: readonly {
    readonly id: number;
    readonly generation: number;
    readonly objectives: Readonly<Record<string, number>>;
  }[];
  readonly events: readonly {
    readonly type: string;
    readonly front?: readonly number[];
    readonly hypervolume?: number;
    readonly network?: number;
    readonly origin?: string;
  }[];
}

/** Saves the run with the button a visitor uses and reads the file. */
export async function saveRun(page: Page, name = 'Save run'): Promise<{ run: SavedRun; path: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).first().click()]);
  const path = await download.path();
  const { readFile } = await import('node:fs/promises');
  return { run: JSON.parse(await readFile(path, 'utf8')) as SavedRun, path };
}

/** Opens run files with the button a visitor uses. */
export async function openRuns(page: Page, paths: string | readonly string[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    button(page, 'Open run').first().click(),
  ]);
  await chooser.setFiles(typeof paths === 'string' ? paths : [...paths]);
}

export function frontOf(run: SavedRun): unknown {
  const last = run.events.filter((event) => event.type === 'competed').at(-1);
  return (last?.front ?? []).map((id) => run.networks.find((network) => network.id === id)?.objectives);
}

/**
 * Serious and critical accessibility violations on the page now, as short texts. In the dark theme only its colours are
 * looked at: everything else is the same page.
 */
export async function violations(page: Page, scheme: 'light' | 'dark' = 'light'): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page });
  const found = await (scheme === 'dark' ? axe.withRules(['color-contrast']) : axe).analyze();
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Until the page has nothing left to fetch, to animate (but for ever) or to draw. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(
        ({ effect, playState }) =>
          playState === 'running' && effect?.getComputedTiming().iterations !== Infinity,
      );
    await Promise.allSettled(ending.map(({ finished }) => finished));
    // Headless Chromium sometimes calls nobody idle after a resize, though nothing is drawn any more.
    for (let i = 0; i < 3; i++) await new Promise((done) => requestIdleCallback(done, { timeout: 1000 }));
  });
}

/** So many pictures later: what a key or a click sets off at once has happened, whatever the page still fetches. */
export const frames = (page: Page, count = 3): Promise<void> =>
  page.evaluate(async (wanted) => {
    for (let i = 0; i < wanted; i++) await new Promise(requestAnimationFrame);
  }, count);
