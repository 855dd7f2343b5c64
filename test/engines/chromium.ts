import { chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../../scripts/chromium.ts';
import type { EngineBrowser } from './engine-browser.ts';

export async function startChromium(): Promise<EngineBrowser> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: chromiumFlags,
  });
  const page = await browser.newPage();
  return {
    open: async (url) => void (await page.goto(url)),
    evaluate: (script, argument) => page.evaluate(script as never, argument),
    close: () => browser.close(),
  };
}
