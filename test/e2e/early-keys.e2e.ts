import { expect, test, type Page } from '@playwright/test';
import { lessons as words } from '../../src/app/text/en/lessons.ts';
import { frames } from './page.ts';

/** Keeps what `pattern` names on its way until the function that comes back is called. */
async function holdBack(page: Page, pattern: string): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(pattern, async (route) => {
    await held;
    await route.continue();
  });
  return () => release();
}

const numbers = (page: Page) => page.getByRole('region', { name: 'Numbers as a table' });

test.describe('a key pressed before what it is meant for listens', () => {
  test('on the page as it is served, acts once the bench is there', async ({ page }) => {
    const release = await holdBack(page, '**/assets/index-*.js');
    await page.goto('./#bench=widen&beat=3', { waitUntil: 'commit' });
    await expect(page.locator('h1')).toBeVisible();
    await page.keyboard.press('t');
    release();
    await expect(numbers(page)).toBeFocused({ timeout: 30_000 });
  });

  for (const part of ['**/assets/Workbench-*.js', '**/toys.json'])
    test(`while ${part} is on its way, acts once the bench is there`, async ({ page }) => {
      const release = await holdBack(page, part);
      await page.goto('./#bench=widen&beat=4', { waitUntil: 'commit' });
      await expect(page.locator('input[type=file]')).toBeAttached();
      await page.keyboard.press('b');
      await page.keyboard.press('t');
      await frames(page);
      release();
      await expect(numbers(page)).toBeFocused({ timeout: 30_000 });
      await page.keyboard.press('Escape');
      await expect(page.getByRole('switch', { name: /Random numbers instead of zeros/ })).toHaveAttribute(
        'aria-checked',
        'true',
      );
    });

  test('belongs to the lesson that is on its way, not to the run beneath it', async ({ page }) => {
    const release = await holdBack(page, '**/assets/LessonPlayer-*.js');
    await page.goto('./#lesson=front', { waitUntil: 'commit' });
    await expect(page.locator('#trade-off')).toBeVisible();
    await page.keyboard.press('Space');
    await frames(page);
    await expect(page.getByRole('button', { name: 'Pause', exact: true })).toHaveCount(0);
    release();
    const [first] = words.lessons.front.steps;
    await expect(page.locator('.lesson-card').getByText(first!.after!)).toBeVisible({ timeout: 30_000 });
  });

  test('with a control in focus stays the control’s', async ({ page }) => {
    await page.goto('./#bench=widen&beat=1');
    await expect(page.locator('h1')).toHaveText('A whole network, on one table', { timeout: 30_000 });
    await page.getByRole('button', { name: /^Beat 3 of 5/ }).focus();
    await page.keyboard.press('Space');
    await expect(page.locator('h1')).toHaveText('Zeros first, then chance');
  });
});
