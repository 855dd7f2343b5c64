import { afterAll, beforeAll, expect, it } from 'vitest';
import { engines } from '../../scripts/engines.ts';
import { serveWithRelay, type Served } from '../../scripts/relay/serve.ts';
import { shortSearch } from '../e2e/lending.ts';
import { startChromium } from './chromium.ts';
import type { EngineBrowser } from './engine-browser.ts';
import { startFirefox } from './firefox.ts';
import { press, untilSaid } from './page.ts';

let site: Served;
beforeAll(async () => {
  site = await serveWithRelay('dist', { host: '127.0.0.1', port: 0 });
});
afterAll(() => site.close());

const address = () => `http://127.0.0.1:${site.port}/`;
const wrong = /could not be reached|did not take|broke\b/;
const code = (browser: EngineBrowser) =>
  browser.evaluate(() => document.querySelector('code')!.textContent, null);

async function paste(browser: EngineBrowser, text: string): Promise<void> {
  await browser.evaluate((given) => {
    const field = document.querySelector('textarea')!;
    field.value = given;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
  await press(browser, 'Take the code');
}

/** Opens `host` with a search, and its devices. */
async function openHost(host: EngineBrowser): Promise<void> {
  await host.open(`${address()}#${shortSearch}`);
  await press(host, 'Devices');
}

/** A device of one engine and a host of another meet from page to page: by the relay first, then by codes alone. */
async function meet(host: EngineBrowser, device: EngineBrowser): Promise<void> {
  await openHost(host);
  await press(host, 'Invite devices');
  await untilSaid(host, /The room is open/, wrong);
  await device.open(await code(host));
  await press(device, 'Lend this tab');
  await untilSaid(host, /direct line/, wrong);
  await untilSaid(device, /Directly connected to the other screen/, wrong);

  await device.open('about:blank');
  await host.open('about:blank');
  await openHost(host);
  await press(host, 'Pair by codes');
  await untilSaid(host, /#pair=/, wrong);
  await device.open(await code(host));
  await press(device, 'Lend this tab');
  await untilSaid(device, /Code for the other screen/, wrong);
  // Longer than a Firefox waits for an end that does not answer: a person carries the code.
  await new Promise((done) => setTimeout(done, 8_000));
  await paste(host, await code(device));
  await untilSaid(host, /The device is connected\./, wrong);
  await untilSaid(device, /Directly connected to the other screen/, wrong);
  expect(await code(host)).toMatch(/#pair=/);
}

it.skipIf(!engines.firefox.find()).each([
  ['Firefox', 'Chromium', () => startFirefox(), () => startChromium()],
  ['Chromium', 'Firefox', () => startChromium(), () => startFirefox()],
] as const)('%s lends to a search in %s directly', async (_, __, startDevice, startHost) => {
  const [host, device] = [await startHost(), await startDevice()];
  try {
    await meet(host, device);
  } finally {
    await Promise.all([host.close(), device.close()]);
  }
});
