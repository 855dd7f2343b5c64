/**
 * One host and 30 joined pages of this machine over a relay on it, once, with its times:
 *   npx vite build && npx tsx scripts/devices/room.ts [devices]
 */
import { chromium, type Page } from 'playwright';
import { chromiumFlags, findChromium } from '../chromium.ts';
import { serveWithRelay } from '../relay/serve.ts';

const devices = Number(process.argv[2] ?? 30);
const recipe =
  'dataset=digits&seed=3&generations=2&proposals=60&accepted=30&imagesPerChild=640&imagesPerSeed=320&imagesFinal=1920&imagesDistilled=64&backend=wasm&workers=1';

const served = await serveWithRelay('dist', { host: '127.0.0.1', port: 0 });
const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: chromiumFlags });
const context = await browser.newContext({ serviceWorkers: 'block' });
context.setDefaultTimeout(600_000);
const began = performance.now();
const since = (from = began) => `${((performance.now() - from) / 1000).toFixed(1)} s`;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

const host = await context.newPage();
await host.goto(`http://127.0.0.1:${served.port}/#${recipe}`);
await press(host, 'Devices');
await press(host, 'Invite devices');
await host.getByText('The room is open.').waitFor();
const link = await host.getByRole('dialog').locator('code').innerText();
const pages: Page[] = [];
for (let i = 0; i < devices; i++) {
  const page = await context.newPage();
  await page.goto(link);
  pages.push(page);
}
console.log(`${devices} pages open after ${since()}`);
const pressed = performance.now();
await Promise.all(pages.map((page) => press(page, 'Lend this tab')));
await host.getByText(`${devices} devices are here.`).waitFor();
console.log(`all connected and greeted ${since(pressed)} after all had pressed "Lend this tab"`);
await Promise.all(pages.map((page) => page.getByText('self-test passed').waitFor()));
console.log(`all trainers started, tested and measured ${since(pressed)} after that`);
const played = performance.now();
await press(host, 'Play');
await host.waitForFunction(() => document.title.startsWith('Finished'));
console.log(`the search took ${since(played)}`);
console.log(await host.getByText(/children a minute since/).innerText());
const contributed = await Promise.all(
  pages.map(async (page) => {
    const text = await page.locator('main').innerText();
    return Number(/(\d+) of \d+ networks/.exec(text)?.[1] ?? 0);
  }),
);
console.log(`networks trained by each device: ${contributed.sort((a, b) => b - a).join(' ')}`);
await browser.close();
await served.close();
