import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { longestTasks, mainThreadTasks } from './main-thread.ts';
import { settled } from './page.ts';

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
  await expect(random).toContainText(/differs by .* alike/);
  // What a wrong way does is told once it was tried, and stays.
  const zero = page.getByRole('switch', { name: /Zero filters as well/ });
  await expect(zero).toHaveText(/^\s*Zero filters as well\s*$/);
  await zero.click();
  await expect(zero).toContainText(/weights get gradient 0/);
  await expect(random).toContainText(/differs by .* alike/);
  await expectNoViolations(page);
  await page.keyboard.press('r');
  await expect(random).toHaveAttribute('aria-checked', 'false');
  await expect(page).toHaveURL(/bench=widen.*beat=5/);
  expect(problems).toEqual([]);
});

test('next waits for a bet and says so at its button, with a way on without one; before a class it does not', async ({
  page,
}) => {
  await page.goto('./#bench=widen&beat=2');
  const title = page.locator('h1');
  await expect(title).toHaveText('We double a block', { timeout: 30_000 });
  const first = page.getByRole('main').getByRole('status').getByText('Place your bet first.');
  const button = page.getByRole('button', { name: /^Widen it/ });
  await expect(first).toBeVisible();
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  const [over, below] = [(await button.boundingBox())!, (await first.boundingBox())!];
  expect(below.y - over.y - over.height).toBeLessThan(24);
  await page.keyboard.press('Space');
  await expect(title).toHaveText('We double a block');
  await page.keyboard.press('2');
  await expect(first).toBeHidden();
  await expect(button).not.toHaveAttribute('aria-disabled');
  await page.getByRole('button', { name: 'Forget my bets' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Without a bet' }).click();
  await expect(title).toHaveText('Zeros first, then chance');
  await page.keyboard.press('2');
  await page.keyboard.press('p');
  await page.locator('main').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('Space');
  await expect(title).toHaveText('Zeros first, then chance');
});

test('all operators are in sight at 1280 x 720, and the board fills the window and grows with a projector', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const widths: number[] = [];
  for (const query of ['', '&present=1', '&lang=zh', '&lang=zh&present=1']) {
    await page.goto('about:blank');
    await page.goto(`./#bench=widen&beat=1${query}`);
    const nav = page.locator('.bench nav').first();
    await expect(page.locator('.board svg').first()).toBeVisible({ timeout: 30_000 });
    const clipped = () =>
      nav.evaluate((box) => {
        const { right } = box.getBoundingClientRect();
        return [...box.querySelectorAll('a')].filter((tab) => tab.getBoundingClientRect().right > right + 1)
          .length;
      });
    await expect.poll(clipped, query).toBe(0);
    await expect(nav.getByRole('link')).toHaveCount(6);
    widths.push((await page.locator('.board svg').first().boundingBox())!.width);
  }
  // The board fills the window as it is; present mode takes nothing from it.
  for (const wide of widths) expect(wide).toBeGreaterThan(640);
  expect(widths[1]!).toBeGreaterThanOrEqual(widths[0]!);
  await page.setViewportSize({ width: 1920, height: 1080 });
  const smallest = () =>
    page
      .locator('.board svg')
      .first()
      .evaluate((svg) => {
        const scale = svg.getBoundingClientRect().width / (svg as SVGSVGElement).viewBox.baseVal.width;
        const sizes = [...svg.querySelectorAll('text')].map((text) =>
          parseFloat(getComputedStyle(text).fontSize),
        );
        return Math.min(...sizes.filter((size) => size >= 11)) * scale;
      });
  await expect.poll(smallest).toBeGreaterThanOrEqual(14);
});

test('before a class every wrong way is in sight at 1280 x 720', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  for (const operator of ['deepen', 'widen', 'skip', 'remove', 'prune', 'separate']) {
    await page.goto('about:blank');
    await page.goto(`./#bench=${operator}&beat=5&present=1`);
    const switches = page.getByRole('switch');
    await expect(switches.first(), operator).toBeVisible({ timeout: 30_000 });
    for (const one of await switches.all()) await expect(one, operator).toBeInViewport({ ratio: 1 });
  }
});

test('pruning is distilled live, without axe violations', async ({ page }) => {
  await page.goto('./#bench=prune&beat=4');
  await expect(page.locator('h1')).toHaveText('Changed, then taught', { timeout: 30_000 });
  await expect(page.getByRole('rowheader', { name: 'distilled' })).toBeVisible({ timeout: 60_000 });
  await expectNoViolations(page);
});

test('a phone shows the check without scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('./#bench=widen&beat=4');
  await expect(page.locator('h1')).toHaveText('Nothing changed', { timeout: 30_000 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('a bet outlives a reload, is counted once checked, and is forgotten on request', async ({ page }) => {
  await page.goto('./#bench=widen&beat=2');
  await page.getByRole('radio', { name: 'It drops' }).click({ timeout: 30_000 });
  await page.keyboard.press('4');
  await page.goto('./#bench=widen&beat=4');
  await expect(page.getByText('Measured', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.locator('dd').first()).toHaveText('It drops', { timeout: 30_000 });
  await page.goto('./#bench=widen&beat=2');
  await expect(page.getByText(/^Your one checked bet was wrong/)).toBeVisible();
  await page.getByRole('button', { name: 'Forget my bets' }).click();
  await expect(page.getByRole('radio', { name: 'It drops' })).toHaveAttribute('aria-checked', 'false');
  await page.reload();
  await expect(page.getByRole('radio', { name: 'It drops' })).toHaveAttribute('aria-checked', 'false', {
    timeout: 30_000,
  });
});

test('T shows every beat as a table, Escape brings the picture back', async ({ page }) => {
  await page.goto('./#bench=widen&beat=3');
  await expect(page.locator('h1')).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('t');
  const pane = page.getByRole('region', { name: 'Numbers as a table' });
  await expect(pane).toBeFocused();
  await expect(pane.getByRole('row')).toHaveCount(185);
  await expectNoViolations(page);
  await page.keyboard.press('4');
  await expect(pane.getByRole('row')).toHaveCount(257);
  await page.keyboard.press('Escape');
  await expect(pane).toBeHidden();
  await expect(page.getByText('256 of 256')).toBeVisible();
});

test('six operators and their variants go through five beats without an error or a sideways scroll', async ({
  page,
}) => {
  test.slow();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.setViewportSize({ width: 360, height: 740 });
  for (const operator of ['deepen', 'widen', 'widen&variant=copy', 'skip', 'skip&variant=concat'])
    await walk(operator);
  for (const operator of ['remove', 'prune', 'separate']) await walk(operator);
  expect(problems).toEqual([]);

  async function walk(operator: string) {
    for (const beat of [1, 2, 3, 4, 5]) {
      await page.goto(`./#bench=${operator}&beat=${beat}`);
      await expect(page.getByRole('button', { name: new RegExp(`^Beat ${beat} of 5`) })).toHaveAttribute(
        'aria-current',
        'step',
        { timeout: 30_000 },
      );
      await expect(page.locator('h1')).toBeVisible({ timeout: 30_000 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${operator}, beat ${beat}`).toBeLessThanOrEqual(360);
    }
  }
});

test(
  'the page has no long task in the five beats of an operator',
  { tag: '@measured' },
  async ({ page, browser }) => {
    await page.goto('./#bench=prune&beat=1');
    const beat = (number: number) => page.getByRole('button', { name: new RegExp(`^Beat ${number} of 5`) });
    await expect(beat(1)).toHaveAttribute('aria-current', 'step', { timeout: 30_000 });
    const title = page.locator('h1');
    const tasks = await mainThreadTasks(browser, page, async () => {
      await page.keyboard.press('2');
      await page.keyboard.press('1');
      await page.keyboard.press('Space');
      // The whole transformation, as fast as it plays.
      await expect(page.getByRole('button', { name: 'Replay' })).toBeVisible({ timeout: 30_000 });
      await page.keyboard.press('Space');
      await expect(title).toHaveText('Changed, then taught');
      await expect(page.getByRole('rowheader', { name: 'distilled' })).toBeVisible({ timeout: 60_000 });
      await page.keyboard.press('Space');
      await page.keyboard.press('b');
      await expect(page.getByText(/right answers fewer/)).toBeVisible();
      await page.getByRole('button', { name: 'Train', exact: true }).first().click();
      await expect(page.getByRole('button', { name: 'Train again' })).toBeVisible({ timeout: 60_000 });
    });
    console.log(
      `${tasks.length} tasks of the page in the five beats of pruning, longest in ms of processor time of the clock's: \
${longestTasks(tasks, 8)}`,
    );
    expect(tasks.length).toBeGreaterThan(50);
    // Goal 50 ms; see access.e2e.ts for what the processor's time still varies by.
    expect(Math.max(...tasks.map(({ processor }) => processor))).toBeLessThan(75);
  },
);

test('another operator lies on the bench within 300 ms, on wasm', { tag: '@measured' }, async ({ page }) => {
  await page.goto('./#bench=widen');
  await expect(page.locator('.stage')).toBeVisible({ timeout: 30_000 });
  const operators = ['deepen', 'widen', 'skip', 'remove', 'prune', 'separate'];
  const best = new Map<string, number>();
  for (let round = 0; round < 3; round++)
    for (const operator of operators) {
      const milliseconds = await page.evaluate(async (name) => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const began = performance.now();
        document.querySelector<HTMLAnchorElement>(`nav a[href="#bench=${name}"]`)!.click();
        do await frame();
        while (!document.querySelector(`.bench[data-operator=${name}] .stage`));
        return performance.now() - began;
      }, operator);
      best.set(operator, Math.min(milliseconds, best.get(operator) ?? Infinity));
    }
  const report = [...best].map(([operator, ms]) => `${operator} ${ms.toFixed(0)}`).join(', ');
  console.log(`from the click to the operator on the bench, best of three, ms: ${report}`);
  expect(Math.max(...best.values())).toBeLessThan(300);
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('the transformation stands still and goes from stop to stop', async ({ page }) => {
    await page.goto('./#bench=widen&beat=3');
    const time = page.getByRole('slider', { name: 'Time of the transformation' });
    await expect(time).toHaveValue('0', { timeout: 30_000 });
    await settled(page);
    await expect(time).toHaveValue('0');
    await page.keyboard.press('.');
    await expect(time).toHaveValue('600');
    await page.keyboard.press(',');
    await expect(time).toHaveValue('0');
  });
});
