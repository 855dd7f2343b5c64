import { expect, test, type Page } from '@playwright/test';
import jsQR from 'jsqr';
import { drawnCode } from '../support/drawn-code.ts';
import { filmCode, filmFlags } from './film.ts';
import { button, listen, open, tinyRecipe, untilFinished } from './page.ts';

const film = '.cache/code.y4m';

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...filmFlags(film)] }),
});
test.beforeEach(({ page }) => listen(page));

/** The link that the code on the screen holds, by another reader than the page's. */
async function shownCode(page: Page): Promise<string | undefined> {
  const drawing = page.getByRole('img', { name: 'QR code of the link below' });
  const side = Number((await drawing.getAttribute('viewBox'))!.split(' ')[2]);
  const path = (await drawing.locator('path').getAttribute('d'))!;
  const { data, width, height } = drawnCode({ side, path });
  return jsQR(data, width, height)?.data;
}

test('a lesson and the puzzle of the day open by a code that holds exactly their link', async ({ page }) => {
  await page.goto('./#lesson=1');
  await page.getByRole('combobox', { name: 'What it opens' }).selectOption({ index: 2 });
  const link = await page.getByText(/#lesson=\w+/).textContent();
  await button(page, 'QR code').click();
  expect(await shownCode(page)).toBe(link);
  await expect(page.getByRole('dialog').getByText(link!)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(button(page, 'QR code')).toBeFocused();
  await page.evaluate(() => (location.hash = 'compose=1&puzzle=today'));
  await button(page, 'QR code').click();
  expect(await shownCode(page)).toMatch(/#compose=1&puzzle=today$/);
});

test('results of a class come together by links and codes, and are forgotten before the next', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write', 'camera']);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  await button(page, 'Share').first().click();
  await button(page, 'Copy the link with the result').click();
  const whole = await copied();
  const short: string[] = [];
  for (const name of ['Ada', 'Emmy']) {
    await page.getByLabel('Name beside it').fill(name);
    await button(page, 'Copy its link').click();
    await expect.poll(copied).toContain('&front=');
    await expect.poll(copied).not.toBe(short[0]);
    short.push(await copied());
  }
  console.log(`a link with the front alone: ${short[0]!.length} characters`);
  await button(page, 'QR code of the front').click();
  expect(await shownCode(page)).toBe(short[1]);
  await page.getByRole('dialog', { name: 'Emmy' }).getByRole('button', { name: 'Close' }).click();
  filmCode(film, short[1]!);

  await page.goto('about:blank');
  await page.goto('./#compare=1');
  await button(page, 'Paste links or results').click();
  const field = page.getByLabel(/^Links with results/);
  await field.fill(`Ada: ${short[0]}\n${whole.slice(0, -60)}\nand mine ${whole}\nsee you tomorrow`);
  await button(page, 'Add them').click();
  await expect(page.getByText('2 runs are added.')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveText([
    /^….* was not added: it is incomplete or damaged/,
    /^1 line could not be read: “see you tomorrow”/,
  ]);
  await expect(field).toHaveValue(/^\S+\nsee you tomorrow$/);
  await expect(page.getByText('Ada from a link: its front alone')).toBeVisible();
  await expect(page.getByText(/from a link: the front and what led to it/)).toBeVisible();
  const rows = page.getByRole('rowheader');
  await expect(rows).toHaveText(['Ada', 'Pupil 1']);
  await expect(page.getByText('2 received', { exact: true })).toBeVisible();
  await page.getByLabel('Pupils in the class').fill('30');
  await expect(page.getByText('2 of 30 received')).toBeVisible();
  await field.fill(short[0]!);
  await button(page, 'Add them').click();
  await expect(page.getByRole('alert')).toHaveText(['Ada is here already.']);

  await button(page, 'Read QR codes with the camera').click();
  await expect(page.getByText('Emmy is added, 3 runs in all.')).toBeVisible();
  // The same run of three pupils: a line for each, in the order of any column.
  await expect(page.getByText('3 of 30 received')).toBeVisible();
  await expect(rows).toHaveCount(3);
  await button(page, 'Sort by Name').click();
  await expect(rows).toHaveText(['Ada', 'Emmy', 'Pupil 1']);
  await button(page, 'Sort by Name').click();
  await expect(rows).toHaveText(['Pupil 1', 'Emmy', 'Ada']);
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
  for (const name of ['Lemon area', 'Lowest error', 'Smallest network'])
    await expect(page.getByRole('columnheader', { name })).toBeVisible();
  await expect(page.locator('svg text', { hasText: /^Emmy$/ })).toHaveCount(1);
  await expect(page.getByText(/hypervolume|IGD/i)).toHaveCount(0);
  await button(page, 'Researchers’ measures').click();
  await expect(page.getByRole('columnheader', { name: 'IGD+' })).toBeVisible();
  await button(page, 'Researchers’ measures').click();
  await page.getByText('As searches', { exact: true }).click();
  await expect(rows).toHaveText(['LEMONADE, front alone', 'LEMONADE']);
  await button(page, 'Stop the camera').click();
  await expect(page.locator('video')).toHaveCount(0);

  await page.evaluate(() => {
    localStorage.setItem('lemonade-lessons', '["front"]');
    localStorage.setItem('lemonade-theme', 'dark');
  });
  await page.goto('about:blank');
  await page.goto('./#lesson=1');
  await expect(page.getByText('answered', { exact: true })).toHaveCount(1);
  await button(page, 'Reset for the next class').click();
  await expect(page.getByText(/^1 run: /)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Save runs and pictures first').click(),
  ]);
  expect(download.suggestedFilename()).toBe('lemonade-class.zip');
  await button(page, 'Forget it all').click();
  await Promise.all([page.waitForEvent('load'), button(page, 'Begin anew').click()]);
  await expect(page.getByText('answered', { exact: true })).toHaveCount(0);
  await button(page, 'Reset for the next class').click();
  await expect(page.getByText(/^Nothing is kept in this browser/)).toBeVisible();
  expect(await page.evaluate(() => Object.entries({ ...localStorage }))).toEqual([
    ['lemonade-theme', 'dark'],
  ]);
});
