import { chromium, expect, test } from '@playwright/test';
import { chromiumFlags, findChromium } from '../../scripts/chromium.ts';
import { button, generations, listen, longRecipe } from './page.ts';

/** What Playwright adds so that background pages are not slowed down; a visitor's browser has none of it. */
const antiThrottling = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

// Headless Chromium keeps every page "visible" (minimising, other tabs and focus emulation change nothing), so what
// a hidden tab does to a page is done to it here: no animation frames, timers once a second, visibilityState hidden.
test('a hidden tab keeps training, and the page keeps its log', async ({ baseURL }) => {
  const browser = await chromium.launch({
    executablePath: findChromium()!,
    args: chromiumFlags,
    ignoreDefaultArgs: antiThrottling,
  });
  try {
    const page = await browser.newPage({ baseURL: baseURL! });
    await listen(page);
    await page.goto(`./#${longRecipe}`);
    await button(page, 'Play').click();
    await page.evaluate(() => {
      const later = globalThis.setTimeout;
      globalThis.requestAnimationFrame = () => 0;
      globalThis.setTimeout = ((call: () => void, wait = 0) =>
        later(call, Math.max(1000, wait))) as typeof setTimeout;
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
      Object.defineProperty(document, 'hidden', { get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    const before = await generations(page);
    await expect.poll(() => generations(page), { timeout: 60_000 }).toBeGreaterThanOrEqual(before + 2);
  } finally {
    await browser.close();
  }
});
