import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

/** Rules that a lesson's reader must be able to rely on. */
async function expectNoViolations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
  ).toEqual([]);
}

test('five beats of widening by keyboard alone, each free of axe violations', async ({ page }) => {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto('./#bench=widen');
  const title = page.locator('h1');
  await expect(title).toHaveText('A whole network, on one table', { timeout: 30_000 });
  await expectNoViolations(page);

  await page.keyboard.press('Space');
  await expect(title).toHaveText('We double a block');
  await page.keyboard.press('1');
  await expect(page.getByRole('radio', { name: 'It drops' })).toHaveAttribute('aria-checked', 'true');
  await expectNoViolations(page);

  await page.keyboard.press('Space');
  await expect(title).toHaveText('Zeros first, then chance');
  await page.keyboard.press(',');
  await page.keyboard.press('.');
  await page.keyboard.press('Space');
  await expect(page.getByText('256 of 256')).toBeVisible();
  await expectNoViolations(page);

  await page.keyboard.press('Space');
  await expect(title).toHaveText('Nothing changed');
  await expect(page.getByText('It stays the same')).toBeVisible();
  await expect(page.locator('dd').first()).toHaveCSS('text-decoration-line', 'line-through');
  await expectNoViolations(page);

  await page.keyboard.press('b');
  await expect(title).toHaveText('Now make it wrong');
  const random = page.getByRole('switch', { name: /Random numbers instead of zeros/ });
  await expect(random).toHaveAttribute('aria-checked', 'true');
  await expect(page.getByText(/right answers fewer/)).toBeVisible();
  await expect(page.getByText(/weights get gradient 0/)).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.press('r');
  await expect(random).toHaveAttribute('aria-checked', 'false');
  await expect(page).toHaveURL(/bench=widen.*beat=5/);
  expect(problems).toEqual([]);
});

test('pruning is distilled live, without axe violations', async ({ page }) => {
  await page.goto('./#bench=prune&beat=4');
  await expect(page.locator('h1')).toHaveText('Close, not the same', { timeout: 30_000 });
  await expect(page.getByRole('rowheader', { name: 'distilled' })).toBeVisible({ timeout: 60_000 });
  await expectNoViolations(page);
});

test('a phone shows the check without scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('./#bench=widen&beat=4');
  await expect(page.locator('h1')).toHaveText('Nothing changed', { timeout: 30_000 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
