import { expect, test, type Page } from '@playwright/test';
import { lessons, type Task } from '../../src/app/learn/lessons.ts';
import { onBench, targets } from '../../src/app/learn/targets.ts';
import { readFile } from 'node:fs/promises';
import { frames, saveRun, settled, violations, type SavedRun } from './page.ts';
import { lessonPlan } from '../../src/app/text/en/lesson-plan.ts';
import { lessonTasks } from '../../src/app/text/en/lesson-tasks.ts';
import { lessons as words } from '../../src/app/text/en/lessons.ts';

const card = (page: Page) => page.locator('.lesson-card');
const counter = (page: Page, step: number, of: number) =>
  card(page).getByText(`${step} / ${of}`, { exact: true });

const verdictOf = (page: Page) => card(page).getByRole('status').last();

/** Places a prediction by its key, or has a task shown after Space alone did not pass it. */
async function doTask(page: Page, { kind, what }: Task): Promise<void> {
  await expect(card(page).getByText(lessonTasks.kinds[kind], { exact: true })).toBeVisible();
  if (kind === 'predict') {
    if (what === 'bet') await expect(page.locator('.rail .answers')).toBeVisible();
    await page.keyboard.press('2');
    await expect(card(page).getByText(/^Kept: /)).toBeVisible();
    return;
  }
  await page.keyboard.press('Space');
  await expect(verdictOf(page)).toContainText(lessonTasks.doFirst);
  // Distillation goes before the drawings that are to be shown.
  if (what === 'differ') await expect(page.getByText('distilled', { exact: true })).toBeVisible();
  await card(page).getByRole('button', { name: lessonTasks.showMe }).click();
  await expect(card(page).getByText(/^Shown to you\. (Yes|Of 400)/)).toBeVisible();
}

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const lesson of lessons) {
  test(`the lesson ${lesson.id} runs from start to end by keyboard`, async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`./#lesson=${lesson.id}`);
    const text = words.lessons[lesson.id].steps;
    const count = lesson.steps.length;
    for (const [index, step] of lesson.steps.entries()) {
      await expect(counter(page, index + 1, count)).toBeVisible();
      await expect(card(page).getByRole('heading', { name: text[index]!.title })).toBeVisible();
      await expect(page.locator(targets[step.target]).first(), `target of step ${index + 1}`).toBeVisible();
      if (!onBench(step.target)) await expect(page.locator('.ring')).toBeVisible();
      if (step.task?.kind === 'predict') await doTask(page, step.task);
      if (step.action) {
        await page.keyboard.press('Space');
        await expect(card(page).getByText(text[index]!.after!)).toBeVisible();
      }
      if (step.task && step.task.kind !== 'predict') await doTask(page, step.task);
      await page.keyboard.press('Space');
    }
    await expect(card(page).getByRole('heading', { name: words.over })).toBeVisible();
    // Space alone passes no question; a wrong answer says why, the right one lets go on.
    await page.keyboard.press('Space');
    await expect(card(page).getByRole('heading', { name: words.over })).toBeVisible();
    const { why } = words.lessons[lesson.id].question;
    const wrong = (lesson.answer + 1) % 3;
    await page.keyboard.press(String(wrong + 1));
    await expect(card(page).getByText(why[wrong]!)).toBeVisible();
    await expect(card(page).getByText(words.tryAgain)).toBeVisible();
    await page.keyboard.press(String(lesson.answer + 1));
    await expect(card(page).getByText(why[lesson.answer])).toBeVisible();
    await expect(card(page).getByText(/^(Next comes|You have seen them all)/)).toBeVisible();
    // Why another one is wrong may still be read; nobody is sent to choose again.
    await page.keyboard.press(String(wrong + 1));
    await expect(card(page).getByText(why[wrong]!)).toBeVisible();
    await expect(card(page).getByText(words.tryAgain)).toHaveCount(0);
    await page.keyboard.press('Shift+Space');
    await expect(counter(page, count, count)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: words.title, exact: true })).toBeVisible();
    await expect(page.getByText(words.answered, { exact: true })).toHaveCount(1);
    expect(errors).toEqual([]);
  });
}

test('a pupil predicts wrongly, finds wrongly and rightly, and goes on another day', async ({ page }) => {
  await page.goto('./#lesson=front&step=2');
  await expect(counter(page, 2, 6)).toBeVisible();
  await page.keyboard.press('Space');
  const verdict = verdictOf(page);
  const next = card(page).getByRole('button', { name: words.next });
  await expect(card(page).getByText(/fewer errors than #11 /)).toBeVisible();
  await expect(next).toHaveAttribute('aria-disabled', 'true');
  const select = (id: number) =>
    page
      .locator('#strip')
      .getByRole('button', { name: `#${id}`, exact: true })
      .click();
  await page.locator('#strip').getByText('Table', { exact: true }).click();
  await select(1);
  await expect(verdict).toHaveText(/Not #1: it makes 15\.5 % errors/);
  await expect(card(page).getByRole('button', { name: lessonTasks.showMe })).toBeVisible();
  await select(3);
  await expect(verdict).toHaveText(/Yes: #3 /);
  await expect(card(page).getByRole('button', { name: lessonTasks.showMe })).toHaveCount(0);
  await next.click();
  await expect(counter(page, 3, 6)).toBeVisible();
  await page.keyboard.press('Space');
  await expect(card(page).getByText(words.lessons.front.steps[2]!.after!)).toBeVisible();
  await page.keyboard.press('Space');
  await expect(counter(page, 4, 6)).toBeVisible();
  // A prediction costs nothing, and is told with the number.
  await page.keyboard.press('Space');
  await expect(verdict).toContainText(lessonTasks.chooseFirst);
  await page.keyboard.press('1');
  await page.keyboard.press('Space');
  await expect(
    card(page).getByText(/^You said “It will rise and fall”; .* rose 10 times and never fell/),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: words.goOn(4) }).click();
  await expect(counter(page, 4, 6)).toBeVisible();
});

test('a teacher passes tasks before the class, and prints a plan of the lessons', async ({ page }) => {
  await page.goto('./#lesson=widen&step=3&present=1');
  await expect(counter(page, 3, 7)).toBeVisible();
  await expect(page.getByRole('group', { name: /hands/i })).toBeVisible();
  for (const step of [4, 5, 6, 7]) {
    await page.keyboard.press('Space');
    await expect(counter(page, step, 7)).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: words.plan }).click();
  await expect(page.getByRole('heading', { name: lessonPlan.title(45) })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await expect(page.getByText(lessonTasks.deadEnd.ask())).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('link', { name: /#lesson=widen&present=1$/ })).toBeVisible();
});

test.describe('while the recording is still on its way', () => {
  test('a lesson keeps the first Space until it can carry it out', async ({ page }) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/recordings/first-visit-whole.json', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('./#lesson=sampling');
    const { after, title } = words.lessons.sampling.steps[0]!;
    await expect(card(page).getByRole('heading', { name: title })).toBeVisible();
    await page.keyboard.press('Space');
    await frames(page);
    await expect(card(page).getByText(after!)).toBeHidden();
    release();
    await expect(card(page).getByText(after!)).toBeVisible();
    await frames(page);
    await expect(card(page).getByText(after!)).toBeVisible();
    await page.keyboard.press('Space');
    await expect(counter(page, 2, 6)).toBeVisible();
  });

  test('and the second Space too', async ({ page }) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/recordings/first-visit-whole.json', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('./#lesson=front');
    await expect(counter(page, 1, 6)).toBeVisible();
    await page.keyboard.press('Space');
    await page.keyboard.press('Space');
    release();
    await expect(counter(page, 2, 6)).toBeVisible();
  });
});

test('a teacher’s link hides what it names, enlarges the type and keeps its step', async ({ page }) => {
  await page.goto('./#lesson=front&present=1&hide=loop,files&seed=9');
  await expect(counter(page, 1, 6)).toBeVisible();
  await expect(page.locator('section.loop')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Save run' }).first()).toBeHidden();
  expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('16px');
  await page.keyboard.press('Space');
  await page.keyboard.press('Space');
  await expect(counter(page, 2, 6)).toBeVisible();
  expect(new URL(page.url()).hash).toContain('step=2');
  await page.reload();
  await expect(counter(page, 2, 6)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: words.title, exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.dataset['hide'])).toBeUndefined();
});

test('on a projector the run is magnified as a whole, and a dot is where it is seen', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto('./#lesson=front&present=1');
  await expect(counter(page, 1, 6)).toBeVisible();
  await page.keyboard.press('Space');
  await page.keyboard.press('Space');
  await expect(counter(page, 2, 6)).toBeVisible();
  expect(await page.evaluate(() => document.body.style.zoom)).toBe('1.5');
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  const plot = page.getByRole('application', { name: /^Trade-off/ });
  const dot = (await plot.locator('.mark-front').last().boundingBox())!;
  await page.mouse.click(dot.x + dot.width / 2, dot.y + dot.height / 2);
  const ring = (await plot.locator('.mark-ring').boundingBox())!;
  expect(Math.abs(ring.x + ring.width / 2 - dot.x - dot.width / 2)).toBeLessThan(3);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: words.title, exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.body.style.zoom)).toBe('');
});

test('a teacher’s link to one beat of the bench opens its operator, variant and beat', async ({ page }) => {
  await page.goto('./#lesson=1');
  await page.getByRole('combobox', { name: words.builder.opens }).selectOption('One beat of the bench');
  await page.getByRole('combobox', { name: 'Operator' }).selectOption('Widen: Copies (Net2Wider)');
  await page.getByRole('combobox', { name: words.builder.beat }).selectOption('4 Check');
  await page.getByRole('textbox', { name: words.builder.seed }).fill('7');
  await page.getByRole('checkbox', { name: words.builder.present }).check();
  const link = await page.locator('.builder code').innerText();
  expect(new URL(link).hash).toBe('#present=1&seed=7&bench=widen&beat=4&variant=copy');
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByRole('button', { name: /^Beat 4 of 5/ })).toHaveAttribute('aria-current', 'step', {
    timeout: 30_000,
  });
  await expect(page.getByRole('radio', { name: 'Copies (Net2Wider)' })).toBeChecked();
  expect(await page.evaluate(() => document.documentElement.dataset['present'])).toBe('1');
  expect(page.url()).toContain('seed=7');
});

test('lessons, sampling and composing have no serious violation in either theme', async ({ page }) => {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto('./#lesson=1');
    await expect(page.getByRole('heading', { name: words.title, exact: true })).toBeVisible();
    expect(await violations(page, scheme), `list, ${scheme}`).toEqual([]);
    await page.goto('./#sampling=1&beat=3');
    await expect(page.getByRole('img', { name: /Three rows/ })).toBeVisible();
    expect(await violations(page, scheme), `sampling, ${scheme}`).toEqual([]);
    await page.goto('./#compose=1');
    await expect(page.getByRole('region', { name: 'Operators', exact: true })).toBeVisible();
    expect(await violations(page, scheme), `compose, ${scheme}`).toEqual([]);
    await page.goto('./#lesson=front');
    await expect(counter(page, 1, 6)).toBeVisible();
    expect(await violations(page, scheme), `lesson, ${scheme}`).toEqual([]);
  }
});

test('at 360 pixels nothing is cut off sideways', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const hash of ['lesson=1', 'lesson=1&step=plan', 'sampling=1', 'compose=1', 'lesson=front']) {
    await page.goto(`./#${hash}`);
    await settled(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, hash).toBeLessThanOrEqual(360);
  }
});

test('a puzzle is solved by hand, undone, done again and scored against LEMONADE', async ({ page }) => {
  await page.goto('./#compose=1&puzzle=four');
  const pick = page.getByRole('region', { name: 'Operators', exact: true });
  await expect(pick.getByText('Choose an operator, then a place for it.')).toBeVisible({ timeout: 60_000 });
  for (const [key, place] of [
    ['w', /^block 1/],
    ['w', /^block 2/],
  ] as const) {
    await page.keyboard.press(key);
    await pick.getByRole('button', { name: place }).click();
    await expect(pick.getByText('Choose an operator, then a place for it.')).toBeVisible({ timeout: 60_000 });
  }
  const chain = page.getByRole('region', { name: 'Your operators' });
  await expect(chain.getByRole('button', { name: /^Network/ })).toHaveCount(3);
  await page.keyboard.press('Control+z');
  await expect(chain.locator('[aria-current=step]')).toContainText('Network 2');
  await page.keyboard.press('Control+y');
  await expect(chain.locator('[aria-current=step]')).toContainText('Network 3');
  await page.getByRole('button', { name: /Let LEMONADE try, 4,000 images/ }).click();
  const score = page.getByRole('region', { name: /^Score/ });
  await expect(
    score.getByText(/^Not on equal terms: your one start saw 2,000 images; .* 500 each\./),
  ).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText(/^Effort: you 4,000 images.*LEMONADE 4,000/)).toBeVisible({ timeout: 90_000 });

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a run' }).click(),
  ]);
  const saved = JSON.parse(await readFile(await download.path(), 'utf8')) as SavedRun & {
    readonly weights: readonly unknown[];
  };
  expect(saved.networks).toHaveLength(3);
  expect(saved.weights.length).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Open as a run' }).click();
  await expect(page.getByRole('textbox', { name: 'Name of the run' })).toHaveValue(/^By hand: /);
  await page.getByRole('button', { name: 'Share', exact: true }).first().click();
  await page.getByRole('button', { name: 'Check it now' }).click();
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: /error claimed.*holds/ })
      .first(),
  ).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText('does not hold')).toHaveCount(0);
  await page.goto('./#compose=1&puzzle=four');
  await expect(pick.getByText('Choose an operator, then a place for it.')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Start a search from this network' }).click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true }).first()).toBeVisible({
    timeout: 60_000,
  });
  // All starting networks are in the log from its beginning; it can be saved once one is trained.
  await expect(page.getByText(/[1-9] done|#[1-9]/).first()).toBeVisible({ timeout: 60_000 });
  const { run } = await saveRun(page);
  expect(run.events.filter((event) => event.type === 'seeded' && event.origin === 'given')).toHaveLength(1);
});
