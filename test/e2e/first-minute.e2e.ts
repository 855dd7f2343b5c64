import { expect, test, type Page } from '@playwright/test';
import { button, listen, open, settled, tinyRecipe, untilFinished } from './page.ts';

/** What was achieved, whatever it was. */
const achieved = /best starting network|starting networks? (is |are )?beaten|No starting network beaten/;

test('the replay of the first visit ends with what was found, beside the button that runs it here', async ({
  page,
}) => {
  await page.goto('./');
  const slider = page.getByRole('slider', { name: 'Generation shown' });
  await expect(slider).toBeVisible();
  await expect(page.getByText('It starts from a few tiny ones;')).toBeVisible();
  const run = button(page, 'Run it on this computer');
  const before = await run.boundingBox();
  await slider.focus();
  await page.keyboard.press('End');
  await expect(page.getByText(achieved).first()).toBeVisible();
  expect(await run.boundingBox()).toEqual(before);

  await page.getByRole('link', { name: /^Beat the search/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Beat the search by hand' })).toBeVisible();
});

/** The bottom and the right edge of all that Try it needs, px of the window. */
async function edges(page: Page) {
  const pad = (await page.getByRole('application', { name: /Drawing pad/i }).boundingBox())!;
  const answers = page.getByRole('group', { name: 'Try it' }).locator('.answers');
  const box = (await answers.boundingBox())!;
  return {
    // A sheet that has just risen may be a millionth of a pixel off.
    side: Math.round(Math.min(pad.width, pad.height)),
    bottom: Math.round(box.y + box.height),
    right: Math.round(box.x + box.width),
  };
}

test('the front steps before its generation ends, the card leads with what was achieved, pad and answers stand in one view', async ({
  page,
}) => {
  await listen(page);
  await open(page, tinyRecipe);
  await settled(page);
  const began = Date.now();
  await button(page, 'Play').click();
  const plot = page.getByRole('application', { name: /^Trade-off/ });
  // A network of the starting generation is on the front, or above it, while others are still in training.
  await expect(plot.locator('.mark-front, .mark-dominated').first()).toBeVisible();
  await page.keyboard.press('j');
  console.log(`the first dot stood ${((Date.now() - began) / 1000).toFixed(1)} s after Play`);
  await untilFinished(page);
  // The card comes although a network was selected, and gives it back.
  const card = page.getByRole('region', { name: 'Run finished' });
  await expect(card.getByRole('heading', { level: 2 })).toHaveText(achieved);
  await card.getByRole('button', { name: 'Try it' }).click();
  for (const [width, height] of [
    [1280, 720],
    [1366, 768],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await settled(page);
    const { side, bottom, right } = await edges(page);
    expect(side, `${width}x${height}`).toBeGreaterThanOrEqual(200);
    expect(bottom, `${width}x${height}`).toBeLessThanOrEqual(height);
    expect(right).toBeLessThanOrEqual(width);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await settled(page);
  const dialog = page.getByRole('dialog', { name: 'This network' });
  await expect(dialog).toBeVisible();
  const { side, bottom, right } = await edges(page);
  expect(side).toBeGreaterThanOrEqual(200);
  expect(bottom).toBeLessThanOrEqual(740);
  expect(right).toBeLessThanOrEqual(360);
});
