/**
 * One host and joined pages of this machine over a relay on it, once, with its times:
 *   npx vite build && npx tsx scripts/devices/room.ts [--devices 30] [--relay-only] [--search]
 * With --relay-only the devices have no WebRTC, and the relay carries all; with --search they then train a search.
 */
import { parseArgs } from 'node:util';
import { max, median } from 'd3';
import { chromium, type Page } from 'playwright';
import { chromiumFlags, findChromium } from '../chromium.ts';
import { serveWithRelay } from '../relay/serve.ts';

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '30' },
    'relay-only': { type: 'boolean', default: false },
    search: { type: 'boolean', default: false },
  },
});
const devices = Number(values.devices);
const relayOnly = values['relay-only'];
const recipe =
  'dataset=digits&seed=3&generations=2&proposals=60&accepted=30&imagesPerChild=640&imagesPerSeed=320&imagesFinal=1920&imagesDistilled=64&backend=wasm&workers=1';

type Way = 'relay' | 'direct';

/** Milliseconds after a page was opened: its button was pressed, the host's first word came by each way. */
type Noted = Partial<Record<Way | 'pressed', number>>;

/** For a page before its scripts. */
function noteTimes(): void {
  const noted: Noted = ((globalThis as { noted?: Noted }).noted = {});
  const note = (what: keyof Noted) => (noted[what] ??= performance.now());
  addEventListener('click', () => note('pressed'), { capture: true });
  globalThis.WebSocket = class extends WebSocket {
    constructor(address: string | URL) {
      super(address);
      this.addEventListener('message', ({ data }) => typeof data !== 'string' && note('relay'));
    }
  };
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, options);
      channel.addEventListener('message', () => note('direct'));
      return channel;
    }
  };
}

function withoutWebRtc(): void {
  delete (globalThis as { RTCPeerConnection?: unknown }).RTCPeerConnection;
}

const served = await serveWithRelay('dist', { host: '127.0.0.1', port: 0 });
const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: chromiumFlags });
const context = await browser.newContext({ serviceWorkers: 'block' });
context.setDefaultTimeout(600_000);
const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function join(link: string): Promise<Page> {
  const page = await context.newPage();
  // tsx wraps functions that have a name: https://github.com/privatenumber/tsx/issues/113
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(noteTimes);
  if (relayOnly) await page.addInitScript(withoutWebRtc);
  await page.goto(link);
  await press(page, 'Lend this tab');
  return page;
}

const notedOn = async (page: Page, way: Way): Promise<Noted> => {
  const noted = await page.waitForFunction((by) => {
    const { noted } = globalThis as { noted?: Noted };
    return noted?.[by] === undefined ? null : noted;
  }, way);
  return (await noted.jsonValue()) as Noted;
};

const spread = (times: readonly number[]): string =>
  [median(times)!, max(times)!].map((time) => `${(time / 1000).toFixed(2)} s`).join(', at most ');

async function tell(what: string, pages: readonly Page[], way: Way): Promise<void> {
  const all = await Promise.all(pages.map((page) => notedOn(page, way)));
  const [sinceOpened, sincePressed] = [
    all.map((one) => one[way]!),
    all.map((one) => one[way]! - one.pressed!),
  ];
  console.log(`${what}: after the page was opened, median ${spread(sinceOpened)};`);
  console.log(`  after "Lend this tab" was pressed, median ${spread(sincePressed)}`);
}

const host = await context.newPage();
await host.goto(`http://127.0.0.1:${served.port}/#${recipe}`);
await press(host, 'Devices');
await press(host, 'Invite devices');
await host.getByText('The room is open.').waitFor();
const link = await host.getByRole('dialog').locator('code').innerText();
const began = performance.now();
const pages = await Promise.all(Array.from({ length: devices }, () => join(link)));
await tell('the host answers by the relay', pages, 'relay');
if (!relayOnly) await tell('the host answers over the direct line', pages, 'direct');
await host.getByText(`${devices} devices are here.`).waitFor();
console.log(`the host's screen shows all ${devices} after ${seconds(began)}`);
await Promise.all(pages.map((page) => page.getByText('self-test passed').waitFor()));
console.log(`all trainers started, tested and measured after ${seconds(began)}`);
if (values.search) {
  const played = performance.now();
  await press(host, 'Play');
  await host.waitForFunction(() => document.title.startsWith('Finished'));
  console.log(`the search took ${seconds(played)}`);
  console.log(await host.getByText(/children a minute since/).innerText());
  const contributed = await Promise.all(
    pages.map(async (page) =>
      Number(/(\d+) of \d+ networks/.exec(await page.locator('main').innerText())?.[1] ?? 0),
    ),
  );
  console.log(`networks trained by each device: ${contributed.sort((a, b) => b - a).join(' ')}`);
}
await browser.close();
await served.close();
