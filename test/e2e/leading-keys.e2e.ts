import { expect, test, type Page } from '@playwright/test';
import { lessonTasks } from '../../src/app/text/en/lesson-tasks.ts';
import { lessons as words } from '../../src/app/text/en/lessons.ts';
import { workbench } from '../../src/app/text/en/workbench.ts';
import { button } from './page.ts';

const card = (page: Page) => page.locator('.lesson-card');
const counter = (page: Page, step: number, of: number) =>
  card(page).getByText(`${step} / ${of}`, { exact: true });
const next = (page: Page) => card(page).locator('.foot .primary');
const beat = (page: Page, number: number) =>
  expect(page.getByRole('button', { name: new RegExp(`^Beat ${number} of 5`) })).toHaveAttribute(
    'aria-current',
    'step',
  );

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('on the bench Space leads on whatever the mouse has clicked, and presses what Tab has reached', async ({
  page,
}) => {
  await page.goto('./#bench=widen&beat=3');
  await beat(page, 3);
  const present = button(page, workbench.present);
  await present.click();
  await expect(present).toHaveAttribute('aria-pressed', 'true');
  // To the end of the transformation, then on.
  await page.keyboard.press('Space');
  await page.keyboard.press('Space');
  await beat(page, 4);
  await expect(present).toHaveAttribute('aria-pressed', 'true');
  // A remote control's keys.
  await page.keyboard.press('PageDown');
  await beat(page, 5);
  await page.keyboard.press('PageUp');
  await beat(page, 4);
  await present.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(present).toBeFocused();
  await page.keyboard.press('Space');
  await expect(present).toHaveAttribute('aria-pressed', 'false');
  await beat(page, 4);
});

test('a dot found with the mouse is left by Space, and focus waits at Next', async ({ page }) => {
  await page.goto('./#lesson=front&step=2');
  await expect(counter(page, 2, 6)).toBeVisible();
  await page.keyboard.press('Space');
  await expect(card(page).getByText(lessonTasks.kinds.find, { exact: true })).toBeVisible();
  const plot = page.getByRole('application', { name: /^Trade-off/ });
  for (const dot of await plot.locator('.mark-front').all()) {
    const { x, y, width, height } = (await dot.boundingBox())!;
    await page.mouse.click(x + width / 2, y + height / 2);
    if ((await next(page).getAttribute('aria-disabled')) === null) break;
  }
  await expect(next(page)).toBeFocused();
  await plot.click({ position: { x: 5, y: 5 } });
  await expect(plot).toBeFocused();
  await page.keyboard.press('Space');
  await expect(counter(page, 3, 6)).toBeVisible();
});

test('a switch set with the mouse is left as it is by Space', async ({ page }) => {
  await page.goto('./#lesson=widen&step=6');
  await expect(counter(page, 6, 7)).toBeVisible();
  await page.getByRole('switch', { name: /^Zero filters/ }).click();
  await expect(card(page).getByText(/^Yes/)).toBeVisible();
  await page.getByRole('switch', { name: /^Zero filters/ }).click();
  await page.keyboard.press('Space');
  await expect(counter(page, 7, 7)).toBeVisible();
  await expect(card(page).getByRole('heading', { name: words.over })).toBeHidden();
});

test('the sampling page goes on by Space after a click', async ({ page }) => {
  await page.goto('./#sampling=1&beat=2');
  const current = page.locator('.beats [aria-current=step]');
  await expect(current).toHaveText(/^2/);
  await page.locator('.beats button').nth(2).click();
  await expect(current).toHaveText(/^3/);
  await page.keyboard.press('Space');
  await expect(current).toHaveText(/^4/);
});
