import { expect, test, type Page } from '@playwright/test';
import { serveWithRelay, type Served } from '../../scripts/relay/serve.ts';
import {
  alone,
  directly,
  elsewhere,
  evaluatedBy,
  foundIn,
  hostOf,
  isReady,
  lend,
  panelOf,
  recordAddresses,
  recordPeers,
  rowOf,
  runOf,
  shortSearch,
  withoutWebRtc,
} from './lending.ts';
import { button, violations } from './page.ts';

/** Children that train long enough for something to happen to whoever trains them. */
const longer = shortSearch.replace('imagesPerChild=640', 'imagesPerChild=150000');

/** The same for one device whose line breaks. */
const long = longer
  .replace('imagesPerChild=150000', 'imagesPerChild=40000')
  .replace('generations=3', 'generations=2');

/** For what comes after a whole child, of which a loaded machine trains five at once. */
const whileOthersTrain = { timeout: 300_000 };

let served: Served;
test.beforeEach(async () => {
  served = await serveWithRelay('dist', { host: '127.0.0.1', port: 0 });
});
test.afterEach(() => served.close());
const site = () => `http://127.0.0.1:${served.port}/`;

test('nine pages of one machine train one search, which ends at the front of one trained alone', async ({
  context,
}) => {
  const asked = recordAddresses(context);
  const expected = await alone(context, site(), shortSearch);
  expect(asked.filter((url) => url.startsWith('ws'))).toEqual([]);
  await context.addInitScript(recordPeers);
  const { host, link } = await hostOf(context, site(), shortSearch);
  expect(link).toMatch(/#join=[0-9a-f]{32}$/);
  const pages: Page[] = [];
  for (let i = 1; i <= 8; i++) {
    const page = await lend(context, link, i === 1 ? 'Mia' : '');
    await isReady(page);
    pages.push(page);
  }
  await expect(host.getByText('8 devices are here.')).toBeVisible();
  // Each reaches the host from page to page; the relay has only introduced them.
  await expect(host.getByRole('listitem').filter({ hasText: 'direct line' })).toHaveCount(8);
  await expect(pages[0]!.getByText('Directly connected to the other screen.')).toBeVisible();
  await button(host, 'Play').click();
  const run = await runOf(host);
  expect(foundIn(run)).toEqual(foundIn(expected));
  // Each network was evaluated once, most of them elsewhere; who gave no name is a number.
  const evaluated = evaluatedBy(run);
  expect(new Set(evaluated.map(({ network }) => network)).size).toBe(evaluated.length);
  const by = evaluated.flatMap(({ device }) => device ?? []);
  expect(by.length).toBeGreaterThan(evaluated.length / 3);
  expect(by.every((name) => name === 'Mia' || /^[2-8]$/.test(name))).toBe(true);
  await expect(pages[0]!.getByText('That search is finished.')).toBeVisible();
  await expect(
    pages[0]!.getByText(/networks that were trained so far are yours|none of them here/),
  ).toBeVisible();
  await expect(host.getByText(/children a minute since the first device joined/)).toBeVisible();
  // Nothing was asked of anyone but the relay that serves the page.
  expect(elsewhere(asked, site())).toEqual([]);
  expect(asked.some((url) => url.startsWith('ws://127.0.0.1'))).toBe(true);
  expect(asked.some((url) => url.includes(link.split('join=')[1]!))).toBe(false);
  expect(await directly([host, ...pages])).toBe(16);
});

test('a direct line that breaks in the middle of a child leaves the relay, and nothing is lost', async ({
  context,
}) => {
  test.setTimeout(400_000);
  const expected = await alone(context, site(), long);
  await context.addInitScript(recordPeers);
  const { host, link } = await hostOf(context, site(), long);
  const panel = panelOf(host);
  const page = await lend(context, link, 'Mia');
  await isReady(page);
  const row = rowOf(host, 'Mia');
  await expect(row).toContainText('direct line');
  await button(host, 'Play').click();
  await expect(row).toContainText('trains #');
  await page.evaluate(() => {
    const world = globalThis as unknown as { channels: RTCDataChannel[]; RTCPeerConnection?: unknown };
    // No other is made before the test has seen that the relay carries on.
    delete world.RTCPeerConnection;
    for (const channel of world.channels) channel.close();
  });
  await expect(panel.getByText('The direct line to Mia broke; it goes on by the relay.')).toBeVisible();
  await expect(row).toContainText('by the relay');
  await expect(row).toContainText('trains #');
  await expect(page.getByText('Connected to the other screen by its relay.')).toBeVisible();
  const run = await runOf(host);
  expect(foundIn(run)).toEqual(foundIn(expected));
  expect(evaluatedBy(run).some(({ device }) => device === 'Mia')).toBe(true);
  await expect(panel.getByText(/is trained elsewhere/)).toHaveCount(0);
});

test('who is killed, frozen or lies is named, the relay may break, and nothing is lost', async ({
  context,
}) => {
  test.setTimeout(900_000);
  const expected = await alone(context, site(), longer);
  // Where WebRTC is blocked, the relay carries all.
  await context.addInitScript(withoutWebRtc);
  const { host, link } = await hostOf(context, site(), longer);
  const panel = panelOf(host);
  const killed = await lend(context, link, 'Killed');
  const frozen = await lend(context, link, 'Frozen');
  const liar = await lend(context, link, 'Liar', true);
  const good = await lend(context, link, 'Good');
  for (const page of [killed, frozen, liar, good]) await isReady(page);
  await expect(panel.getByRole('listitem').filter({ hasText: 'by the relay' })).toHaveCount(4);
  await button(host, 'Play').click();
  const row = (name: string) => rowOf(host, name);

  await expect(row('Killed')).toContainText('trains #');
  await killed.close();
  await expect(row('Frozen')).toContainText('trains #');
  const session = await context.newCDPSession(frozen);
  await session.send('Debugger.enable');
  await session.send('Debugger.pause');

  await expect(
    panel.getByText(/Liar was sent home. It claimed 0.1 % error for #\d+; measured here it is/),
  ).toBeVisible(whileOthersTrain);
  await expect(liar.getByText('was measured again over there and was another')).toBeVisible();
  await expect(panel.getByText(/Killed left\. #\d+ is trained elsewhere\./)).toBeVisible(whileOthersTrain);
  await expect(panel.getByText(/Frozen does not answer any more\./)).toBeVisible(whileOthersTrain);

  const { port } = served;
  await served.close();
  await expect(panel.getByText('The relay does not answer any more')).toBeVisible();
  await expect(good.getByText('The connection broke.')).toBeVisible();
  served = await serveWithRelay('dist', { host: '127.0.0.1', port });
  await expect(panel.getByText('The room is open.')).toBeVisible();
  await expect(panel.getByText('Good is back.')).toBeVisible();

  const run = await runOf(host);
  expect(foundIn(run)).toEqual(foundIn(expected));
  const by = new Set(evaluatedBy(run).map(({ device }) => device));
  expect(by.has('Good')).toBe(true);
  expect(by.has('Liar')).toBe(false);
});

test('without a relay or the right link the page says what to do', async ({ context, page, baseURL }) => {
  const asked = recordAddresses(context);
  await page.goto(`${baseURL!}#${shortSearch}`);
  await button(page, 'Devices').click();
  await button(page, 'Invite devices').click();
  await expect(page.getByText('This page comes from a place without a relay')).toBeVisible();
  expect(elsewhere(asked, baseURL!)).toEqual([]);
  await page.goto(`${baseURL!}#join=123`);
  await expect(page.getByText('This join link is incomplete.')).toBeVisible();
});

test('the screens of devices are accessible, and a room can be closed', async ({ context }) => {
  const { host, link } = await hostOf(context, site(), shortSearch);
  const page = await lend(context, link, 'Mia');
  await isReady(page);
  await expect(host.getByText('Mia joined.')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  expect(await violations(host)).toEqual([]);
  await button(host, 'Send all devices home').click();
  await expect(page.getByText('The other screen has sent all devices home.')).toBeVisible();
  await expect(button(host, 'Invite devices')).toBeVisible();
});
