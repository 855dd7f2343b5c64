import { vi } from 'vitest';
import type { SavedRun } from '../e2e/page.ts';
import type { EngineBrowser } from './engine-browser.ts';

const patience = { timeout: 120_000, interval: 200 };

/** Presses the button `name` once it is there. */
export async function press(browser: EngineBrowser, name: string): Promise<void> {
  const pressed = (label: string) => {
    const button = [...document.querySelectorAll('button')].find(
      (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === label,
    );
    button?.click();
    return button !== undefined;
  };
  await vi.waitUntil(() => browser.evaluate(pressed, name), patience);
}

/** Waits until the page says what fits `wanted`; throws what it says where that fits `never`. */
export async function untilSaid(browser: EngineBrowser, wanted: RegExp, never: RegExp): Promise<void> {
  await vi.waitUntil(async () => {
    const text = await browser.evaluate(() => document.body.innerText, null);
    const wrong = never.exec(text);
    if (wrong) throw new Error(wrong[0]);
    return wanted.test(text);
  }, patience);
}

/** Plays the search of the page to its end; throws the reason where it fails. */
export async function playToEnd(browser: EngineBrowser): Promise<void> {
  await browser.evaluate(() => {
    addEventListener('lemonade', (event) => {
      const { detail } = event as CustomEvent<{ kind: string; reason?: string }>;
      if (detail.kind !== 'generation') document.body.dataset['ended'] = detail.reason ?? detail.kind;
    });
  }, null);
  await press(browser, 'Play');
  const ended = await vi.waitUntil(
    () => browser.evaluate(() => document.body.dataset['ended'] ?? '', null),
    patience,
  );
  if (ended !== 'finished') throw new Error(ended);
}

/** The file that the button Save run makes, kept from the browser's downloads. */
export async function savedRun(browser: EngineBrowser): Promise<SavedRun> {
  await browser.evaluate(() => {
    HTMLAnchorElement.prototype.click = function () {
      void fetch(this.href)
        .then((file) => file.text())
        .then((text) => (document.body.dataset['saved'] = text));
    };
  }, null);
  await press(browser, 'Save run');
  const text = await vi.waitUntil(
    () => browser.evaluate(() => document.body.dataset['saved'] ?? '', null),
    patience,
  );
  return JSON.parse(text) as SavedRun;
}
