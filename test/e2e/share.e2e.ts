import { expect, test } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { button, frontOf, listen, open, openRuns, saveRun, tinyRecipe, untilFinished } from './page.ts';

test.beforeEach(({ page }) => listen(page));

test('a link carries the result to a browser that never saw it, and offers the same search there', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  const front = frontOf((await saveRun(page)).run);
  await button(page, 'Share').first().click();
  await button(page, 'Copy the link with the result').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  console.log(`a link with a result: ${link.length} characters`);
  expect(link.length).toBeLessThan(8500);

  const elsewhere = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
  await elsewhere.goto(link);
  await expect(elsewhere.getByText(/^From a link: the front and what led to it/)).toBeVisible();
  const shown = await saveRun(elsewhere);
  expect(frontOf(shown.run)).toEqual(front);
  // It outlives a reload, and answers a selection in its address.
  expect(new URL(elsewhere.url()).hash).toContain('&result=');
  await elsewhere.goto('about:blank');
  await elsewhere.goto(`${link}&select=1`);
  await expect(elsewhere.getByRole('heading', { level: 2, name: '#1', exact: true })).toBeVisible();
  await elsewhere.goto('about:blank');
  await elsewhere.goto(link.slice(0, -40));
  await expect(elsewhere.getByText(/^The result in this link is incomplete/)).toBeVisible();
  await elsewhere.goto('about:blank');
  await elsewhere.goto(link);
  await button(elsewhere, 'Run it here').click();
  await expect(button(elsewhere, 'Pause')).toBeVisible();
  await elsewhere.context().close();
});

test('two runs opened at once are laid over each other and merged', async ({ page }, info) => {
  const files: string[] = [];
  for (const seed of [3, 4]) {
    await page.goto('about:blank');
    await open(page, `${tinyRecipe.replace('seed=3', `seed=${seed}`)}&autoplay=1`);
    await untilFinished(page);
    const { run } = await saveRun(page);
    const path = info.outputPath(`run-${seed}.json`);
    await writeFile(path, JSON.stringify(run));
    files.push(path);
  }
  await page.goto('about:blank');
  await page.goto('./');
  await openRuns(page, files);
  await button(page, 'Share').first().click();
  await expect(page.getByText(/2 runs are laid over each other/).first()).toBeVisible();
  await expect(page.getByText(/Together \d+ networks are on the front of 2 runs/).first()).toBeVisible();
});

test('an opened run is checked claim by claim, and a changed number is found', async ({ page }, info) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  const { run } = await saveRun(page);
  const last = run.events.filter((event) => event.type === 'competed').at(-1)!;
  const lie = {
    ...run,
    events: run.events.map((event) =>
      event === last ? { ...event, hypervolume: event.hypervolume! + 0.01 } : event,
    ),
  };
  for (const [name, file, fails] of [
    ['true', run, 0],
    ['lie', lie, 1],
  ] as const) {
    const path = info.outputPath(`${name}.json`);
    await writeFile(path, JSON.stringify(file));
    await page.goto('about:blank');
    await page.goto('./');
    await openRuns(page, path);
    await button(page, 'Share').first().click();
    await button(page, 'Check it now').click();
    await expect(page.getByText('holds', { exact: true })).toHaveCount(5 - fails);
    await expect(page.getByText('does not hold', { exact: true })).toHaveCount(fails);
  }
  await expect(
    page.getByText(/The lemon area \(hypervolume\) is that of the front.*the file says/),
  ).toBeVisible();
});

test('what was tested after the search outlives a reload, and stands in the comparison', async ({ page }) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  await button(page, 'Test on unseen images, once').click();
  const tested = page.getByText(/test error, as found.*(\d+) of the front’s \1 are tested/s);
  await expect(tested.first()).toBeVisible({ timeout: 30_000 });
  const { testErrors: before } = (await saveRun(page)).run;
  expect(before!.length).toBeGreaterThan(0);

  await page.goto('about:blank');
  await open(page, 'dataset=digits');
  await button(page, 'Share').first().click();
  await page
    .getByRole('dialog')
    .getByText('Small digits 8×8, seed 3')
    .locator('xpath=ancestor::div[1]')
    .getByRole('button', { name: 'Open' })
    .click();
  await expect(tested.first()).toBeVisible();
  expect((await saveRun(page)).run.testErrors).toEqual(before);
  await page.evaluate(() => (location.hash = 'compare=1'));
  await expect(page.getByRole('columnheader', { name: 'Test error' })).toBeVisible();
  await expect(page.getByRole('cell', { name: / %$/ }).nth(1)).toBeVisible();
});

test('what is sound of a damaged file is offered, and a finished run is there again after a reload', async ({
  page,
}, info) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  const { run } = await saveRun(page);
  const ends = run.events.flatMap((event, index) => (event.type === 'competed' ? [index] : []));
  const events = run.events.map((event, index) => (index === ends[1]! + 1 ? { type: 'nonsense' } : event));
  const path = info.outputPath('damaged.json');
  await writeFile(path, JSON.stringify({ ...run, events }));
  await page.reload();
  await button(page, 'Open it').click();
  await expect(page.getByRole('slider', { name: 'Generation shown' })).toHaveAttribute('aria-valuemax', '4');
  await openRuns(page, path);
  await expect(
    page.getByText('damaged.json is damaged. It can be read up to the end of generation 1.'),
  ).toBeVisible();
  await button(page, 'Open what is readable').click();
  await expect(page.getByRole('slider', { name: 'Generation shown' })).toHaveAttribute('aria-valuemax', '1');
});
