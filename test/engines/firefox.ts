import { launch } from 'puppeteer-core';
import { findFirefox } from '../../scripts/engines.ts';
import type { EngineBrowser } from './engine-browser.ts';

/** Firefox over WebDriver BiDi. */
export async function startFirefox(): Promise<EngineBrowser> {
  const browser = await launch({ browser: 'firefox', executablePath: findFirefox()! });
  const page = await browser.newPage();
  return {
    open: async (url) => void (await page.goto(url)),
    evaluate: (script, argument) => page.evaluate(script as never, argument) as never,
    close: () => browser.close(),
  };
}
