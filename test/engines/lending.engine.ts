import { afterAll, beforeAll, expect, it } from 'vitest';
import { engines } from '../../scripts/engines.ts';
import { serveWithRelay, type Served } from '../../scripts/relay/serve.ts';
import { evaluatedBy, foundIn, shortSearch } from '../e2e/lending.ts';
import type { SavedRun } from '../e2e/page.ts';
import { startChromium } from './chromium.ts';
import type { EngineBrowser } from './engine-browser.ts';
import { startFirefox } from './firefox.ts';
import { playToEnd, press, savedRun, textOf, untilSaid, visit, withBrowser, write } from './page.ts';
import { startWebKit } from './webkit.ts';

const browsers = {
  chromium: { find: () => true, start: startChromium },
  firefox: { find: engines.firefox.find, start: () => startFirefox() },
  webkit: { find: engines.webkit.find, start: startWebKit },
} as const;

type BrowserName = keyof typeof browsers;

interface Pair {
  readonly host: BrowserName;
  readonly device: BrowserName;
  /** What the host's panel says of the line. */
  readonly way: 'direct line' | 'by the relay';
  /** What the device's screen says of it. */
  readonly says: RegExp;
}

const directly = /Directly connected to the other screen\./;
const relayed = /Connected to the other screen by its relay\./;

/** WebKitGTK has no WebRTC. */
const pairs: readonly Pair[] = [
  { host: 'chromium', device: 'firefox', way: 'direct line', says: directly },
  { host: 'firefox', device: 'chromium', way: 'direct line', says: directly },
  { host: 'firefox', device: 'firefox', way: 'direct line', says: directly },
  {
    ...{ host: 'chromium', device: 'webkit', way: 'by the relay' },
    says: new RegExp(`${relayed.source}\\s+This browser makes no direct lines`),
  },
  { host: 'webkit', device: 'firefox', way: 'by the relay', says: relayed },
];

let served: Served;
let expected: SavedRun;
const site = () => `http://127.0.0.1:${served.port}/#${shortSearch}`;

beforeAll(async () => {
  served = await serveWithRelay('dist', { host: '127.0.0.1', port: 0 });
  expected = await withBrowser(startChromium, async (browser) => {
    await visit(browser, site());
    await playToEnd(browser);
    return savedRun(browser);
  });
});
afterAll(() => served.close());

/** The search of one browser, which another lends its trainers to: how they are connected is said on both screens. */
async function lentSearch(
  host: EngineBrowser,
  device: EngineBrowser,
  { way, says }: Pick<Pair, 'way' | 'says'>,
): Promise<SavedRun> {
  await visit(host, site());
  // The way that screens of every size have.
  await press(host, 'Share');
  await press(host, 'Devices');
  await press(host, 'Invite devices');
  await untilSaid(host, /The room is open\./, /a place without a relay/);
  await visit(device, await textOf(host, '.devices code'));
  await write(device, 'Name to show there', 'Mia');
  await press(device, 'Lend this tab');
  await untilSaid(device, /self-test passed/, /cannot train/);
  await untilSaid(device, says, /cannot train/);
  await untilSaid(host, new RegExp(`Mia\\s+waits for a child\\s+${way}; Processor`), /has left/);
  await playToEnd(host);
  await untilSaid(device, /That search is finished\./, /The connection broke/);
  await untilSaid(
    device,
    /[1-9]\d* of \d+ networks that were trained so far are yours\./,
    /The connection broke/,
  );
  return savedRun(host);
}

for (const { host, device, ...line } of pairs)
  it.skipIf(!browsers[host].find() || !browsers[device].find())(
    `a search in ${host} to which ${device} lends ends at the front of one trained alone, ${line.way}`,
    async () => {
      const run = await withBrowser(browsers[host].start, (one) =>
        withBrowser(browsers[device].start, (other) => lentSearch(one, other, line)),
      );
      expect(foundIn(run)).toEqual(foundIn(expected));
      expect(evaluatedBy(run).filter(({ device: by }) => by === 'Mia').length).toBeGreaterThan(0);
    },
  );
