import { expect, test } from '@playwright/test';
import { button, listen, open, tinyRecipe, untilFinished } from './page.ts';

test('mistakes, downloads and all measures have places, and a word says what it means', async ({ page }) => {
  await listen(page);
  await open(page, tinyRecipe);
  await button(page, 'Play').click();
  await untilFinished(page);
  await expect(page.getByRole('region', { name: 'Run finished' })).toBeVisible();
  await page.keyboard.press('j');

  await page.getByRole('tab', { name: 'Errors' }).click();
  await expect(page.getByRole('application', { name: /^Confusion matrix/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Export' }).click();
  const saved = page.waitForEvent('download');
  await button(page, 'ONNX').click();
  expect((await saved).suggestedFilename()).toMatch(/\.onnx$/);

  await page.keyboard.press('a');
  const measures = page.getByRole('application', { name: /objectives/ });
  await expect(measures).toBeVisible();
  await expect(measures).toContainText('Multiply-adds');

  const term = page.getByRole('button', { name: 'Lemon area' }).first();
  const meaning = page.getByText(/share of a fixed box/);
  await term.hover();
  await expect(meaning.first()).toBeVisible();
  await page.mouse.move(2, 2);
  await expect(meaning).toHaveCount(0);
  await term.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: /share of a fixed box/ })).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(meaning).toHaveCount(0);
});
