import { afterAll, beforeAll, expect, it } from 'vitest';
import { preview, type PreviewServer } from 'vite';
import { engines, type EngineName } from '../../scripts/engines.ts';
import { tinyRecipe, type SavedRun } from '../e2e/page.ts';
import { startChromium } from './chromium.ts';
import type { EngineBrowser } from './engine-browser.ts';
import { startFirefox } from './firefox.ts';
import { playToEnd, press, savedRun, untilSaid } from './page.ts';
import { startWebKit } from './webkit.ts';

let site: PreviewServer;

async function withBrowser(
  start: () => Promise<EngineBrowser>,
  use: (browser: EngineBrowser) => Promise<void>,
) {
  const browser = await start();
  try {
    await use(browser);
  } finally {
    await browser.close();
  }
}

async function visit(browser: EngineBrowser, hash: string): Promise<void> {
  await browser.open('about:blank');
  await browser.open(`${site.resolvedUrls!.local[0]}#${hash}`);
}

async function search(browser: EngineBrowser): Promise<SavedRun> {
  await visit(browser, tinyRecipe);
  await playToEnd(browser);
  return savedRun(browser);
}

function frontOf({ events, networks }: SavedRun) {
  const front = events.findLast(({ type }) => type === 'competed')?.front ?? [];
  return networks.filter(({ id }) => front.includes(id)).map(({ id, objectives }) => ({ id, objectives }));
}

let expected: ReturnType<typeof frontOf>;

beforeAll(async () => {
  site = await preview({ preview: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' });
  await withBrowser(startChromium, async (browser) => void (expected = frontOf(await search(browser))));
});
afterAll(() => site.close());

const others = { firefox: startFirefox, webkit: startWebKit } as const;

for (const name of Object.keys(others) as EngineName[])
  it.skipIf(!engines[name].find())(
    `${name} finds Chromium's front, tests it, prepares composing and the bench, and speaks Chinese`,
    async () => {
      await withBrowser(others[name], async (browser) => {
        const run = await search(browser);
        expect(run.events.filter(({ type }) => type === 'failed')).toEqual([]);
        expect(run.events.filter(({ type }) => type === 'evaluated').length).toBeGreaterThan(4);
        expect(frontOf(run)).toEqual(expected);
        await press(browser, 'Test on unseen images, once');
        await untilSaid(browser, /error on the unseen test images/, /not prepared/);
        await visit(browser, 'compose=1&puzzle=four');
        await untilSaid(browser, /Choose an operator, then a place for it\./, /It stopped: .*/);
        await visit(browser, 'bench=prune&beat=4');
        await untilSaid(browser, /^distilled\t/m, /not prepared/);
        await visit(browser, 'bench=widen&beat=3&lang=zh');
        await untilSaid(browser, /先置零，再随机[\s\S]*子网络的每个权重从哪里来/, /not prepared/);
        expect(await browser.evaluate(() => document.documentElement.lang, null)).toBe('zh-CN');
      });
    },
  );
