import { expect, test } from '@playwright/test';
import {
  button,
  generations,
  listen,
  longRecipe,
  open,
  openRuns,
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
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    serviceWorkers: 'block',
    ...(baseURL ? { baseURL } : {}),
  });
  const page = await context.newPage();
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
  await context.close();
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
