import { expect, test, type Locator, type Page } from '@playwright/test';
import { lessonTasks } from '../../src/app/text/en/lesson-tasks.ts';
import { lessons as words } from '../../src/app/text/en/lessons.ts';
import { learning } from '../../src/app/text/en/learn.ts';
import { weights } from '../../src/app/text/en/weights.ts';
import { violations } from './page.ts';

test.setTimeout(600_000);
/** Everything is really trained: minutes where other work has the machine. */
const patience = { timeout: 400_000 };
/** A click that finds nothing is not waited for as long. */
test.use({ actionTimeout: 60_000 });

const doing = (page: Page) => page.locator('[data-doing]');
const inWindow = async (page: Page, part: Locator) => {
  const box = (await part.boundingBox())!;
  const { height } = page.viewportSize()!;
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.y + box.height).toBeLessThanOrEqual(height);
};
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('a supernet is trained and its 256 paths are enumerated; what leads on is in sight in every beat, before a class too', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const began = Date.now();
  await page.goto('./#weights=1');
  await expect(page.getByRole('heading', { name: weights.title })).toBeVisible();
  const { beats, restart, beatTexts } = weights;
  for (const presenting of [false, true]) {
    if (presenting) await page.getByRole('button', { name: learning.present }).click();
    for (const [index, name] of beats.entries()) {
      await page.locator('.beats button').filter({ hasText: name }).click();
      await expect(page.getByText(beatTexts[index]!)).toBeVisible();
      await inWindow(page, page.locator('.words .primary'));
      await expect(page.locator('.words .primary')).toContainText(beats[index + 1] ?? restart);
    }
  }
  await page.getByRole('button', { name: learning.present }).click();
  await page.locator('.beats button').nth(1).click();
  await expect(page.locator('.weights circle')).toHaveCount(256, patience);
  const seconds = (Date.now() - began) / 1000;
  console.log(
    `weights: supernet trained and 256 paths enumerated in ${seconds.toFixed(1)} s, the page opened and read beside it`,
  );
  await expect(page.locator('.weights circle.marked')).toHaveCount(24);
  await page.keyboard.press('t');
  await expect(page.getByRole('row')).toHaveCount(257);
  expect(await overflow(page)).toBe(0);
});

for (const [where, size] of [
  ['on a laptop', { width: 1280, height: 720 }],
  ['on a phone', { width: 360, height: 740 }],
] as const)
  test(`a pupil predicts, finds a path that shared weights misjudge, and answers the question, ${where}`, async ({
    page,
  }) => {
    await page.setViewportSize(size);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto('./#lesson=weights');
    const card = page.locator('.lesson-card');
    const { steps, question } = words.lessons.weights;
    const on = card.locator('.foot .primary');
    const at = async (step: number) => {
      await expect(card.getByRole('heading', { name: steps[step - 1]!.title })).toBeVisible();
      await inWindow(page, on);
    };
    await at(1);
    await on.click();
    await at(2);
    await page.keyboard.press('Space');
    await expect(card.getByRole('status').last()).toContainText(lessonTasks.chooseFirst);
    await card.locator('.options button').nth(2).click();
    await on.click();
    await at(3);
    // What came of the prediction, in the engine's own numbers.
    await expect(card.getByText(/Shared weights put \d+(\.\d)? % of the pairs/)).toBeVisible(patience);
    const choices = page.locator('.weights circle.choice');
    await expect(choices).toHaveCount(24);
    await expect(page.getByText(/^τ −?[01]\.\d\d \(95 %: −?[01]\.\d\d to −?[01]\.\d\d\)/)).toHaveCount(2);
    // The dots say which one is judged rightly and which one is not.
    const errorsOf = async (i: number) =>
      /: ([\d.]+) % cheap, ([\d.]+) % alone/
        .exec((await choices.nth(i).getAttribute('aria-label'))!)!
        .slice(1)
        .map(Number) as [number, number];
    const all = await Promise.all(Array.from({ length: 24 }, (_, i) => errorsOf(i)));
    const place = (i: number, by: 0 | 1) => all.filter((one) => one[by] < all[i]![by]).length;
    const off = all.map((_, i) => Math.abs(place(i, 0) - place(i, 1)));
    const pick = (i: number) => choices.nth(i).dispatchEvent('click');
    await pick(off.indexOf(Math.min(...off)));
    await expect(card.getByText(/^Not this one: place/)).toBeVisible();
    await expect(card.getByRole('button', { name: lessonTasks.showMe })).toBeVisible();
    await pick(off.indexOf(Math.max(...off)));
    await expect(card.getByText(/^Yes: place .* by shared weights, place .* trained alone\./)).toBeVisible();
    await expect(page.locator('.weights').getByText(/^Path \d+: place /)).toBeAttached();
    expect(await violations(page)).toEqual([]);
    await on.click();
    await at(4);
    await on.click();
    await at(5);
    await expect(doing(page)).toHaveAttribute('data-doing', 'nothing', patience);
    await expect(page.getByText(/^τ −?[01]\.\d\d \(95 %: −?[01]\.\d\d to −?[01]\.\d\d\)/)).toHaveCount(4);
    await expect(page.getByText(new RegExp(Object.values(weights.verdicts).join('|')))).toBeAttached();
    expect(await overflow(page)).toBe(0);
    await on.click();
    await expect(card.getByRole('heading', { name: words.over })).toBeVisible();
    await card.locator('.options button').nth(0).click();
    await expect(card.getByText(question.why[0])).toBeVisible();
    await card.locator('.options button').nth(1).click();
    await expect(card.getByText(question.why[1])).toBeVisible();
    await inWindow(page, on);
    await on.click();
    await expect(card.getByRole('heading', { name: words.lessons.shared.steps[0]!.title })).toBeVisible();
    expect(errors).toEqual([]);
  });
