import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { button, listen, open, tinyRecipe, untilFinished } from './page.ts';

test('a network leaves as a C header and as TFLite, and what int8 costs is said beside them', async ({
  page,
}) => {
  await listen(page);
  await open(page, tinyRecipe);
  await button(page, 'Play').click();
  await untilFinished(page);
  await page.keyboard.press('j');
  await page.getByRole('tab', { name: 'Export' }).click();

  const header = page.waitForEvent('download');
  await button(page, 'C header (int8)').click();
  const saved = await header;
  expect(saved.suggestedFilename()).toMatch(/^lemonade-\d+\.h$/);
  const code = readFileSync(await saved.path(), 'utf8');
  expect(code).toMatch(
    /static inline int lemonade_network_\d+_predict\(const uint8_t \*pixels, int32_t \*scores\)/,
  );
  await expect(page.getByText(/In int8 it takes [\d.,]+ k?B of flash and [\d.,]+ k?B of RAM/)).toContainText(
    /[\d.]+ % wrong in int8, [\d.]+ % in float32, on \d+ images it did not learn from\. .*It fits 32(\.0)? kB flash with 16(\.0)? kB RAM\./,
  );

  for (const [name, ending] of [
    ['TFLite (float)', /\d\.tflite$/],
    ['TFLite (int8)', /-int8\.tflite$/],
  ] as const) {
    const file = page.waitForEvent('download');
    await button(page, name).click();
    const downloaded = await file;
    expect(downloaded.suggestedFilename()).toMatch(ending);
    expect(
      readFileSync(await downloaded.path())
        .subarray(4, 8)
        .toString(),
    ).toBe('TFL3');
  }
});

test('a search can be limited to what fits a microcontroller', async ({ page }) => {
  await open(page, tinyRecipe);
  await button(page, 'Settings').click();
  const target = page.getByRole('button', { name: /^32(\.0)? kB flash/ });
  await target.click();
  await expect(target).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByLabel('Most parameters')).toHaveValue('24000');
  await expect(page.getByLabel('Most multiply-adds')).toHaveValue('1000000');
});
