import { expect, test, type Page } from '@playwright/test';
import { lessons, type LessonStep } from '../../src/app/learn/lessons.ts';
import { targetIn, targets } from '../../src/app/learn/targets.ts';
import { taskPlaces } from '../../src/app/learn/task-places.ts';
import { lessonTasks } from '../../src/app/text/en/lesson-tasks.ts';
import { lessons as words } from '../../src/app/text/en/lessons.ts';
import { settled } from './page.ts';

const card = (page: Page) => page.locator('.lesson-card');
const counter = (page: Page, step: number, of: number) =>
  card(page).getByText(`${step} / ${of}`, { exact: true });

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('the card covers nothing of the run that a step is about, nor the strip’s switch', async ({ page }) => {
  for (const [width, height] of [
    [1280, 720],
    [1366, 768],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto('about:blank');
    await page.goto('./#lesson=front&step=2');
    await expect(counter(page, 2, 6)).toBeVisible();
    await page.keyboard.press('Space');
    await expect(card(page).getByText(lessonTasks.kinds.find, { exact: true })).toBeVisible();
    const covered = () =>
      page.evaluate(() => {
        const own = document.querySelector('.lesson-card')!.getBoundingClientRect();
        return ['#trade-off', '#strip', '.panes > .network'].filter((selector) => {
          const box = document.querySelector(selector)!.getBoundingClientRect();
          return own.right > box.left && own.left < box.right && own.bottom > box.top && own.top < box.bottom;
        });
      });
    await expect.poll(covered, { message: `${width} x ${height}` }).toEqual([]);
    const { x, y, width: wide, height: high } = (await card(page).boundingBox())!;
    expect(Math.min(x, y, width - x - wide, height - y - high)).toBeGreaterThanOrEqual(0);
    await page.locator('#strip').getByText('Table', { exact: true }).click({ timeout: 5000 });
  }
});

/** What a step is about, and where its task is done; a phone has room for one of them. */
const subjects = (step: LessonStep, width: number): readonly string[] => {
  const place = step.task && taskPlaces[step.task.what];
  const target = targetIn(step.target, width);
  if (!place) return [target];
  return width < 600 ? [place] : [target, place];
};

/**
 * What of a step's subject, and of where its task is done, is outside the window or under the card; that the card itself
 * ends where it should, shows all `answers` where it asks, and on a phone leaves the larger part of the screen.
 */
const hidden = (page: Page, step: LessonStep | null, width: number, asking: boolean) =>
  page.evaluate(
    ({ selectors, phone, answers }) => {
      const element = document.querySelector('.lesson-card')!;
      const own = element.getBoundingClientRect();
      const foot = element.querySelector('.foot')!.getBoundingClientRect();
      const problems = [
        ...(foot.bottom > own.bottom + 1 || own.bottom > innerHeight + 1
          ? ['the card’s foot hangs out']
          : []),
        ...(own.height > innerHeight * (phone ? 0.46 : 0.9) ? [`the card is ${own.height} px high`] : []),
      ];
      // Every answer is seen whole at once, under nothing and clipped by nothing.
      const options = [...element.querySelectorAll('.options button')];
      if (options.length !== answers) problems.push(`${options.length} answers, not ${answers}`);
      for (const option of options) {
        const { left, right, top, bottom } = option.getBoundingClientRect();
        const hidden = [
          [left + 12, top + 2],
          [right - 12, bottom - 2],
        ].some(([x, y]) => !option.contains(document.elementFromPoint(x!, y!)));
        if (hidden) problems.push(`“${option.textContent}” (${top} to ${bottom}) is not in view`);
      }
      const header = document.querySelector('header')!.getBoundingClientRect();
      if (!phone && header.top < -1 && header.bottom > 1) problems.push(`the header is cut: ${header.top}`);
      for (const selector of selectors) {
        const found = document.querySelector(selector);
        if (!found) {
          problems.push(`${selector} is not there`);
          continue;
        }
        const { left, right, top, bottom, width, height } = found.getBoundingClientRect();
        const where = `${[left, top, right, bottom].map(Math.round).join(', ')}`;
        if (width * height === 0) problems.push(`${selector} is empty`);
        if (phone) {
          // What is higher than what the card leaves fills it.
          const seen = Math.min(bottom, own.top) - Math.max(top, 0);
          if (seen < Math.min(height - 1, 0.5 * own.top))
            problems.push(`${selector} (${where}) is hidden, ${own.top}`);
          continue;
        }
        // What is higher than the window fills it.
        const tall = height > innerHeight && top < 1 && bottom > innerHeight - 1;
        const out = left < -1 || right > innerWidth + 1 || (!tall && (top < -1 || bottom > innerHeight + 1));
        const over =
          own.right > left + 1 && own.left < right - 1 && own.bottom > top + 1 && own.top < bottom - 1;
        if (out) problems.push(`${selector} (${where}) is partly outside`);
        if (over) problems.push(`${selector} (${where}) is partly under the card`);
      }
      // On the bench the words beside the board stand clear of the words on it.
      const words = document.querySelector('.cornered .aside')?.getBoundingClientRect();
      for (const text of words ? document.querySelectorAll('.board svg text') : []) {
        const box = text.getBoundingClientRect();
        if (
          box.width > 0 &&
          box.right > words!.left &&
          box.top < words!.bottom - 1 &&
          box.bottom > words!.top + 1
        )
          problems.push(`“${text.textContent}” lies under the words beside the board`);
      }
      return problems;
    },
    {
      selectors: step ? subjects(step, width) : [],
      phone: width < 600,
      answers: asking ? 3 : 0,
    },
  );

const projector = [
  [1280, 720],
  [1366, 768],
  [1440, 900],
  [1920, 1080],
] as const;

for (const lesson of lessons)
  test(`what a step is about is in view and uncovered in every step of ${lesson.id}`, async ({ page }) => {
    const sees = async (
      step: LessonStep | null,
      at: string,
      sizes: readonly (readonly [number, number])[],
      asking: boolean,
    ) => {
      for (const [width, height] of sizes) {
        // Nobody comes to a step by the scrolling of another window.
        await page.evaluate(() => scrollTo(0, 0));
        await page.setViewportSize({ width, height });
        await expect
          .configure({ soft: true })
          .poll(() => hidden(page, step, width, asking), {
            message: `${at}, ${width} x ${height}`,
            timeout: 4000,
          })
          .toEqual([]);
      }
    };
    const presented = () => page.evaluate(() => document.documentElement.dataset['present'] === '1');
    /** Pressed until it holds: a key comes to nothing while the page is laid out for another size. */
    const present = (on: boolean) =>
      expect(async () => {
        if ((await presented()) !== on) {
          const button = page.locator('header').getByRole('button', { name: 'Present', exact: true });
          await ((await button.isVisible()) ? button.click() : page.keyboard.press('p'));
        }
        await expect.poll(presented, { timeout: 2000 }).toBe(on);
      }).toPass();
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(`./#lesson=${lesson.id}&present=1`);
    for (const [index, step] of lesson.steps.entries()) {
      await expect(counter(page, index + 1, lesson.steps.length)).toBeVisible();
      await expect(page.locator(targets[step.target]).first()).toBeVisible();
      await settled(page);
      for (const acted of step.action ? [false, true] : [false]) {
        if (acted) {
          await page.keyboard.press('Space');
          await expect(card(page).getByText(words.lessons[lesson.id].steps[index]!.after!)).toBeVisible();
        }
        const at = `step ${index + 1}${acted ? ', acted' : ''}`;
        // The bet is placed on the page.
        const asks = !acted && step.task?.kind === 'predict' && step.task.what !== 'bet';
        await sees(step, `${at}, presented`, projector, asks);
        await present(false);
        await sees(step, at, projector, asks);
        await sees(step, at, [[360, 740]], asks);
        await page.setViewportSize({ width: 1280, height: 720 });
        await present(true);
      }
      await page.keyboard.press('Space');
    }
    await expect(card(page).getByRole('heading', { name: words.over })).toBeVisible();
    await sees(null, 'the question, presented', projector, true);
    await present(false);
    await sees(null, 'the question', [...projector, [360, 740]], true);
  });

test('what a step asks is not answered beside it', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto('./#lesson=front&step=3');
  await page.keyboard.press('Space');
  const front = words.lessons.front.steps[2]!;
  await expect(card(page).getByText(front.after!)).toBeVisible();
  await expect(card(page)).not.toContainText(/never|only rises|shrink/);
  await page.goto('./#lesson=shared&step=3');
  await expect(card(page).getByText(lessonTasks.price.ask())).toBeVisible();
  const network = page.locator('.panes > .network');
  await expect(network).toContainText(/[\d.,k]+ parameters/);
  await expect(network).not.toContainText(/the most accurate|bargain/i);
  await page.keyboard.press('3');
  await page.keyboard.press('Space');
  await expect(network).toContainText(/3\d[.,\d]*k? ?parameters|3\d,\d{3}/);
});

test('what was composed or compared outlives a change of language', async ({ page }) => {
  await page.goto('./#compose=1');
  const pick = page.getByRole('region', { name: 'Operators', exact: true });
  await expect(pick.getByText('Choose an operator, then a place for it.')).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('w');
  await pick.getByRole('button', { name: /^block 1/ }).click();
  const networks = page
    .getByRole('region', { name: 'Your operators' })
    .getByRole('button', { name: /^Network/ });
  await expect(networks).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Language' }).selectOption('zh');
  await expect(page.getByText('首页')).toBeVisible();
  await page.getByRole('combobox', { name: '语言' }).selectOption('en');
  await expect(networks).toHaveCount(2);
  await expect(pick.getByText('Choose an operator, then a place for it.')).toBeVisible({ timeout: 60_000 });
  await page.goto('./#compare=1');
  await expect(page.getByRole('link', { name: /^(Playground|Back to the run)$/ })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Language' })).toBeVisible();
});
