import { expect, test } from '@playwright/test';
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
