import { expect, test } from '@playwright/test';
import { button, settled } from './page.ts';

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
});
