import { expect, test } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import {
  button,
  generations,
  listen,
  longRecipe,
  open,
  openRuns,
  phonePage,
  saveRun,
  tinyRecipe,
  untilFinished,
  untilGeneration,
} from './page.ts';

test.beforeEach(({ page }) => listen(page));

const recording = /^Recording of a real run/;

test('Back leads from a run to the first page and Forward to the run, which went on', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByText(recording)).toBeVisible();
  await page.evaluate(() => scrollTo(0, 400));
  await page.getByRole('button', { name: 'Set up a run of your own' }).click();
  await expect(button(page, 'Play')).toBeVisible();
  await expect(page).toHaveURL(/#dataset=/);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expect(page.getByText(recording)).toBeVisible();

  await page.goto(`./#${longRecipe}&autoplay=1`);
  await untilGeneration(page, 1);
  await page.getByRole('link', { name: 'LEMONADE Playground' }).click();
  await expect(page.getByText(recording)).toBeVisible();
  await expect(page.getByText(/goes on while you look around/)).toBeVisible();
  const before = await generations(page);
  await untilGeneration(page, before + 1);
  await page.goBack();
  await expect(button(page, 'Pause')).toBeVisible();
  await expect(page).toHaveURL(/imagesPerChild=2000/);
  await page.goForward();
  await expect(page.getByText(recording)).toBeVisible();
  await button(page, 'Back to the run').click();
  await expect(button(page, 'Pause')).toBeVisible();
  await untilGeneration(page, before + 2);
  // What is opened from the first page has its place in the history a moment later.
  await expect(page).toHaveURL(/imagesPerChild=2000/);
  await page.getByRole('button', { name: 'Lessons' }).click();
  await expect(page.getByRole('heading', { name: 'Lessons' })).toBeVisible();
  await page.goBack();
  await expect(button(page, 'Pause')).toBeVisible();
});

test('who starts by keyboard stands at Pause, and Back finds the first page', async ({ page }) => {
  await page.goto('./');
  const run = page.getByRole('button', { name: 'Run it on this computer' });
  await expect(page.getByText(recording)).toBeVisible();
  await run.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.playback .btn.play')).toBeFocused();
  await expect(button(page, 'Pause')).toBeFocused();
});

test('a search that begins on the first page sets aside the one left for it, and offers it back', async ({
  page,
}) => {
  await page.route(/first-visit\.json/, () => {});
  await page.goto(`./#${longRecipe}&autoplay=1`);
  await untilGeneration(page, 3);
  await page.getByRole('link', { name: 'LEMONADE Playground' }).click();
  await expect(page.getByText(/goes on while you look around/)).toBeVisible();
  await expect(page).toHaveTitle(/^\d+ of 121/);
  // Space is the link's own while that is in focus.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Space');
  await expect(button(page, 'Pause')).toBeVisible();
  await expect(page.getByText('The last run was set aside. It is kept in this browser.')).toBeVisible();
  // The search that is offered goes on with its generations; it could not while another tab or search held it.
  await button(page, 'Bring it back').click();
  await expect(button(page, 'Play')).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Generation shown' })).toHaveAttribute(
    'aria-valuemax',
    /[1-9]/,
  );
  const before = await generations(page);
  await button(page, 'Play').click();
  await untilGeneration(page, before + 1);
});

test('an address that is not understood, and a language alone, leave a run where it is', async ({ page }) => {
  const go = (hash: string) => page.evaluate((to) => void (location.hash = to), hash);
  await page.goto(`./#${longRecipe}&autoplay=1`);
  await expect(button(page, 'Pause')).toBeVisible();
  await go('foo');
  await expect(page.getByText(/^The address was not fully understood: .*foo/)).toBeVisible();
  await expect(button(page, 'Pause')).toBeVisible();
  await expect(page).toHaveURL(/#dataset=digits/);
  await page.getByRole('button', { name: 'Lessons' }).click();
  await expect(page.getByRole('heading', { name: 'Lessons' })).toBeVisible();
  await go('bar');
  await expect(page.getByText(/^The address was not fully understood: .*bar/)).toBeVisible();
  await expect(button(page, 'Pause')).toBeVisible();
  await go('lang=zh');
  await expect(button(page, '暂停')).toBeVisible();
  await expect(page).toHaveURL(/#dataset=digits/);

  // A first page that was opened with such an address is found again by Back.
  await page.goto('about:blank');
  await page.goto('./#lang=en');
  await page.getByRole('button', { name: 'Set up a run of your own' }).click();
  await expect(page).toHaveURL(/#dataset=/);
  await page.goBack();
  await expect(page.getByText(recording)).toBeVisible();
});

test('from the places of the lessons a link leads back to the run, also to one left for the first page', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const back = page.getByRole('link', { name: 'Back to the run' });
  await page.goto('./#sampling=1');
  await expect(page.getByRole('navigation', { name: 'Places for learning' })).toBeVisible();
  await expect(back).toHaveCount(0);
  await page.goto('about:blank');
  await page.goto(`./#${longRecipe}&autoplay=1`);
  await untilGeneration(page, 1);
  await page.evaluate(() => void (location.hash = 'sampling=1'));
  await expect(back).toBeInViewport({ ratio: 1 });
  await back.click();
  await expect(button(page, 'Pause')).toBeVisible();
  await page.evaluate(() => void (location.hash = ''));
  await expect(page.getByText(/goes on while you look around/)).toBeVisible();
  await page.evaluate(() => void (location.hash = 'lesson=1'));
  await back.click();
  await expect(button(page, 'Pause')).toBeVisible();
  await untilGeneration(page, (await generations(page)) + 1);
});

test('an ONNX file that is opened on the first page is shown with the run that it is held against', async ({
  page,
}, info) => {
  const path = info.outputPath('mine.onnx');
  await writeFile(path, 'no network');
  await page.goto('./');
  await expect(page.getByText(recording)).toBeVisible();
  await openRuns(page, path);
  await expect(page.getByRole('dialog').getByText('mine.onnx')).toBeVisible();
  await button(page, 'Close').first().click();
  await expect(page.getByRole('region', { name: 'Trade-off' })).toBeVisible();
  await expect(page.getByText(recording)).toHaveCount(0);
});

test('a saved run holds the weights of its front, says so, and is exported where it is opened', async ({
  page,
  browser,
}) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  const { path } = await saveRun(page);
  await expect(page.getByText(/^Saved with the weights of (one network|\d+ networks), /)).toBeVisible();
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(page.url().split('#')[0]!);
  await openRuns(elsewhere, path);
  await expect(elsewhere.getByRole('textbox', { name: 'Name of the run' })).toBeVisible();
  await elsewhere.keyboard.press('k');
  await elsewhere.getByRole('tab', { name: 'Export' }).click();
  const saved = elsewhere.waitForEvent('download');
  await button(elsewhere, 'ONNX').click();
  expect((await saved).suggestedFilename()).toMatch(/\.onnx$/);
  await elsewhere.close();

  await button(page, 'Share').first().click();
  const bare = await saveRun(page, 'Save without weights');
  await expect(page.getByText(/^Saved without weights, /)).toBeVisible();
  const poorer = await (await browser.newContext()).newPage();
  await poorer.goto(page.url().split('#')[0]!);
  await openRuns(poorer, bare.path);
  await expect(poorer.getByRole('textbox', { name: 'Name of the run' })).toBeVisible();
  await poorer.keyboard.press('k');
  await poorer.getByRole('tab', { name: 'Export' }).click();
  await expect(poorer.getByText(/^This run came without the weights of this network/).first()).toBeVisible();
  await poorer.close();
});

test('on a phone the sheet of a tapped dot leaves the whole plot in view, and can be pulled up', async ({
  browser,
  baseURL,
}) => {
  const page = await phonePage(browser, baseURL);
  await listen(page);
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  const plot = page.getByRole('application', { name: /^Trade-off/ });
  await plot.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'This network' });
  await expect(sheet.getByRole('tab', { name: 'Graph' })).toBeInViewport();
  await sheet.evaluate((one) => Promise.all(one.getAnimations().map(({ finished }) => finished)));
  const [above, below] = [(await plot.boundingBox())!, (await sheet.boundingBox())!];
  expect(above.y).toBeGreaterThanOrEqual(0);
  expect(above.y + above.height).toBeLessThanOrEqual(below.y);
  await sheet.getByRole('button', { name: /whole|full/i }).click();
  await expect.poll(async () => (await sheet.boundingBox())!.height).toBe(740);
  await page.context().close();
});

test('the plan of the lessons opens at its top, wherever its link was followed', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto('./#lesson=1');
  const plan = page.locator('a[href$="step=plan"]');
  await plan.scrollIntoViewIfNeeded();
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0);
  await plan.click();
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
});
