import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { filmCode, filmFlags } from './film.ts';
import {
  alone,
  directly,
  elsewhere,
  evaluatedBy,
  foundIn,
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
import { button, listen, violations } from './page.ts';

const film = '.cache/answer.y4m';

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...filmFlags(film)] }),
});

const shown = (page: Page) => page.locator('code').innerText();

/** A page that runs the search of `hash` and shows a code for a device. */
async function hostWithCodes(context: BrowserContext, site: string, hash: string): Promise<Page> {
  const host = await context.newPage();
  await listen(host);
  await host.goto(`${site}#${hash}`);
  await button(host, 'Devices').click();
  await button(host, 'Pair by codes').click();
  await expect(host.getByText('Code for the next device')).toBeVisible();
  return host;
}

async function paste(host: Page, code: string): Promise<void> {
  await host.getByLabel('The code that the device shows').fill(code);
  await button(host, 'Take the code').click();
}

test('devices paired by codes train along without any server, and the front is the same', async ({
  context,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const expected = await alone(context, baseURL!, shortSearch);
  const asked = recordAddresses(context);
  await context.addInitScript(recordPeers);
  const host = await hostWithCodes(context, baseURL!, shortSearch);
  const link = await shown(host);
  expect(link).toMatch(/#pair=[\w-]{100,300}$/);
  const mia = await lend(context, link, 'Mia');
  await expect(mia.getByText('Code for the other screen')).toBeVisible();
  const code = await shown(mia);
  console.log(`codes of ${link.split('=')[1]!.length} and ${code.length} letters`);
  expect(await violations(host)).toEqual([]);
  expect(await violations(mia)).toEqual([]);

  // A letter is lost on the way; then the host's own code is pasted.
  const alert = panelOf(host).getByRole('alert');
  await paste(host, code.slice(0, -1));
  await expect(alert).toHaveText('This code is incomplete or damaged. Copy it again on the device, whole.');
  await paste(host, link);
  await expect(alert).toHaveText(
    'This is the code of this screen itself. Take the one that the device shows.',
  );
  await paste(host, `Mia wrote:\n${code}`.split('\n')[1]!);
  await expect(host.getByText('The device is connected. The next one can be paired.')).toBeVisible();
  await isReady(mia);

  // The next device takes another code, pasted there and read by the camera here.
  await expect(host.locator('code')).not.toHaveText(link);
  const next = await shown(host);
  const ben = await context.newPage();
  await ben.goto(`${baseURL!}#pair=`);
  await ben.getByLabel('The code or the link of the other screen').fill(next.slice(0, -3));
  await button(ben, 'Take the code').click();
  await expect(ben.getByRole('alert')).toHaveText(
    'This code is incomplete or damaged. Copy it again on the other screen, whole.',
  );
  await ben.getByLabel('The code or the link of the other screen').fill(next);
  await button(ben, 'Take the code').click();
  await button(ben, 'Lend this tab').click();
  await expect(ben.getByText('Code for the other screen')).toBeVisible();
  filmCode(film, await shown(ben));
  await button(host, 'Read it with the camera').click();
  await isReady(ben);
  await expect(host.locator('video')).toHaveCount(0);
  await expect(host.getByText('2 devices are here.')).toBeVisible();
  await expect(panelOf(host).getByRole('listitem').filter({ hasText: 'direct line' })).toHaveCount(2);

  await button(host, 'Play').click();
  const run = await runOf(host);
  expect(foundIn(run)).toEqual(foundIn(expected));
  const by = new Set(evaluatedBy(run).map(({ device }) => device));
  expect(by.has('Mia') || by.has('2')).toBe(true);
  expect(await directly([mia, ben])).toBe(2);
  // Nothing was asked of anyone but the host of the files, which is no relay.
  expect(asked.filter((url) => url.startsWith('ws'))).toEqual([]);
  expect(elsewhere(asked, baseURL!)).toEqual([]);
  await button(host, 'Send all devices home').click();
  await expect(mia.getByText('The other screen has sent all devices home.')).toBeVisible();
});

test('a line that codes made and that breaks asks for a new code, and goes on with it', async ({
  context,
  baseURL,
}) => {
  await context.addInitScript(recordPeers);
  const host = await hostWithCodes(context, baseURL!, shortSearch);
  const link = await shown(host);
  const page = await lend(context, link, 'Mia');
  const first = await shown(page);
  await paste(host, first);
  await isReady(page);
  await expect(host.getByText('Mia joined.')).toBeVisible();
  await page.evaluate(() => {
    for (const channel of (globalThis as unknown as { channels: RTCDataChannel[] }).channels) channel.close();
  });
  await expect(page.getByText('The direct line broke. What was trained here is kept')).toBeVisible();
  const row = rowOf(host, 'Mia');
  await expect(row).toContainText(/out of reach|has left/);
  await expect(host.locator('code')).not.toHaveText(link);
  await page.getByLabel('The code or the link of the other screen').fill(await shown(host));
  await button(page, 'Take the code').click();
  await expect(page.getByText('Code for the other screen')).toBeVisible();
  expect(await shown(page)).not.toBe(first);
  await paste(host, await shown(page));
  await expect(host.getByText('Mia is back.')).toBeVisible();
  await isReady(page);
  await expect(row).toContainText('direct line');
});

test('what pairs nothing says in a sentence what to do', async ({ context, page, baseURL }) => {
  await page.goto(`${baseURL!}#pair=abc`);
  await expect(page.getByRole('alert')).toHaveText(
    'This code is incomplete or damaged. Copy it again on the other screen, whole.',
  );
  const host = await hostWithCodes(context, baseURL!, shortSearch);
  const link = await shown(host);
  const [first, second] = [await lend(context, link, ''), await context.newPage()];
  const answer = await shown(first);
  await second.goto(`${baseURL!}#pair=${answer}`);
  await expect(second.getByRole('alert')).toContainText('This is the answer of a device.');
  await paste(host, answer);
  await expect(host.getByText('The device is connected.')).toBeVisible();
  await paste(host, answer);
  await expect(panelOf(host).getByRole('alert')).toContainText(
    'This answers a code that is not shown any more.',
  );

  await expect(host.locator('code')).not.toHaveText(link);
  const blind = await context.newPage();
  await blind.addInitScript(withoutWebRtc);
  await blind.goto(await shown(host));
  await button(blind, 'Lend this tab').click();
  await expect(
    blind.getByText('This browser makes no direct lines to other devices (WebRTC).'),
  ).toBeVisible();
  await blind.goto('about:blank');
  await blind.goto(`${baseURL!}#${shortSearch}`);
  await button(blind, 'Devices').click();
  await button(blind, 'Pair by codes').click();
  await expect(blind.getByRole('alert')).toContainText('Open this page in another browser, or use a relay.');
});
