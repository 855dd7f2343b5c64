import { expect, test } from '@playwright/test';
import { serveWithRelay } from '../../scripts/relay/serve.ts';
import { button, listen, saveRun, tinyRecipe, untilFinished } from './page.ts';

/** A teacher's computer by its name on the local network: no secure context, so no crypto.subtle, locks or clipboard. */
const host = 'teacher.local';

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${host} 127.0.0.1`],
    }),
});

test('on plain http a search runs, is kept, copied and saved, and nothing is missed', async ({
  page,
  baseURL,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await listen(page);
  await page.goto(`${baseURL!.replace('127.0.0.1', host)}#${tinyRecipe}&autoplay=1`);
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await untilFinished(page);
  const { run } = await saveRun(page);
  expect(run.events.filter(({ type }) => type === 'failed')).toEqual([]);
  await button(page, 'Share').first().click();
  await button(page, 'Copy the link').click();
  await expect(button(page, 'Copied')).toBeVisible();
  await expect(page.getByRole('dialog').getByText('Small digits 8×8, seed 3').first()).toBeVisible();
  expect(errors).toEqual([]);
});

test('on plain http a device joins by the relay and trains along', async ({ context }) => {
  const served = await serveWithRelay('dist', { host: '127.0.0.1', port: 0 });
  try {
    const page = await context.newPage();
    await listen(page);
    await page.goto(`http://${host}:${served.port}/#${tinyRecipe}`);
    await button(page, 'Devices').click();
    await button(page, 'Invite devices').click();
    const device = await context.newPage();
    await device.goto(await page.getByRole('dialog').locator('code').innerText());
    expect(await device.evaluate(() => isSecureContext || 'subtle' in crypto)).toBe(false);
    await button(device, 'Lend this tab').click();
    await expect(device.getByText('self-test passed')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('1 device is here.')).toBeVisible();
    await button(page, 'Play').click();
    await untilFinished(page);
    await expect(device.getByText('That search is finished.')).toBeVisible();
    const { run } = await saveRun(page);
    expect(run.events.some((event) => 'device' in event)).toBe(true);
  } finally {
    await served.close();
  }
});
