import { expect, test } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import {
  button,
  frontOf,
  generations,
  listen,
  longRecipe,
  open,
  openRuns,
  saveRun,
  settled,
  tinyRecipe,
  untilFinished,
  untilGeneration,
} from './page.ts';

test.beforeEach(({ page }) => listen(page));

test('one click runs a search to its summary', async ({ page }) => {
  await open(page, tinyRecipe);
  await button(page, 'Play').click();
  await untilFinished(page);
  expect(await generations(page)).toBe(5);
  const { run } = await saveRun(page);
  expect(run.format).toBe('lemonade-run');
  expect(frontOf(run)).not.toHaveLength(0);
});

test('a data set is chosen by its pictures, a budget by its time, and Run begins', async ({ page }) => {
  await open(page, 'dataset=mnist&seed=3&backend=wasm&workers=2');
  const digits = page.getByRole('button', { name: /^Small digits 8×8/ });
  await expect(digits.locator('canvas')).toHaveCount(4);
  await digits.click();
  await expect(digits).toHaveAttribute('aria-pressed', 'true');
  const longer = page.getByRole('button', { name: /^Class preset.*about/ });
  await longer.click();
  await expect(page).toHaveURL(/dataset=digits/);
  await expect(longer).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: /^Quick preset.*about/ }).click();
  await button(page, 'Run').click();
  await untilGeneration(page, 1);
  await expect(digits).toHaveCount(0);
});

test('the same seed gives the same front with one trainer and with three', async ({ page }) => {
  const fronts: unknown[] = [];
  for (const workers of [1, 3]) {
    await page.goto('about:blank');
    await open(page, `${tinyRecipe.replace('workers=2', `workers=${workers}`)}&autoplay=1`);
    await untilFinished(page);
    fronts.push(frontOf((await saveRun(page)).run));
  }
  expect(fronts[1]).toEqual(fronts[0]);
});

test('a step runs one generation, pause stops at once, back and forth moves through the log', async ({
  page,
}) => {
  await open(page, longRecipe);
  await button(page, 'Step').click();
  await untilGeneration(page, 1);
  await expect(button(page, 'Play')).toBeVisible();
  await settled(page);
  expect(await generations(page)).toBe(1);
  await button(page, 'Play').click();
  await untilGeneration(page, 2);
  await button(page, 'Pause').click();
  const slider = page.getByRole('slider', { name: 'Generation shown' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuenow', '0');
  await page.keyboard.press('End');
  await expect(slider).not.toHaveAttribute('aria-valuenow', '0');
});

test('a reload in mid-run loses nothing that was evaluated, and the run ends as if uninterrupted', async ({
  page,
}) => {
  const recipe = tinyRecipe.replace('generations=3', 'generations=5');
  await open(page, `${recipe}&autoplay=1`);
  await untilFinished(page);
  const whole = frontOf((await saveRun(page)).run);

  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name);
  });
  await page.goto('about:blank');
  await open(page, recipe);
  await button(page, 'Play').click();
  await untilGeneration(page, 2);
  await page.reload();
  await page
    .getByRole('button', { name: /resume|go on|continue/i })
    .first()
    .click();
  // What is continued goes on by itself.
  await untilFinished(page);
  expect(frontOf((await saveRun(page)).run)).toEqual(whole);
});

test('a trainer that dies in mid-child is replaced and its child trained again', async ({ page }) => {
  await open(
    page,
    longRecipe
      .replace('generations=120', 'generations=3')
      .replace('imagesPerChild=2000', 'imagesPerChild=20000'),
  );
  await button(page, 'Play').click();
  await untilGeneration(page, 1);
  await settled(page);
  // Every engine runs in the same bundle: a worker is what it is named.
  const workers = page.workers().filter((worker) => worker.url().includes('engine'));
  const names = await Promise.all(workers.map((worker) => worker.evaluate(() => self.name)));
  const trainer = workers[names.indexOf('trainer')];
  expect(trainer, `a trainer among ${names.join(', ')}`).toBeDefined();
  await trainer!.evaluate(() => {
    setTimeout(() => {
      throw new Error('crash for the test');
    });
  });
  await expect(page.getByText(/trained again|restarted|started again/i).first()).toBeVisible();
  await untilFinished(page);
  const { run } = await saveRun(page);
  expect(run.events.filter((event) => event.type === 'failed')).toEqual([]);
});

test('a saved run opens again and shows the same front; a broken file is refused with a reason', async ({
  page,
}, info) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  const { run, path } = await saveRun(page);
  await page.goto('about:blank');
  await page.goto('./');
  const broken = info.outputPath('broken.json');
  await writeFile(broken, '{"format":"lemonade-run","version":1,"networks":[{"id":"x"}]}');
  const choose = async (file: string) => {
    await openRuns(page, file);
  };
  await choose(broken);
  await expect(page.getByText(/broken\.json/).first()).toBeVisible();
  const copy = info.outputPath('copy.json');
  await writeFile(copy, JSON.stringify(run));
  await choose(copy);
  await expect(page.getByText(/Replay|Generation/).first()).toBeVisible();
  expect(path).toBeTruthy();
});

test('a computer that cannot train says so, before a run and when all starting networks fail', async ({
  page,
}) => {
  await open(page, `${tinyRecipe}&rate=10&weightDecay=1&batch=2`);
  const unmeasured = page.getByText('How long a run takes here could not be measured: diverged.');
  await expect(unmeasured).toBeVisible();
  await button(page, 'Measure again').click();
  await expect(unmeasured).toBeVisible();
  const stopped = page.getByText(/The search stopped: every starting network failed \(diverged\)\./);
  for (let start = 0; start < 2; start++) {
    await button(page, 'Play').click();
    await expect(stopped).toBeVisible();
    await expect(page.getByText(/A lower rate or less weight decay helps/)).toBeVisible();
    await expect(page.getByText('Finished', { exact: true })).toHaveCount(0);
    await button(page, 'See the settings').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible();
  expect(await page.evaluate(() => (globalThis as { ended?: boolean }).ended ?? false)).toBe(false);
});

test('a bad recipe value is reported and replaced by its default', async ({ page }) => {
  await open(page, 'dataset=cats&seed=1&generations=3');
  await expect(page.getByText(/cats/).first()).toBeVisible();
});

test.describe('kept for later', () => {
  test.use({ serviceWorkers: 'allow' });

  test('everything works offline once the page is kept', async ({ page, context }) => {
    const requests: string[] = [];
    await open(page, tinyRecipe);
    page.on('request', (request) => requests.push(request.url()));
    await button(page, 'Step').click();
    await untilGeneration(page, 1);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 60_000 });
    await context.setOffline(true);
    await button(page, 'Play').click();
    await untilFinished(page);
    const foreign = requests.filter(
      (url) => !url.startsWith('http://127.0.0.1') && !/^(blob|data):/.test(url),
    );
    expect(foreign).toEqual([]);
  });
});

test('no search, random, one-shot and progressive search beside a finished run are held against it, although its card was left before', async ({
  page,
}) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  await button(page, 'Try it').first().click();
  await button(page, 'Summary').first().click();
  const beside = page.getByRole('button', { name: /^Run it too/ });
  const verdict = page.getByText(/Lemon area: [\d.]+ with this search/);
  const names = ['no search', 'random search', 'one-shot search', 'DPP-Net'];
  for (const [index, name] of names.entries()) {
    if (index === 1) await page.getByText('Against other searches').click();
    await beside.first().click();
    await expect(verdict).toHaveCount(index + 1, { timeout: 60_000 });
    await expect(page.locator('.summary text').getByText(name, { exact: true })).toBeVisible();
  }
  await expect(page.getByText(/Not run on this device yet/)).toHaveCount(0);
});
