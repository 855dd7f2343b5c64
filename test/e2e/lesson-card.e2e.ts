import { expect, test, type Page } from '@playwright/test';
import { lessons, type LessonStep } from '../../src/app/learn/lessons.ts';
import { targets } from '../../src/app/learn/targets.ts';
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

/** What of a step's subject, and of where its task is done, is outside the window or under the card. */
const hidden = (page: Page, { target, task }: LessonStep) =>
  page.evaluate(
    (selectors) => {
      const own = document.querySelector('.lesson-card')!.getBoundingClientRect();
      return selectors.flatMap((selector) => {
        const found = document.querySelector(selector);
        if (!found) return [`${selector} is not there`];
        const { left, right, top, bottom, width, height } = found.getBoundingClientRect();
        const where = `${[left, top, right, bottom].map(Math.round).join(', ')}`;
        if (width * height === 0) return [`${selector} is empty`];
        const out = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
        const over =
          own.right > left + 1 && own.left < right - 1 && own.bottom > top + 1 && own.top < bottom - 1;
        return [
          ...(out ? [`${selector} (${where}) is partly outside`] : []),
          ...(over ? [`${selector} (${where}) is partly under the card`] : []),
        ];
      });
    },
    [targets[target], ...(task && taskPlaces[task.what] ? [taskPlaces[task.what]!] : [])],
  );

for (const lesson of lessons)
  test(`what a step is about is in view and uncovered in every step of ${lesson.id}`, async ({ page }) => {
    for (const [index, step] of lesson.steps.entries()) {
      await page.setViewportSize({ width: 1280, height: 720 });
      await page.goto('about:blank');
      await page.goto(`./#lesson=${lesson.id}&step=${index + 1}`);
      await expect(counter(page, index + 1, lesson.steps.length)).toBeVisible();
      await expect(page.locator(targets[step.target]).first()).toBeVisible();
      await settled(page);
      for (const acted of step.action && step.task?.kind !== 'predict' ? [false, true] : [false]) {
        if (acted) {
          await page.keyboard.press('Space');
          await expect(card(page).getByText(words.lessons[lesson.id].steps[index]!.after!)).toBeVisible();
        }
        for (const [width, height] of [
          [1280, 720],
          [1440, 900],
        ] as const) {
          await page.setViewportSize({ width, height });
          await expect
            .poll(() => hidden(page, step), {
              message: `step ${index + 1}, ${width} x ${height}`,
              timeout: 5000,
            })
            .toEqual([]);
        }
      }
    }
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
