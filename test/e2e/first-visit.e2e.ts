import { expect, test } from '@playwright/test';
import { button, phonePage, settled } from './page.ts';

test('the first visit replays, answers a drawing and explains itself without a network', async ({
  page,
  context,
}) => {
  await page.goto('./');
  await expect(page.getByText(/networks trained/)).toBeVisible();
  await button(page, 'Give me one').click();
  const answers = page.getByText('draw first');
  await expect(answers).toHaveCount(0, { timeout: 30_000 });
  await context.setOffline(true);
  await button(page, 'Give me one').click();
  await settled(page);
  await expect(answers).toHaveCount(0);
  await page.getByRole('slider', { name: 'Generation shown' }).focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('slider', { name: 'Generation shown' })).toHaveAttribute('aria-valuenow', '0');
});

test('a dot of the front shows how it grew and answers, and the plot stays where it was', async ({
  page,
}) => {
  await page.goto('./');
  const plot = page.getByRole('application', { name: /^Trade-off/ });
  await expect(plot).toBeVisible();
  // Past the end of the replay, so that the walk is along the last front.
  await page.getByRole('slider', { name: 'Generation shown' }).focus();
  await page.keyboard.press('End');
  const before = await plot.boundingBox();
  await plot.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Graph' })).toBeVisible();
  expect(await plot.boundingBox()).toEqual(before);

  // Not one of the two that answer a drawing: its weights are fetched when it is asked.
  const panel = page.locator('#network');
  await expect(panel.getByText('on the front')).toBeVisible();
  await panel.getByRole('button', { name: /^block 3/ }).click();
  await expect(panel.getByText(/Where the weights come from/)).toBeVisible();
  await panel.getByRole('tab', { name: 'Try it' }).click();
  await panel.getByRole('button', { name: 'Give me one' }).click();
  await expect(panel.getByText(/% sure/).first()).toBeVisible({ timeout: 30_000 });

  // A hard one is one that this network gets wrong.
  await panel.getByRole('button', { name: 'A hard one' }).click();
  const own = panel.getByRole('region', { name: /^#\d+$/ });
  // Until the new picture is there, what was said of the one before stands.
  await expect(async () => {
    const truth = /\d/.exec((await panel.getByText(/The right answer is \d/).textContent())!)![0];
    await expect(own).toContainText(/% sure/);
    await expect(own.getByText(/^\d$/).first()).not.toHaveText(truth, { timeout: 1000 });
  }).toPass({ timeout: 30_000 });
});

test('on a phone the whole plot stands on the first screen, and a tapped network is named below it', async ({
  browser,
  baseURL,
}) => {
  const page = await phonePage(browser, baseURL);
  await page.goto('./');
  const plot = page.getByRole('application', { name: /^Trade-off/ });
  await expect(plot).toBeInViewport({ ratio: 1 });
  await plot.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const chosen = page.getByRole('button', { name: /^#\d+ [\d,]+ parameters/ });
  await expect(chosen).toBeInViewport({ ratio: 1 });
  await chosen.click();
  await expect(page.getByRole('tab', { name: 'Graph' })).toBeInViewport();
  await page.context().close();
});

test('an address in which nothing is understood opens the first page, and says so', async ({ page }) => {
  await page.goto('./#moon=3&lang=en');
  await expect(page.getByText(/networks trained/)).toBeVisible();
  await expect(page.getByText(/moon/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Settings' }).first()).toBeVisible();
});
