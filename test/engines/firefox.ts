import { launch } from 'puppeteer-core';
import { findFirefox } from '../../scripts/engines.ts';
import type { EngineBrowser } from './engine-browser.ts';

/** Firefox over WebDriver BiDi, with preferences of `about:config`. */
export async function startFirefox(preferences: Record<string, unknown> = {}): Promise<EngineBrowser> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: findFirefox()!,
    extraPrefsFirefox: preferences,
  });
  const page = await browser.newPage();
  return {
    open: async (url) => void (await page.goto(url)),
    evaluate: (script, argument) => page.evaluate(script as never, argument) as never,
    close: () => browser.close(),
  };
}
