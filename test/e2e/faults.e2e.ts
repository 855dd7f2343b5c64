import { expect, test, type Page } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import {
  button,
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

/** The worker of that name; every engine runs in the same bundle, a worker is what it is named. */
async function workerNamed(page: Page, name: string) {
  for (const worker of page.workers())
    if ((await worker.evaluate(() => self.name).catch(() => '')) === name) return worker;
  throw new Error(`no worker named ${name}`);
}

/** Ends a worker without a word to anyone. */
const close = async (page: Page, name: string) =>
  (await workerNamed(page, name)).evaluate(() => self.close()).catch(() => {});

const mediumRecipe = longRecipe.replace('generations=120', 'generations=4');

test('a search whose worker closes says so and goes on from what was trained', async ({ page }) => {
  await open(page, `${mediumRecipe}&autoplay=1`);
  await untilGeneration(page, 1);
  await close(page, 'search');
  await expect(page.getByText('The search stopped: its worker has ended without a word.')).toBeVisible();
  const before = await generations(page);
  await button(page, 'Try again').click();
  await button(page, 'Play').click();
  await untilFinished(page);
  expect(await generations(page)).toBeGreaterThan(before);
  const { run } = await saveRun(page);
  const ids = run.events.filter(({ type }) => type === 'evaluated').map(({ network }) => network);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an error that nobody catches in the search worker ends it, and nothing trains on', async ({ page }) => {
  await open(page, `${longRecipe}&autoplay=1`);
  await untilGeneration(page, 1);
  await (
    await workerNamed(page, 'search')
  ).evaluate(() => void setTimeout(() => void Promise.reject(new Error('lost for the test'))));
  await expect(page.getByText(/The search stopped: its worker crashed \(lost for the test\)/)).toBeVisible();
  await expect.poll(() => page.workers().length).toBe(0);
});

test('a question whose worker closes is answered with a reason, and the next one by another worker', async ({
  page,
}) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  await button(page, 'Try it').first().click();
  await button(page, 'Give me one').first().click();
  await expect(page.getByText(/% sure/).first()).toBeVisible();
  await close(page, 'ask');
  await button(page, 'Give me one').first().click();
  await expect(page.getByText(/% sure/).first()).toBeVisible();
});

test('a run goes on in one tab at a time, and is handed over on request', async ({ page, context }) => {
  await open(page, `${longRecipe}&autoplay=1`);
  await untilGeneration(page, 1);
  const second = await context.newPage();
  await listen(second);
  await open(second, 'dataset=digits');
  await expect(second.getByText(/ runs in another tab\.$/)).toBeVisible();
  await expect(second.getByRole('button', { name: 'Continue the run', exact: true })).toHaveCount(0);
  await button(second, 'Share').first().click();
  await button(second, 'Delete').first().click();
  await expect(second.getByText(/still goes on, here or in another tab/)).toHaveCount(1);
  await second.keyboard.press('Escape');
  const kept = await generations(page);
  await second.getByRole('button', { name: 'Close this message' }).click();
  await second.getByRole('button', { name: 'Go on here instead' }).click();
  await untilGeneration(second, 2);
  await expect(page.getByText('The search stopped: this run goes on in another tab now.')).toBeVisible();
  await page.close();
  const { run } = await saveRun(second);
  const competed = run.events.filter(({ type }) => type === 'competed');
  expect(competed.length).toBeGreaterThan(kept);
  const ids = run.events.filter(({ type }) => type === 'evaluated').map(({ network }) => network);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the offer to go on stays when the recording comes later', async ({ page, context }) => {
  await open(page, `${longRecipe}&autoplay=1`);
  await untilGeneration(page, 1);
  await page.close();
  const next = await context.newPage();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await next.route('**/recordings/first-visit.json', async (route) => {
    await held;
    await route.continue();
  });
  await next.goto('./');
  const offer = next.getByText(/stopped before its end and can go on/);
  await expect(offer).toBeVisible();
  release();
  await expect(next.getByText(/networks trained/)).toBeVisible();
  await expect(offer).toBeVisible();
});

test('three runs of one name lie over each other, and each can be taken away alone', async ({
  page,
}, info) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  const { run } = await saveRun(page);
  const paths = ['a', 'b', 'c'].map((name) => info.outputPath(`${name}.json`));
  for (const path of paths) await writeFile(path, JSON.stringify(run));
  await page.goto('about:blank');
  await page.goto('./');
  await openRuns(page, paths);
  await button(page, 'Share').first().click();
  await expect(page.getByText(/3 runs are laid over each other/).first()).toBeVisible();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Take .* out$/ })
    .first()
    .click();
  await expect(page.getByText(/2 runs are laid over each other/).first()).toBeVisible();
});

test('a part of the page that cannot be loaded says so, with one action', async ({ page }) => {
  await page.route('**/assets/LessonIndex-*.js', (route) => route.abort());
  await page.goto('./');
  await settled(page);
  await page.evaluate(() => (location.hash = 'lesson=1'));
  const message = page.getByText(/A part of this page could not be loaded/);
  await expect(message).toBeVisible();
  await page.unroute('**/assets/LessonIndex-*.js');
  await button(page, 'Load the page again').click();
  await expect(page.getByRole('heading', { name: 'Lessons' }).first()).toBeVisible();
  await expect(message).toHaveCount(0);
});

test('an address of 20,000 unknown keys is answered in a few words', async ({ page }) => {
  await open(page, `dataset=digits&${Array.from({ length: 20_000 }, (_, i) => `k${i}=1`).join('&')}`);
  const notice = page.getByRole('alert').first();
  await expect(notice).toContainText('more of that kind');
  expect((await notice.innerText()).length).toBeLessThan(1000);
});

test('nothing on the page breaks its content security policy', async ({ page }) => {
  const broken: string[] = [];
  await page.exposeFunction('brokenPolicy', (what: string) => void broken.push(what));
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
      (globalThis as unknown as { brokenPolicy: (what: string) => void }).brokenPolicy(
        `${violatedDirective} ${blockedURI} ${sourceFile}`,
      ),
    ),
  );
  const visit = async (hash: string) => {
    await page.goto('about:blank');
    await page.goto(`./${hash}`);
    await settled(page);
  };
  for (const hash of ['', '#lesson=1', '#bench=widen&beat=3', '#compose=1', '#sampling=1', '#compare=1'])
    await visit(hash);
  await visit(`#${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  await button(page, 'Try it').first().click();
  await button(page, 'Give me one').first().click();
  await expect(page.getByText(/% sure/).first()).toBeVisible();
  await button(page, 'Share').first().click();
  await settled(page);
  expect(broken).toEqual([]);
});
