import { afterAll, beforeAll, expect, it } from 'vitest';
import { preview, type PreviewServer } from 'vite';
import { engines, type EngineName } from '../../scripts/engines.ts';
import { longRecipe, tinyRecipe, type SavedRun } from '../e2e/page.ts';
import { startChromium } from './chromium.ts';
import type { EngineBrowser } from './engine-browser.ts';
import { startFirefox } from './firefox.ts';
import {
  addOwnPictures,
  chooseFiles,
  chooseOption,
  drawOne,
  playOneGeneration,
  playToEnd,
  press,
  savedRun,
  untilSaid,
  untilStored,
  visit,
  withBrowser,
} from './page.ts';
import { secondsBelow } from './processor-time.ts';
import { startWebKit } from './webkit.ts';

let site: PreviewServer;

const visitSite = (browser: EngineBrowser, hash: string): Promise<void> =>
  visit(browser, `${site.resolvedUrls!.local[0]}#${hash}`);

/** Processor seconds of the same search in each engine, page and drawing included. */
const spent: string[] = [];

async function search(browser: EngineBrowser, engine: string): Promise<SavedRun> {
  await visitSite(browser, tinyRecipe);
  const before = secondsBelow();
  await playToEnd(browser);
  spent.push(`${engine} ${(secondsBelow() - before).toFixed(1)}`);
  return savedRun(browser);
}

function frontOf({ events, networks }: SavedRun) {
  const front = events.findLast(({ type }) => type === 'competed')?.front ?? [];
  return networks.filter(({ id }) => front.includes(id)).map(({ id, objectives }) => ({ id, objectives }));
}

/** A set of own pictures, made anew; its id is that of its pixels. */
async function ownSet(browser: EngineBrowser): Promise<string> {
  await visitSite(browser, tinyRecipe);
  await chooseOption(browser, 'Your own pictures…');
  return addOwnPictures(browser);
}

let expected: ReturnType<typeof frontOf>;
let expectedSet: string;

beforeAll(async () => {
  site = await preview({ preview: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' });
  await withBrowser(startChromium, async (browser) => {
    expected = frontOf(await search(browser, 'chromium'));
    expectedSet = await ownSet(browser);
  });
});
afterAll(() => {
  console.log(`processor seconds of one search: ${spent.join(', ')}`);
  return site.close();
});

const others = { firefox: () => startFirefox(), webkit: startWebKit } as const;

for (const name of Object.keys(others) as EngineName[]) {
  const { find } = engines[name];
  it.skipIf(!find())(`${name} finds Chromium's front, saves it, and opens it`, async () => {
    await withBrowser(others[name], async (browser) => {
      const run = await search(browser, name);
      expect(run.events.filter(({ type }) => type === 'failed')).toEqual([]);
      expect(run.events.filter(({ type }) => type === 'evaluated').length).toBeGreaterThan(4);
      expect(frontOf(run)).toEqual(expected);
      await press(browser, 'Test on unseen images, once');
      await untilSaid(browser, /test error, as found/, /not prepared/);

      await visitSite(browser, 'dataset=mnist');
      await chooseFiles(browser, 'input[accept^=".json"]', [{ name: 'run.json', text: JSON.stringify(run) }]);
      await untilSaid(browser, /\bReplay\b/, /could not be read/);
    });
  });

  it.skipIf(!find())(`${name} goes on with a search after a reload`, async () => {
    await withBrowser(others[name], async (browser) => {
      const longer = longRecipe
        .replace('generations=120', 'generations=2')
        .replace('imagesFinal=3000', 'imagesFinal=960');
      await visitSite(browser, longer);
      await playOneGeneration(browser);
      await untilStored(browser);
      await visitSite(browser, longer);
      await playToEnd(browser, 'Continue the run');
      const whole = await savedRun(browser);
      expect(whole.events.filter(({ type }) => type === 'competed').length).toBe(4);
    });
  });

  it.skipIf(!find())(`${name} draws, measures time, takes own pictures, and opens every place`, async () => {
    await withBrowser(others[name], async (browser) => {
      await visitSite(browser, '');
      await untilSaid(browser, /networks trained/, /could not be loaded/);
      await drawOne(browser);
      await untilSaid(browser, /% sure/, /gives noise/);
      await visitSite(browser, `${tinyRecipe}&objectives=error,parameters,inferenceSeconds`);
      await playToEnd(browser);
      expect(await ownSet(browser)).toBe(expectedSet);
      await visitSite(browser, 'compose=1&puzzle=four');
      await untilSaid(browser, /Choose an operator, then a place for it\./, /It stopped: .*/);
      await visitSite(browser, 'bench=prune&beat=4');
      await untilSaid(browser, /^distilled\t/m, /not prepared/);
      await visitSite(browser, 'bench=widen&beat=3&lang=zh');
      await untilSaid(browser, /先置零，再随机[\s\S]*子网络的每个权重从哪里来/, /not prepared/);
      expect(await browser.evaluate(() => document.documentElement.lang, null)).toBe('zh-CN');
    });
  });
}

it.skipIf(!engines.firefox.find())('a Firefox that resists fingerprinting says what to allow', async () => {
  await withBrowser(
    () => startFirefox({ 'privacy.resistFingerprinting': true }),
    async (browser) => {
      await visitSite(browser, '');
      await untilSaid(browser, /networks trained/, /could not be loaded/);
      await drawOne(browser);
      await untilSaid(browser, /allow this site to read canvas data/, /% sure/);
    },
  );
});
